"""Every shipped procedure finds on the site what it names: roles, DocTypes, prints, calendars, categories, events."""

import pytest

import frappe

from complaint_handling.constants import CATEGORY, COMPLAINT, PROCEDURE
from complaint_handling.services import procedures
from complaint_handling.services.clock.clock_events import EVENT_OF_STATE, EVENTS_OF_PURPOSE, VERIFIED
from tests.factories import as_user, make_complaint
from tests.figures import shipped_codes

EVENTS = {
	*EVENT_OF_STATE.values(),
	*(event for events in EVENTS_OF_PURPOSE.values() for event in events),
	VERIFIED,
}


def in_force(code: str):
	return frappe.get_doc(PROCEDURE, {"code": code, "docstatus": 1})


@pytest.mark.parametrize("code", shipped_codes())
def test_a_copy_of_the_procedure_is_submitted_without_errors(code):
	copied = frappe.copy_doc(in_force(code))
	copied.update({"code": f"{code} COPY", "docstatus": 0})
	copied.insert()
	copied.submit()
	assert copied.docstatus == 1


@pytest.mark.parametrize("code", shipped_codes())
def test_every_link_of_the_procedure_leads_somewhere(code):
	procedure = in_force(code)
	for doc in (procedure, *procedure.get_all_children()):
		for field in doc.meta.get_link_fields():
			value = doc.get(field.fieldname)
			assert not value or frappe.db.exists(field.options, value), (field.fieldname, value)


@pytest.mark.parametrize("code", shipped_codes())
def test_every_clock_of_the_procedure_starts_and_ends_with_what_happens(code):
	for row in in_force(code).targets:
		assert {row.starts_on, row.stops_on} <= EVENTS, row.stage
		assert row.stops_on != row.starts_on


@pytest.mark.parametrize("code", shipped_codes())
def test_every_print_is_one_of_the_form_it_stands_beside(code):
	for row in in_force(code).forms:
		if row.print_format:
			assert frappe.db.get_value("Print Format", row.print_format, "doc_type") == row.for_doctype


@pytest.mark.parametrize("code", shipped_codes())
def test_a_complaint_of_the_procedure_is_registered_with_a_category_that_it_offers(code, cast):
	procedure = in_force(code)
	offered = frappe.get_all(
		"Complaint Category Procedure",
		filters={"procedure_code": code, "parenttype": CATEGORY},
		pluck="parent",
		order_by="parent asc",
	)
	assert offered
	channel = procedure.channels[0].channel if procedure.channels else "Telephone"
	with as_user(cast["agent"]):
		complaint = make_complaint(
			procedure=procedure.name,
			category=offered[0],
			channel=channel,
			severity=procedure.severities[-1].severity,
		)
	assert [(row.purpose, row.question) for row in complaint.checks] == [
		(row.purpose, row.question) for row in procedure.checks
	]
	assert procedures.severity_row(procedure, complaint.severity)


def test_the_channels_of_procedures_and_rules_are_those_of_the_complaint():
	options = {
		doctype: frappe.get_meta(doctype).get_field("channel").options.strip().split("\n")
		for doctype in (COMPLAINT, "Complaint Procedure Channel", "Complaint Procedure Rule")
	}
	assert len({tuple(values) for values in options.values()}) == 1
