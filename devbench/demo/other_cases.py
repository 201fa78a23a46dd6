"""Further complaints in various states, so that lists and dashboards look as on a working day."""

import json
from collections.abc import Callable
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import add_to_date, get_url_to_form, now_datetime

from complaint_handling.constants import COMPLAINT, REVISIT, SLIP
from complaint_handling.services.sweep import escalation
from devbench.demo import actions
from devbench.demo.goods import COMMISSIONING, GRINDER, ORDERS, SURFACE_GRINDER
from devbench.demo.people import PRODUCTION, SERVICE
from devbench.demo.scene import Scene
from devbench.demo.stage import Stage, acting_as

KEY = "demo_other_cases"
AUTOMOTIVE_ORDER, HYDRAULICS_ORDER, BEARINGS_ORDER = (order.number for order in ORDERS)


def play_all(scene: Scene, stage: Stage) -> list[str]:
	"""Play the cases that have not been played yet, each in one transaction; return the complaints of all."""
	known: dict[str, str] = json.loads(frappe.db.get_default(KEY) or "{}") if stage.commit else {}
	if len(known) < len(CASES):
		stage.say("Further complaints, so that the lists are not empty\n")
	for case in CASES:
		if case.__name__ in known:
			continue
		known[case.__name__] = case(scene)
		if stage.commit:
			frappe.db.set_default(KEY, json.dumps(known))
			frappe.db.commit()
		_show(known[case.__name__], stage)
	stage.say("")
	return list(known.values())


def sweep(stage: Stage) -> None:
	"""Escalate what is overdue, as the scheduler does every five minutes, and say what came of it."""
	now = now_datetime()
	names, _ = escalation.due(now)
	raised = escalation.sweep_chunk(names, now, until=now)
	stage.say(
		f"The sweep: {raised} notices of overdue milestones; {frappe.db.count('Email Queue')} e-mails wait.\n"
	)


def _show(name: str, stage: Stage) -> None:
	complaint = frappe.get_doc(COMPLAINT, name)
	stage.say(f"     {complaint.workflow_state:<18} {complaint.subject}")
	stage.say(f"     {'':<18} {get_url_to_form(COMPLAINT, name)}")


def unanswered(scene: Scene) -> str:
	"""Registered from an e-mail; the first answer is still to be given."""
	return _registered(
		scene,
		HYDRAULICS_ORDER,
		SURFACE_GRINDER,
		"Table of the GM-200 scratched on arrival",
		channel="E-mail",
		complaint_form="Written",
		description="Ms Lin writes: the magnetic table has scratches, pictures follow.",
		demand="Polish or replace the table",
	)


def letter_of_last_week(scene: Scene) -> str:
	"""A letter that lay at the reception until after the deadline that it sets."""
	return _registered(
		scene,
		BEARINGS_ORDER,
		SURFACE_GRINDER,
		"Written complaint: noise of the hydraulic unit",
		channel="Written Letter",
		complaint_form="Written",
		received_on=add_to_date(now_datetime(), days=-7),
		description="Mr Guo writes that the hydraulic unit is louder than the 78 dB of the specification.",
		demand="Measurement on site and improvement",
		demand_deadline=add_to_date(now_datetime(), days=-4),
	)


def assessed(scene: Scene) -> str:
	"""Assessed, waiting for the customer representative."""
	complaint = _answered(
		scene,
		BEARINGS_ORDER,
		COMMISSIONING,
		"Operators were not trained at commissioning",
		description="Mr Guo calls: the engineer left before the training of the second shift.",
		demand="Training of the second shift",
		category="Service Quality",
		severity="Important",
	)
	return _pressed(scene, "li", complaint, "Assess")


def with_departments(scene: Scene) -> str:
	"""In handling: one slip at the production, one disputed by technical service."""
	complaint = _answered(
		scene,
		HYDRAULICS_ORDER,
		SURFACE_GRINDER,
		"Coolant leaks at the GM-200",
		description="Coolant drips from the table's bellows; two litres a shift.",
		demand="Repair within the week",
		severity="Important",
	)
	_pressed(scene, "li", complaint, "Assess")
	with acting_as(scene.user("li")):
		slips = [
			actions.draft_slip(
				complaint, scene.departments[department], "Find out why the bellows leak."
			).name
			for department in (PRODUCTION, SERVICE)
		]
	_pressed(scene, "zhao", complaint, "Start Handling")
	with acting_as(scene.user("zhao")):
		for slip in slips:
			actions.press(SLIP, slip, "Issue Slip")
	with acting_as(scene.user("zhang")):
		reason = "The bellows are fitted in assembly; nobody of ours has touched the machine."
		actions.press(SLIP, slips[1], "Dispute Responsibility", dispute_reason=reason)
	return complaint


def above_authority(scene: Scene) -> str:
	"""A solution that only the general manager may approve."""
	return _proposed(
		scene,
		BEARINGS_ORDER,
		"GM-200 does not reach the agreed flatness",
		{
			"remedy_type": "Price-difference Refund",
			"description": "Flatness class 2 not reached",
			"rate": 128_000,
		},
	)


