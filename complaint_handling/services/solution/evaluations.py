"""The evaluation of a complaint: who may evaluate, what it holds, and what is followed up after it.

Accountability (responsible units and persons) stands at permission level 1 of Complaint Evaluation: neither
department managers nor whoever is named there reads it without one of the roles of that level.
"""

from decimal import Decimal

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.utils import escape_html, flt, getdate, now_datetime, today

from complaint_handling.constants import COMPLAINT, EVALUATION
from complaint_handling.domain.evaluation_rules import adds_up, may_be_evaluated
from complaint_handling.exceptions import PreconditionError, SelfApprovalError
from complaint_handling.services.access.reading_rules import is_complained_about_in
from complaint_handling.services.staff import people
from complaint_handling.services.sweep.notices import Reference, language_of, tell

IMPROVEMENT = "Complaint Improvement"
MAXIMUM_TOLD = 500
# Tables that go on after the submit: rows are added, known ones stay.
FOLLOWED_UP = ("improvements", "trainings", "document_changes")


def check(evaluation: Document) -> None:
	"""Refuse an evaluation at the wrong time or by somebody whom it is about, and shares that are no whole."""
	complaint = frappe.db.get_value(
		COMPLAINT, evaluation.complaint, ["workflow_state", "complained_about_user"], as_dict=True
	)
	if not may_be_evaluated(complaint.workflow_state):
		frappe.throw(
			_(
				"{0} is in the state {1}. A complaint is evaluated once its solution is carried out, or when it was found not justified."
			).format(frappe.bold(evaluation.complaint), frappe.bold(_(complaint.workflow_state))),
			PreconditionError,
			title=_("Too Early to Evaluate"),
		)
	_check_evaluator(evaluation, complaint.complained_about_user)
	_check_parties(evaluation)
	_check_dates(evaluation)


def check_only_one(evaluation: Document) -> None:
	"""Refuse a second submitted evaluation of a complaint; the complaint is locked, so that one of two sees the other."""
	frappe.db.get_value(COMPLAINT, evaluation.complaint, "name", for_update=True)
	other = frappe.db.get_value(
		EVALUATION, {"complaint": evaluation.complaint, "docstatus": 1, "name": ("!=", evaluation.name)}
	)
	if other:
		frappe.throw(
			_("{0} is evaluated already: {1}. Cancel and amend that one to change it.").format(
				frappe.bold(evaluation.complaint), frappe.bold(other)
			),
			title=_("Evaluated Already"),
		)


def stamp(evaluation: Document) -> None:
	"""Write who evaluated and when; a draft is nobody's evaluation yet."""
	is_submitted = evaluation.docstatus == 1
	evaluation.evaluated_by = frappe.session.user if is_submitted else None
	evaluation.evaluated_on = now_datetime() if is_submitted else None


def set_figures(evaluation: Document) -> None:
	"""Count the open improvements, and date an archive number that has no date."""
	evaluation.open_improvements = sum(not row.done_on for row in evaluation.improvements)
	if evaluation.archive_reference and not evaluation.archived_on:
		evaluation.archived_on = today()


def check_follow_up(evaluation: Document) -> None:
	"""Keep what was submitted: rows are added to it, none is taken away; what jobs wrote stays as it is stored."""
	before = evaluation.get_doc_before_save()
	for table in FOLLOWED_UP:
		kept = {row.name for row in evaluation.get(table)}
		if any(row.name not in kept for row in before.get(table)):
			frappe.throw(
				_("{0} of a submitted evaluation are kept. Add a new row, or cancel and amend.").format(
					_(evaluation.meta.get_label(table))
				)
			)
	told = dict(
		frappe.get_all(
			IMPROVEMENT, {"parent": evaluation.name}, ["name", "told_on"], as_list=True
		)  # own rows
	)
	for row in evaluation.improvements:
		row.told_on = told.get(row.name)
	_check_dates(evaluation)


def note_cancellation(evaluation: Document) -> None:
	"""Say in the timeline of the complaint that its evaluation no longer counts."""
	text = _("The evaluation {0} was cancelled.").format(evaluation.name)
	frappe.get_doc(COMPLAINT, evaluation.complaint).add_comment("Info", text)


def tell_overdue_improvements() -> None:
	"""Tell once whoever is responsible for an improvement that its day has passed, and the owner of the case."""
	rows = _overdue()
	for row in rows:
		told = {people.user_of(row.responsible_employee), row.complaint_owner} - {None, ""}
		for user in sorted(told):
			_tell(row, user)
		frappe.db.set_value(IMPROVEMENT, row.name, "told_on", today(), update_modified=False)


def _check_evaluator(evaluation: Document, subject: str | None) -> None:
	user = frappe.session.user
	named = {row.employee for row in evaluation.responsible_parties if row.employee}
	users = {subject, *(frappe.db.get_value("Employee", employee, "user_id") for employee in named)}
	if user in users:
		frappe.throw(
			_("You are named as responsible in this case. Ask somebody else to evaluate it."),
			SelfApprovalError,
			title=_("Evaluation Refused"),
		)


def _check_parties(evaluation: Document) -> None:
	for row in evaluation.responsible_parties:
		if not row.department and not row.employee:
			frappe.throw(_("Row {0}: name the responsible department or employee.").format(row.idx))
	shares = [Decimal(str(flt(row.share, 6))) for row in evaluation.responsible_parties]
	if not adds_up(shares):
		frappe.throw(
			_(
				"The shares of responsibility add up to {0} %. Make them 100 % in all, or leave all of them open."
			).format(f"{sum(shares).normalize():f}"),
			title=_("Shares of Responsibility"),
		)


def _check_dates(evaluation: Document) -> None:
	for row in evaluation.improvements:
		if row.done_on and getdate(row.done_on) > getdate(today()):
			frappe.throw(
				_("Row {0}: an improvement cannot be done in the future. Correct Done on.").format(row.idx)
			)


def _overdue() -> list[frappe._dict]:
	row, evaluation, case = DocType(IMPROVEMENT), DocType(EVALUATION), DocType(COMPLAINT)
	return (
		frappe.qb.from_(row)
		.join(evaluation)
		.on(row.parent == evaluation.name)
		.join(case)
		.on(evaluation.complaint == case.name)
		.select(row.name, row.parent, row.proposal, row.responsible_employee, row.due_on)
		.select(evaluation.complaint, case.complaint_owner)
		.where((evaluation.docstatus == 1) & (evaluation.open_improvements > 0))
		.where(row.done_on.isnull() & row.told_on.isnull() & (row.due_on < today()))
		.orderby(row.due_on)
		.limit(MAXIMUM_TOLD)
	).run(as_dict=True)


def _tell(row: frappe._dict, user: str) -> None:
	"""Tell one user; nothing to the person complained about.

	Who reads neither evaluation nor case is told the proposal alone: it is what he is asked to do.
	"""
	if is_complained_about_in(COMPLAINT, row.complaint, user):
		return
	line = _("The improvement was due on {0}: {1}", lang=language_of(user)).format(
		frappe.format(row.due_on, "Date"), row.proposal
	)
	documents = (Reference(EVALUATION, row.parent), Reference(COMPLAINT, row.complaint))
	readable = (about for about in documents if _reads(user, about))
	tell(user, line, escape_html(line), next(readable, Reference("User", user)))


def _reads(user: str, about: Reference) -> bool:
	return bool(frappe.has_permission(about.doctype, "read", doc=about.name, user=user))
