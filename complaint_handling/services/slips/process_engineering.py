"""Requests to process engineering: asked from a slip, answered within the procedure's time (R-003A-12, -17).

The department that has a slip, or the coordinator, asks; the request is a slip of its own to process
engineering, issued at once, while the clock of the asking slip goes on. Who may ask is the site's Workflow's
decision: the step from Draft to Issued of this kind of slip.
"""

from datetime import datetime
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_datetime, get_datetime, now_datetime

from complaint_handling.constants import MILESTONE, QUALITY_MANAGER, SLIP
from complaint_handling.domain.states import SlipState
from complaint_handling.exceptions import TransitionRefusedError
from complaint_handling.services import procedures
from complaint_handling.services.access.reading_rules import Reader
from complaint_handling.services.clock import clocks
from complaint_handling.services.clock.clock_copies import OPEN
from complaint_handling.services.deferrals import acts_for_department
from complaint_handling.services.slips import routing
from complaint_handling.services.workflow import workflow_steps
from complaint_handling.services.workflow.workflow_guard import state_left

KIND = "Process Engineering Request"
ANSWERED = (str(SlipState.REPORTED), str(SlipState.COMPLETED))
ENDED = (*ANSWERED, str(SlipState.CANCELLED))


def ask(
	slip: Document,
	department: str,
	question: str,
	employee: str | None = None,
	reply_wanted_by: str | None = None,
) -> Document:
	"""Send a question from an issued slip to process engineering and return the request, issued.

	Refused while a request of the slip to the same department is not answered, so a second press of the
	button asks nothing twice. Attachments are added to the request by the host's own means.
	"""
	slip = _locked(slip)
	_check_may_ask(slip)
	_check_asked(slip, department, employee)
	_check_not_asked(slip, department)
	request = frappe.new_doc(SLIP)
	request.update(
		{
			"slip_kind": KIND,
			"complaint": slip.complaint,
			"department": department,
			"responsible_employee": employee,
			"instruction": question,
		}
	)
	request.flags.asking_slip = slip.name
	# A department creates no slips; that it may ask this one is refused or allowed by the step that follows.
	request.insert(ignore_permissions=True)
	values = {"reply_wanted_by": reply_wanted_by} if request.needs_reply_time else None
	return workflow_steps.move_to(request, SlipState.ISSUED, values)


def agree_reply_time(request: Document, agreed_at: datetime, reason: str) -> None:
	"""Let a request be answered later because data is collected first; once, and before it is due.

	Quality or process engineering agrees the time with the department that asked; it is then kept as agreed.
	"""
	request = _locked(request)
	clock = reply_clock(request)
	_check_may_agree(request, clock)
	_check_agreed_time(agreed_at, clock, reason)
	request.db_set(
		{
			"agreed_reply_at": agreed_at,
			"agreed_reply_reason": reason,
			"agreed_reply_by": frappe.session.user,
			"agreed_reply_on": now_datetime(),
		}
	)
	clocks.move_due(clock.name, agreed_at, reason)
	clocks.refresh_copies(request)


def take_over(slip: Document) -> int:
	"""Add the answers of process engineering to the finding and the cause of the asking slip; return how many.

	Harmless when repeated: an answer that stands there already is passed over.
	"""
	used = 0
	for answer in _answered(slip.name):
		taken = [_add(slip, field, answer.get(field)) for field in ("finding", "cause")]
		used += any(taken)
		if answer.cause and not slip.cause_status:
			slip.cause_status = answer.cause_status
	if used:
		slip.save()
	return used


def has_target(complaint: Document) -> bool:
	"""Tell whether the procedure of a case says by when process engineering answers."""
	procedure = procedures.procedure_of(complaint)
	return bool(procedures.targets_for(procedure, SLIP, "Slip Issued", complaint, KIND))


def answers_to(slip: str) -> list[dict[str, Any]]:
	"""Return the requests that a slip asked and their answers, for who reads the slip."""
	return frappe.get_all(  # the question is the slip's own, and so is the answer
		SLIP,
		filters={"requested_by_slip": slip},
		fields=[
			"name",
			"department",
			"workflow_state",
			"instruction",
			"reply_due_at",
			"agreed_reply_at",
			"reported_on",
			"finding",
			"cause",
			"clock_state",
		],
		order_by="creation asc",
	)


def departments_to_ask(slip: Document) -> list[dict[str, str]]:
	"""Return the departments of the company but the slip's own, as a dialog offers them."""
	return [row for row in routing.departments_of(slip.company) if row["value"] != slip.department]


def handlers_of(slip: Document, department: str) -> list[dict[str, str]]:
	"""Return the active employees of a department of the company, by name, as a dialog offers them."""
	rows = frappe.get_all(  # names of colleagues, to who may send them a question
		"Employee",
		filters={"company": slip.company, "department": department, "status": "Active"},
		fields=["name", "employee_name"],
		order_by="employee_name asc",
	)
	return [{"value": row.name, "label": row.employee_name or row.name} for row in rows]