def refused(scene: Scene) -> str:
	"""The customer declined the solution: re-review."""
	complaint = _proposed(
		scene,
		HYDRAULICS_ORDER,
		"Guard door of the GM-200 does not close",
		{"remedy_type": "Goodwill Compensation", "description": "Two hours of standstill", "rate": 1_600},
	)
	_pressed(scene, "zhang", complaint, "Approve Solution")
	return _pressed(
		scene,
		"li",
		complaint,
		"Record Refusal",
		consent_by="Ms Lin 林女士",
		consent_method="Telephone",
		consent_on=now_datetime(),
		refusal_reason="Wants a new door, not an adjusted one.",
	)


def not_justified(scene: Scene) -> str:
	"""Not justified, with reason, evidence and answer."""
	complaint = _answered(
		scene,
		BEARINGS_ORDER,
		SURFACE_GRINDER,
		"Crate damaged",
		description="The crate was broken on one side, the machine is unharmed.",
		demand="Refund of the freight",
		category="Logistics",
	)
	_pressed(scene, "li", complaint, "Assess")
	return _pressed(
		scene,
		"sun",
		complaint,
		"Declare Not Justified",
		not_justified_reason="The customer's own carrier collected the machine (ex works).",
		not_justified_evidence="Collection note signed by the carrier, pictures of the sound crate at loading.",
		other_recourse="The carrier is liable for the transport: a claim with pictures within seven days.",
		answer_to_customer="The crate was sound when your carrier collected it; we add the pictures for your claim.",
	)


def unreachable(scene: Scene) -> str:
	"""Executed; nobody answered the revisit call yet."""
	complaint = _proposed(
		scene,
		AUTOMOTIVE_ORDER,
		"Manual of the GM-320 lacks the maintenance plan",
		None,
		item_code=GRINDER,
	)
	_pressed(scene, "zhang", complaint, "Approve Solution")
	consent = {"consent_by": "Manager Wang 王经理", "consent_method": "E-mail", "consent_on": now_datetime()}
	_pressed(scene, "li", complaint, "Record Consent", **consent)
	with acting_as(scene.user("li")):
		actions.mark_done(COMPLAINT, complaint, "measures", "Sent by e-mail and courier")
	_pressed(scene, "li", complaint, "Confirm Execution", execution_note="Manual with maintenance plan sent.")
	with acting_as(scene.user("zhao")):
		revisit = frappe.db.get_value(REVISIT, {"complaint": complaint})
		actions.press(
			REVISIT, revisit, "Record Unreachable", unreachable_note="Nobody picked up, trying again."
		)
	return complaint


def cancelled(scene: Scene) -> str:
	"""Registered twice by mistake."""
	complaint = _registered(
		scene,
		HYDRAULICS_ORDER,
		SURFACE_GRINDER,
		"Coolant leaks (registered twice)",
		description="Same call as the one about the bellows.",
		demand="Repair within the week",
	)
	return _pressed(scene, "zhao", complaint, "Cancel Complaint", cancel_reason="Registered twice.")


CASES: tuple[Callable[[Scene], str], ...] = (
	unanswered,
	letter_of_last_week,
	assessed,
	with_departments,
	above_authority,
	refused,
	not_justified,
	unreachable,
	cancelled,
)


def _registered(scene: Scene, order: str, item_code: str, subject: str, **values: Any) -> str:
	defaults = {
		"channel": "Telephone",
		"complaint_form": "Oral",
		"category": "Product Quality",
		"severity": "Routine",
	}
	with acting_as(scene.user("li")):
		return actions.register_from_order(
			scene.orders[order],
			item_code,
			{"complained_quantity": 1, "fault": subject},
			**{"received_on": now_datetime(), **defaults, "subject": subject, **values},
		).name


def _answered(scene: Scene, order: str, item_code: str, subject: str, **values: Any) -> str:
	complaint = _registered(scene, order, item_code, subject, **values)
	with acting_as(scene.user("li")):
		actions.contact(complaint, "First Answer", "Apology; the case has a number and is looked into.")
	return complaint


def _proposed(
	scene: Scene, order: str, subject: str, remedy: dict[str, Any] | None, item_code: str = SURFACE_GRINDER
) -> str:
	complaint = _answered(
		scene,
		order,
		item_code,
		subject,
		description=subject,
		demand="A solution",
		handled_directly=1,
		# The head of a department reads, and approves, what his department answers for.
		responsible_department=scene.departments[SERVICE],
	)
	_pressed(scene, "li", complaint, "Assess")
	_pressed(scene, "zhao", complaint, "Start Handling")
	with acting_as(scene.user("zhao")):
		actions.save(
			COMPLAINT,
			complaint,
			{
				"measures": [actions.measure("Corrective", f"Remove: {subject}", scene.employee("zhou"), 48)],
				"remedies": [{"quantity": 1, **remedy}] if remedy else [],
			},
			verification_result="Confirmed",
			cause="Found at the final inspection record",
			cause_status="Preliminary",
			no_compensation=int(not remedy),
		)
		actions.press(COMPLAINT, complaint, "Propose Solution")
	return complaint


def _pressed(scene: Scene, word: str, complaint: str, action: str, **values: Any) -> str:
	with acting_as(scene.user(word)):
		return actions.press(COMPLAINT, complaint, action, **values).name
