"""The case of document 004: unstable machines at an automotive supplier, from the telephone call to the close."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_to_date, get_datetime, now_datetime, nowdate

from complaint_handling.constants import COMPLAINT, EIGHT_D, REVISIT, SLIP
from devbench.demo import actions
from devbench.demo.goods import BATCH, GRINDER, ORDERS
from devbench.demo.people import PRODUCTION, QUALITY, SERVICE
from devbench.demo.stage import Play, Step, refusal_of

KEY = "demo_case_004"
PRODUCTION_LOSS = 18
NONCONFORMING = 37
WAIVED_HOURS, HOURLY_RATE = 60, 800
SLIPS = ("slip_service", "slip_quality", "slip_production")


def _register(play: Play) -> Document:
	now = now_datetime()
	complaint = actions.register_from_order(
		play.scene.orders[ORDERS[0].number],
		GRINDER,
		{
			"complained_quantity": 4,
			"fault": "Spindle vibrates above 2,800 rpm, roundness drifts out of tolerance after about 40 minutes",
		},
		subject="GM-320 grinding machines run unstably, line 3 slowed down",
		channel="Telephone",
		complaint_form="Oral",
		received_on=now,
		is_urgent=1,
		subject_type="Product",
		description=(
			"Manager Wang (Purchasing) calls: four of the six GM-320 of the last delivery run unstably since "
			"commissioning. The spindle vibrates at high speed and parts drift out of tolerance."
		),
		occurred_on=add_to_date(now, hours=-5),
		impact="Line 3 slowed down; nonconforming shafts were sorted out before assembly.",
		production_loss_percent=PRODUCTION_LOSS,
		nonconforming_quantity=NONCONFORMING,
		demand="A clear solution within 24 hours",
		demand_deadline=add_to_date(now, hours=24),
	)
	play.made["complaint"] = complaint.name
	return complaint


def _answer_first(play: Play) -> list[Document]:
	deadline = frappe.db.get_value(COMPLAINT, play.complaint, "demand_deadline")
	contact = actions.contact(
		play.complaint,
		"First Answer",
		"Apology. The case has a number, technical service, quality and production look into it at once. "
		"A clear solution follows within the 24 hours that the customer asked for.",
		contacted_person="Manager Wang 王经理",
		next_answer_due=deadline,
		next_answer_about="Solution",
	)
	return [contact, _complaint(play)]


def _assess(play: Play) -> Document:
	actions.save(
		COMPLAINT,
		play.complaint,
		category="Product Quality",
		severity="Urgent",
		priority="High",
		impact_scope="Batch-wide",
		customer_importance="Important",
		responsible_department=play.scene.departments[SERVICE],
		assessment_note="Important customer, production affected, four of six machines of one batch.",
	)
	return actions.press(COMPLAINT, play.complaint, "Assess")


def _draft_slips(play: Play) -> list[Document]:
	orders = (
		(
			SERVICE,
			"Study parameters and test reports of the batch, telephone the customer's site engineer, "
			"find the fault and say how it is removed on site.",
		),
		(
			QUALITY,
			"Check the outgoing inspection of the batch in parallel and say which machines are suspect.",
		),
		(PRODUCTION, "Check assembly and commissioning records of the batch, above all of the spindle."),
	)
	slips = [
		actions.draft_slip(play.complaint, play.scene.departments[department], instruction)
		for department, instruction in orders
	]
	play.made.update(dict(zip(SLIPS, (slip.name for slip in slips), strict=True)))
	return slips


def _start_handling(play: Play) -> Document:
	return actions.press(COMPLAINT, play.complaint, "Start Handling")


def _issue_slips(play: Play) -> list[Document]:
	return [actions.press(SLIP, play.made[slip], "Issue Slip") for slip in SLIPS]


def _telephone_site(play: Play) -> Document:
	return actions.contact(
		play.complaint,
		"Information Request",
		"Call with the customer's site engineer: vibration grows with spindle temperature on GM320-0702, -0703, "
		"-0705 and -0706; coolant, foundation and power supply are in order.",
	)


def _report_service(play: Play) -> Document:
	return actions.report_slip(
		play.made["slip_service"],
		"Parameters as delivered. Vibration rises with temperature: the preload of the front spindle bearing is lost.",
		"Spindle bearing fitted with too little preload",
		[
			actions.measure(
				"Short-term",
				"Senior engineer with spare spindle bearings on site: find and remove the fault within 24 hours",
				play.scene.employee("zhou"),
				24,
			)
		],
	)


def _report_quality(play: Play) -> Document:
	return actions.report_slip(
		play.made["slip_quality"],
		"The outgoing inspection ran the spindle cold for 15 minutes only; all six machines passed.",
		"Outgoing inspection without a warm run, so that the loss of preload was not noticed",
		[
			actions.measure(
				"Corrective",
				f"Re-inspect every machine of batch {BATCH}, sold and in stock, with a warm run",
				play.scene.employee("chen"),
				24 * 10,
			),
			actions.measure(
				"Technical Support",
				f"Help the customer to sort and rework the {NONCONFORMING} nonconforming parts",
				play.scene.employee("chen"),
				48,
			),
		],
	)


def _report_production(play: Play) -> Document:
	return actions.report_slip(
		play.made["slip_production"],
		"The torque wrench of station 4 was out of calibration for two weeks; the batch was assembled then.",
		"Torque wrench of assembly station 4 out of calibration",
		[
			actions.measure(
				"Corrective",
				"Calibrate the torque wrenches of all spindle stations and check the preload of machines in work",
				play.scene.employee("wu"),
				24 * 3,
			),
			actions.measure(
				"Preventive",
				"Weekly check of torque wrenches; preload recorded by serial number at commissioning",
				play.scene.employee("wu"),
				24 * 14,
			),
		],
	)


def _verify_and_form_task_force(play: Play) -> Document:
	employee = play.scene.employee
	task_force = [
		{"employee": employee("zhang"), "is_leader": 1, "duty": "Leads; fault finding and repair on site"},
		{"employee": employee("chen"), "duty": "Inspection, re-inspection of the batch, 8D"},
		{"employee": employee("wu"), "duty": "Assembly and commissioning"},
	]
	actions.answer_checks(
		play.complaint,
		(
			"Delivery contract, warranty of 24 months",
			"Data sheet of the GM-320: roundness 2 micrometres",
			"Outgoing inspection of all six machines",
			"No earlier service order",
		),
	)
	return actions.save(
		COMPLAINT,
		play.complaint,
		{"task_force": task_force},
		verification_result="Confirmed",
		verification_note="Test reports, inspection records and the call with the site engineer confirm the fault.",
	)


def _open_eight_d(play: Play) -> Document:
	report = actions.create_eight_d(
		play.complaint,
		problem_is="GM-320 of batch GM320-B07, spindle warm, above 2,800 rpm",
		problem_is_not="GM-320 of earlier batches; the same machines while cold",
		quantity_suspected=6,
	)
	play.made["eight_d"] = report.name
	return report


def _contain(play: Play) -> Document:
	report = play.made["eight_d"]
	containment = [
		_action(
			"Stock of the batch blocked, machines in work held at station 4",
			play.scene.employee("wu"),
			done=True,
		),
		_action(
			"Customer's suspect shafts sorted, spindle speed limited to 2,600 rpm until the repair",
			play.scene.employee("zhang"),
			done=True,
		),
	]
	actions.save(EIGHT_D, report, {"containment_actions": containment})
	return actions.press(EIGHT_D, report, "Confirm Containment")


def _find_cause(play: Play) -> Document:
	report = play.made["eight_d"]
	actions.save(
		EIGHT_D,
		report,
		occurrence_cause="Torque wrench of assembly station 4 out of calibration: front bearing preload too low.",
		escape_cause="Outgoing inspection runs the spindle cold for 15 minutes; preload is lost only when warm.",
		five_why=(
			"Vibration - preload lost - bearing nut too loose - wrench read too high - calibration overdue - "
			"no weekly check of wrenches."
		),
	)
	return actions.press(EIGHT_D, report, "Confirm Cause")


def _plan_solution(play: Play) -> Document:
	actions.collect_findings(play.complaint)
	waiver = {
		"remedy_type": "Waived Service Hours",
		"description": "Service hours of repair, re-inspection and sorting at the customer's site",
		"quantity": WAIVED_HOURS,
		"rate": HOURLY_RATE,
	}
	return actions.save(
		COMPLAINT,
		play.complaint,
		{"remedies": [waiver]},
		cause_status="Confirmed",
		resources="Two engineers, six sets of spindle bearings, balancing instrument, company van",
	)


def _propose(play: Play) -> Document:
	return actions.press(COMPLAINT, play.complaint, "Propose Solution")


def _be_refused_by_button(play: Play) -> Document:
	play.note = f"Refused: {refusal_of(lambda: actions.press(COMPLAINT, play.complaint, 'Approve Solution'))}"
	return _complaint(play)


def _be_refused_by_save(play: Play) -> Document:
	attempt = {"workflow_state": "With Customer", "approval_comment": "Approved by myself"}
	play.note = f"Refused: {refusal_of(lambda: actions.save(COMPLAINT, play.complaint, **attempt))}"
	return _complaint(play)


def _approve(play: Play) -> Document:
	comment = "Agreed. Repair first; keep me informed until the line runs at full speed."
	return actions.press(COMPLAINT, play.complaint, "Approve Solution", approval_comment=comment)


def _explain(play: Play) -> list[Document]:
	contact = actions.contact(
		play.complaint,
		"Solution Explained",
		f"Cause, repair on site within 24 hours, {WAIVED_HOURS} service hours waived, help with the nonconforming "
		"parts, re-inspection of the whole batch. Next word when the engineer has finished.",
		contacted_person="Manager Wang 王经理",
		next_answer_due=add_to_date(now_datetime(), hours=24),
	)
	return [contact, _complaint(play)]


def _record_consent(play: Play) -> Document:
	return actions.press(
		COMPLAINT,
		play.complaint,
		"Record Consent",
		consent_by="Manager Wang 王经理",
		consent_method="Telephone",
		consent_on=now_datetime(),
		consent_note="Agrees; the line is free for the repair in the night shift.",
	)


def _choose_actions(play: Play) -> Document:
	report, employee = play.made["eight_d"], play.scene.employee
	corrective = [
		_action("Replace front spindle bearings of the suspect machines, set preload", employee("zhou")),
		_action("Outgoing inspection with a warm run of 90 minutes", employee("chen")),
		_action("Calibrate the torque wrenches of all spindle stations", employee("wu")),
	]
	actions.save(EIGHT_D, report, {"corrective_actions": corrective}, validation_note="Proved on GM320-0702.")
	return actions.press(EIGHT_D, report, "Choose Actions")


def _work_on_site(play: Play) -> list[Document]:
	contact = actions.contact(
		play.complaint,
		"On-site Work",
		"Bearings of GM320-0702, -0703, -0705 and -0706 replaced, preload set, warm run of 90 minutes each: "
		"vibration 0.6 mm/s, roundness within tolerance. Line 3 at full speed.",
		channel="On the Spot",
	)
	return [contact, _complaint(play)]


def _notify_progress(play: Play) -> Document:
	return actions.contact(
		play.complaint,
		"Progress Notice",
		"The four machines are repaired and run at full speed; the two others are checked with them.",
		contacted_person="Manager Wang 王经理",
	)


def _implement_and_prevent(play: Play) -> Document:
	report = play.made["eight_d"]
	actions.mark_done(EIGHT_D, report, "corrective_actions", "Done, record filed")
	actions.press(EIGHT_D, report, "Confirm Implementation")
	preventive = [
		_action(
			"Weekly check of torque wrenches, preload recorded by serial number",
			play.scene.employee("wu"),
			done=True,
		)
	]
	changes = [
		{
			"document_type": "Inspection Plan",
			"document_reference": "IP-GM320 revision C: warm run",
			"changed_on": nowdate(),
			"issued_at_site_on": nowdate(),
		}
	]
	actions.save(EIGHT_D, report, {"preventive_actions": preventive, "document_changes": changes})
	return actions.press(EIGHT_D, report, "Confirm Prevention")


def _close_eight_d(play: Play) -> Document:
	report = play.made["eight_d"]
	actions.save(
		EIGHT_D,
		report,
		effectiveness_criterion="Vibration below 1.0 mm/s after a warm run on all machines of the batch",
		effectiveness_check_on=nowdate(),
	)
	actions.press(EIGHT_D, report, "Start Effectiveness Check")
	return actions.press(
		EIGHT_D,
		report,
		"Close 8D",
		is_effective="Yes",
		effectiveness_note="All machines of the batch, sold and in stock, between 0.5 and 0.7 mm/s.",
		lessons_learned="Test as the customer runs: warm. A wrench without a check is a guess.",
	)


def _finish_measures(play: Play) -> Document:
	return actions.mark_done(COMPLAINT, play.complaint, "measures", "Done, confirmed by the department")


def _accept_reports(play: Play) -> list[Document]:
	for slip in SLIPS:
		actions.mark_done(SLIP, play.made[slip], "measures", "Done")
	return [
		actions.press(SLIP, play.made[slip], "Accept Report", completion_note="Complete") for slip in SLIPS
	]


def _confirm_execution(play: Play) -> Document:
	complaint = actions.press(
		COMPLAINT,
		play.complaint,
		"Confirm Execution",
		execution_note="Repair, waiver of service hours, help with the parts and re-inspection are done.",
	)
	play.made["revisit"] = frappe.db.get_value(REVISIT, {"complaint": play.complaint})
	return complaint


def _revisit(play: Play) -> Document:
	return actions.press(
		REVISIT,
		play.made["revisit"],
		"Complete Revisit",
		method="Telephone",
		revisited_on=now_datetime(),
		contacted_person="Manager Wang 王经理",
		satisfaction_with_result="Satisfied",
		satisfaction_with_process="Very Satisfied",
		comments="Line 3 runs at full speed, no new rejects. Fast and honest answers.",
	)


def _close(play: Play) -> Document:
	return actions.press(
		COMPLAINT,
		play.complaint,
		"Close Complaint",
		closing_summary="Cause removed, batch re-inspected, inspection plan and wrench checks changed, customer satisfied.",
	)


def _complaint(play: Play) -> Document:
	return frappe.get_doc(COMPLAINT, play.complaint)


def _action(description: str, employee: str, done: bool = False) -> dict[str, str | None]:
	return {
		"description": description,
		"responsible_employee": employee,
		"due_on": nowdate(),
		"done_on": nowdate() if done else None,
	}


STEPS = (
	Step("li", "takes Manager Wang's call and registers the complaint from the Sales Order", _register),
	Step("li", "apologises and gives the first answer, within the 2 hours promised", _answer_first),
	Step("li", "grades the case and assesses it", _assess),
	Step("li", "writes slips to technical service, quality and production", _draft_slips),
	Step("zhao", "starts the handling", _start_handling),
	Step("zhao", "issues the slips", _issue_slips),
	Step("zhang", "telephones the customer's site engineer", _telephone_site),
	Step("zhang", "reports for technical service", _report_service),
	Step("chen", "reports for quality", _report_quality),
	Step("wu", "reports for production", _report_production),
	Step(
		"zhao",
		"records papers and verification, forms the task force led by Zhang Lei",
		_verify_and_form_task_force,
	),
	Step("chen", "opens the 8D report from the complaint (D0 to D2)", _open_eight_d),
	Step("chen", "contains the fault (D3)", _contain),
	Step("chen", "records why it was made and why it escaped (D4)", _find_cause),
	Step("zhao", "collects the findings and plans measures, resources and compensation", _plan_solution),
	Step("zhao", "proposes the solution", _propose),
	Step("zhang", "presses Approve Solution: the sum is above his limit", _be_refused_by_button),
	Step("zhao", "sets the state herself: she proposed the solution", _be_refused_by_save),
	Step("xu", "approves as vice president in charge", _approve),
	Step("li", "explains the solution to Manager Wang", _explain),
	Step("li", "records the customer's consent", _record_consent),
	Step("chen", "chooses the permanent actions (D5)", _choose_actions),
	Step("zhou", "repairs the machines on site, with spare parts", _work_on_site),
	Step("li", "tells the customer how it stands, as promised", _notify_progress),
	Step("chen", "confirms implementation (D6) and prevention (D7)", _implement_and_prevent),
	Step("chen", "checks the effect and closes the 8D report (D8)", _close_eight_d),
	Step("li", "enters that the measures are done", _finish_measures),
	Step("zhao", "accepts the reports: the slips are completed", _accept_reports),
	Step("li", "confirms the execution; the revisit plans itself", _confirm_execution),
	Step("zhao", "calls the customer back: the revisit that was planned", _revisit),
	Step("zhao", "closes the complaint", _close),
)