def check_department(request: Document) -> None:
	"""Refuse an answer by the department that asked: it reads the request, but does not answer it itself."""
	if not request.requested_by_slip or request.is_new() or state_left(request) == SlipState.DRAFT:
		return
	reader = Reader(frappe.session.user)
	if reader.is_narrow(SLIP) and not acts_for_department(reader, request.get_doc_before_save()):
		frappe.throw(
			_("{0} answers this request. You can read it and take over the answer on your own slip.").format(
				frappe.bold(request.department)
			),
			TransitionRefusedError,
			title=_("Not Permitted"),
		)


def _locked(slip: Document) -> Document:
	"""Return the slip as it is now, kept from others until the end of the transaction."""
	return frappe.get_doc(SLIP, slip.name, for_update=True)


def _check_may_ask(slip: Document) -> None:
	if slip.slip_kind == KIND or slip.workflow_state != SlipState.ISSUED:
		frappe.throw(
			_(
				"Process engineering is asked from an issued slip that is not a request itself. {0} is none."
			).format(frappe.bold(slip.name))
		)
	reader = Reader(frappe.session.user)
	if reader.is_narrow(SLIP) and not acts_for_department(reader, slip):
		frappe.throw(
			_("Only the department that has the slip asks from it. Ask its handler, or its manager."),
			TransitionRefusedError,
		)


def _check_asked(slip: Document, department: str, employee: str | None) -> None:
	"""Refuse who is not offered: the department itself, a foreign or disabled one, an employee of another."""
	if department not in {row["value"] for row in departments_to_ask(slip)}:
		frappe.throw(
			_(
				"{0} is no department that this slip can ask. Choose another active one of the company."
			).format(frappe.bold(department))
		)
	if employee and employee not in {row["value"] for row in handlers_of(slip, department)}:
		frappe.throw(
			_("{0} is no active employee of {1}. Choose one of its handlers, or none.").format(
				frappe.bold(employee), frappe.bold(department)
			)
		)


def _check_not_asked(slip: Document, department: str) -> None:
	# A locking read: it also finds what another person asked a moment ago.
	open_request = frappe.db.get_value(
		SLIP,
		{
			"requested_by_slip": slip.name,
			"department": department,
			"workflow_state": ("not in", ENDED),
		},
		for_update=True,
	)
	if open_request:
		frappe.throw(
			_("{0} asks this department already. Wait for its answer, or add to the question there.").format(
				frappe.bold(open_request)
			)
		)


def _check_may_agree(request: Document, clock: Document | None) -> None:
	if request.slip_kind != KIND or request.workflow_state != SlipState.ISSUED or not clock:
		frappe.throw(
			_("A reply time is agreed for an issued request to process engineering whose clock runs.")
		)
	reader = Reader(frappe.session.user)
	if QUALITY_MANAGER not in reader.roles and not acts_for_department(reader, request):
		frappe.throw(
			_("Quality or {0} agrees the reply time. Ask one of them.").format(
				frappe.bold(request.department)
			),
			TransitionRefusedError,
		)
	if request.agreed_reply_at:
		frappe.throw(
			_(
				"{0} is agreed already, and kept as agreed. Escalate the request when it cannot be kept."
			).format(frappe.bold(format_datetime(request.agreed_reply_at)))
		)


def _check_agreed_time(agreed_at: datetime, clock: Document, reason: str) -> None:
	due = get_datetime(clock.due_at)
	if now_datetime() > due:
		frappe.throw(
			_("The reply was due on {0}. A later time is agreed before, not afterwards: answer now.").format(
				frappe.bold(format_datetime(due))
			)
		)
	if agreed_at <= due:
		frappe.throw(
			_("The agreed time is not after the present one, {0}. Enter a later one.").format(
				frappe.bold(format_datetime(due))
			)
		)
	if not (reason or "").strip():
		frappe.throw(_("The reason is missing. Write which data has to be collected."))


def reply_clock(request: Document) -> Document | None:
	"""Return name and due time of the clock of a slip's reply, or None when none runs."""
	return frappe.db.get_value(
		MILESTONE,
		{
			"reference_doctype": SLIP,
			"reference_name": request.name,
			"stops_on": "Slip Reported",
			"state": ("in", OPEN),
		},
		["name", "due_at"],
		as_dict=True,
	)


def _answered(slip: str) -> list[Document]:
	return frappe.get_all(
		SLIP,
		filters={"requested_by_slip": slip, "workflow_state": ("in", ANSWERED)},
		fields=["finding", "cause", "cause_status"],
		order_by="reported_on asc",
	)


def _add(slip: Document, fieldname: str, text: str | None) -> bool:
	if not text or text in (slip.get(fieldname) or ""):
		return False
	slip.set(fieldname, "\n".join(filter(None, (slip.get(fieldname), text))))
	return True
