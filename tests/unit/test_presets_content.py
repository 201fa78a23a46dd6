"""What each shipped procedure holds of its document, read from its data: channels, gates, rules, forms, decisions."""

import json
from collections import Counter
from typing import Any

import pytest

from tests.figures import procedure, shipped_codes
from tests.translation_sources import PACKAGE

# The 21 procedures and handbooks of the documents.
CODES = [
	*(f"000-{letter}" for letter in "ABCDEFGHIJK"),
	*(f"001-{letter}" for letter in "ABCDEF"),
	"002-A",
	"003-A",
	"003-B",
	"004-A",
]
EXISTED_BEFORE = {"000-A", "000-C", "000-E", "000-G", "000-K", "002-A", "003-A", "003-B", "004-A"}
# Documents that name no channel: every channel is offered.
NO_CHANNELS = {"000-G", "000-J", "001-B"}
# Cut, silent or contradicting places of the documents (requirements, sections e.2 and e.3): in words of the decision.
DECIDED = [
	("000-A", "from the end of the investigation", "e.2.1"),
	("000-A", "breaks off after section 6.3", "e.3"),
	("004-A", "Targets below 24 hours run in working time", "e.2.2"),
	("003-A", "Targets below 24 hours run in working time", "e.2.2"),
	("000-K", "the last one only by the general manager", "e.2.3"),
	("003-A", "Saturday counts for this reply only", "e.2.4"),
	("003-A", "frozen after their last due time", "e.2.5"),
	("003-B", "counts as a repeat is decided for the case", "e.2.6"),
	("002-A", "3 or more includes 3", "e.2.7"),
	("000-A", "never matched with those of another", "e.2.8"),
	("000-B", "never matched with those of another", "e.2.8"),
	("002-A", "never matched with those of another", "e.2.8"),
	("004-A", "never matched with those of another", "e.2.8"),
	("000-K", "two forms", "e.2.9"),
	("001-E", "Exactly 10 is not below 10", "e.2.10"),
	("002-A", "one report with two names", "e.2.11"),
	("000-K", "marketing manager reviews, customer representative issues", "e.2.12"),
	("003-A", "asked by the responsible department", "e.2.13"),
	("000-E", "run from the receipt", "e.2.14"),
	("002-A", "run from the registration", "e.2.15"),
	("003-A", "Agreed for production causes only", "e.2.16"),
	("000-H", "checks and coordinates", "e.2.17"),
	("001-C", "sales sends it", "e.2.18"),
	("000-K", "named shareholder or board member", "e.2.19"),
	("000-K", "recorded with a witness", "e.2.20"),
	("004-A", "from the approval of the plan", "e.2.21"),
	("000-C", "complaint standard is a checklist", "e.2.22"),
	("001-F", "in both routes", "e.2.23"),
	("000-H", "Parts 2 to 8", "e.3"),
	("000-K", "after clause 7.6.2", "e.3"),
	("001-A", "closing steps are designed", "e.3"),
	("001-C", "5.2.1 to 5.2.2.12", "e.3"),
	("001-D", "closing steps are designed", "e.3"),
	("001-E", "closing steps are designed", "e.3"),
	("000-E", "hold for special complaints too", "e.2.2"),
	("000-E", "extended over statutory holidays", "e.2.2"),
	("000-A", "for an urgent case elapsed", "e.2.2"),
	("000-G", "for an urgent case elapsed", "e.2.2"),
	("000-A", "stands still while the customer is awaited", "R-000A-14"),
	("000-E", "stands still while the customer is awaited", "R-000E-08"),
	("001-C", "all of 5.1 are missing", "e.3"),
	("002-A", "end of severity D", "e.3"),
	("002-A", "flowchart are missing", "e.3"),
	("003-A", "issued by a second person", "R-003A-15"),
	("003-B", "issued by a second person", "R-003B-01"),
	("003-A", "None of them is in the source", "e.3"),
	("004-A", "breaks off in phase 4", "e.3"),
]


def labels() -> set[str]:
	path = PACKAGE / "complaint_handling" / "doctype" / "complaint_procedure" / "complaint_procedure.json"
	return {field.get("label") for field in json.loads(path.read_text("utf-8"))["fields"]}


def channels(code: str) -> list[str]:
	return [row["channel"] for row in procedure(code).get("channels", ())]


def questions(code: str, purpose: str, is_required: int = 1) -> list[str]:
	return [
		row["question"]
		for row in procedure(code).get("checks", ())
		if (row["purpose"], row["is_required"]) == (purpose, is_required)
	]


def closing(code: str) -> set[tuple[str, str | None]]:
	return {
		(row["requirement"], row.get("severity")) for row in procedure(code).get("closing_requirements", ())
	}


def recipients(code: str, purpose: str) -> list[str]:
	return [row["recipient"] for row in procedure(code).get("recipients", ()) if row["purpose"] == purpose]


def forms(code: str) -> dict[str, dict[str, Any]]:
	return {row["form_name"]: row for row in procedure(code).get("forms", ())}


def test_every_procedure_of_the_documents_is_shipped():
	assert shipped_codes() == sorted(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_preset_is_whole(code):
	values = procedure(code)
	assert values["shipped_version"] == (2 if code in EXISTED_BEFORE else 1)
	assert code[:3] in values["source_document"]
	for table in ("severities", "targets", "escalation_steps", "authority_limits", "decisions"):
		assert values[table], table
	assert bool(channels(code)) is (code not in NO_CHANNELS)
	assert all(row["definition"] for row in values["severities"])
	assert [row["rank"] for row in values["severities"]] == list(range(1, len(values["severities"]) + 1))


@pytest.mark.parametrize("code", CODES)
def test_a_decision_names_a_setting_and_its_reason(code):
	rows = procedure(code)["decisions"]
	assert {row["setting"] for row in rows} <= labels()
	assert all(row["chosen"].endswith(".") and row["reason"].endswith(".") for row in rows)
	assert max(Counter((row["setting"], row["chosen"]) for row in rows).values()) == 1


@pytest.mark.parametrize(("code", "words", "place"), DECIDED)
def test_a_place_that_is_cut_or_contradicts_itself_is_a_decision(code, words, place):
	texts = [f"{row['chosen']} {row['reason']}" for row in procedure(code)["decisions"]]
	assert any(words in text for text in texts), place


@pytest.mark.parametrize(
	("code", "named"),
	[
		# R-000A-06
		("000-A", ["Telephone", "E-mail", "Online Platform", "Written Letter"]),
		# R-000B-01
		("000-B", ["Telephone", "E-mail", "Online Platform", "Social Media"]),
		# R-000C-01
		("000-C", ["Telephone", "E-mail", "Online Platform"]),
		# R-000E-02
		("000-E", ["Telephone", "E-mail", "Online Platform"]),
		# R-000F-01
		("000-F", ["Telephone", "E-mail", "Online Platform"]),
		# R-000H-01
		("000-H", ["On the Spot", "Telephone", "Written Letter"]),
		# R-000I-01
		("000-I", ["Telephone", "E-mail", "Online Platform"]),
		# R-001A-01
		("001-A", ["On the Spot", "Telephone"]),
		# R-001D-01
		("001-D", ["On the Spot", "Written Letter", "Telephone", "E-mail"]),
		# R-002A-09
		("002-A", ["Fax", "Telephone", "E-mail", "Instant Message"]),
		# R-004A-02
		("004-A", ["Telephone", "E-mail", "Online Platform", "Account Manager"]),
	],
)
def test_the_channels_are_those_of_the_document(code, named):
	assert channels(code) == named


def test_the_channels_of_the_property_company_are_all_there():
	"""R-000K-09, R-000K-10, R-000K-19, R-000K-20: telephone with recording, box, mail, fax, written, face to face."""
	assert set(channels("000-K")) == {
		*("Telephone", "Voice Mail", "Suggestion Box", "E-mail", "Fax", "Written Letter", "On the Spot")
	}


def test_further_channels_are_offered_where_the_document_says_others():
	"""R-000D-01"""
	assert {"Telephone", "E-mail", "Social Media"} < set(channels("000-D"))


def test_acceptance_asks_what_the_document_asks():
	"""R-000H-03, R-001D-02, R-000C-02, R-000E-04, R-000I-03"""
	sufficient = ["Is the reason of the complaint sufficient?", "Is the demand of the customer reasonable?"]
	assert questions("000-H", "Acceptance") == questions("001-D", "Acceptance") == sufficient
	assert len(questions("000-C", "Acceptance")) == 4
	assert questions("000-E", "Acceptance") == ["Is the complaint true?", "Is the complaint reasonable?"]
	assert len(questions("000-I", "Acceptance")) == 2
	asking = {code for code in CODES if questions(code, "Acceptance")}
	assert asking == {"000-C", "000-E", "000-H", "000-I", "001-D"}


def test_evidence_is_that_of_the_document():
	"""R-000A-13, R-000B-04, R-000C-03, R-000H-05, R-001B-01, R-001F-01, R-004A-04"""
	assert len(questions("000-A", "Evidence")) == 3
	assert len(questions("000-B", "Evidence")) == 2
	assert len(questions("000-C", "Evidence")) == 3
	assert [text.split()[3] for text in questions("000-H", "Evidence")] == ["cause", "person"]
	places = " ".join(questions("001-B", "Evidence"))
	assert all(place in places for place in ("stock", "work in process", "transit"))
	assert questions("001-F", "Evidence") == ["Were the goods inspected and the cause found?"]
	assert questions("004-A", "Evidence") == []
	assert len(questions("004-A", "Evidence", is_required=0)) == 4


@pytest.mark.parametrize(
	("code", "required"),
	[
		# R-000D-10
		("000-D", {("Evaluation", None)}),
		# R-000E-07, R-000E-10
		("000-E", {("Archive", None), ("Accountability", "Special Complaint")}),
		# R-000F-07, R-000F-08
		("000-F", {("Improvement Proposal", None)}),
		# R-000G-07
		("000-G", {("Training Record", "Major"), ("Training Record", "Moderate")}),
		# R-000H-07, R-000H-08
		("000-H", {("Evaluation", None), ("Accountability", None), ("Improvement Proposal", None)}),
		# R-000J-06
		("000-J", {("Improvement Proposal", None)}),
		# R-000K-22
		("000-K", {("Evaluation", None)}),
		# R-001A-03
		(
			"001-A",
			{("Improvement Proposal", None), ("Training Record", "Major"), ("Standardisation", "Major")},
		),
		# R-001B-01
		("001-B", {("Standardisation", None), ("Archive", None)}),
		# R-001D-05
		("001-D", {("Archive", None)}),
		# R-001F-01, R-001F-02
		("001-F", {("Archive", None)}),
		# R-002A-14
		("002-A", {("Evaluation", "Serious"), ("Evaluation", "Urgent"), ("Evaluation", "Routine")}),
	],
)
def test_the_closing_rule_is_that_of_the_document(code, required):
	assert closing(code) == required


def test_a_severity_names_who_decides_where_the_document_does():
	"""R-000A-05, R-001E-07: senior management major complaints, the area supervisor claims and disturbances."""
	assert {
		(code, row["severity"]): row["approver_role"]
		for code in CODES
		for row in procedure(code)["severities"]
		if row.get("approver_role")
	} == {
		("000-A", "Major"): "Complaint General Manager",
		("001-E", "Claim or Disturbance"): "Complaint Vice President",
	}


def test_the_leaders_of_the_company_approve_every_plan_of_the_property_company():
	"""R-001D-07"""
	roles = [row["role"] for row in procedure("001-D")["authority_limits"]]
	assert roles == ["Complaint Vice President", "Complaint General Manager"]


def test_two_persons_approve_where_the_document_says_so():
	"""R-000H-06"""
	assert {
		code: procedure(code)["endorser_role"] for code in CODES if procedure(code).get("endorser_role")
	} == {"000-H": "Quality Manager"}


def test_several_departments_go_to_the_general_manager():
	"""R-000K-17"""
	roles = {code: procedure(code).get("several_departments_role") for code in CODES}
	assert {code: role for code, role in roles.items() if role} == {"000-K": "Complaint General Manager"}


def test_the_mall_sees_the_receipt_and_offers_two_options():
	"""R-001F-01"""
	figures = {
		code: (procedure(code).get("asks_receipt", 0), procedure(code).get("minimum_remedy_options", 0))
		for code in CODES
	}
	assert figures.pop("001-F") == (1, 2)
	assert set(figures.values()) == {(0, 0)}


def test_staff_answers_and_closes_at_once_where_the_document_lets_it():
	"""R-000K-12, R-001E-05, R-001F-01, R-002A-08, R-003A-15, R-003B-01"""
	assert {code for code in CODES if procedure(code).get("allows_direct_close")} == {
		*("000-K", "001-E", "001-F", "002-A", "003-A", "003-B")
	}


def test_a_problem_is_widespread_from_three_on():
	"""R-002A-08"""
	values = procedure("002-A")
	assert [
		values[name]
		for name in (
			*("widespread_reports_of_customer", "widespread_customers"),
			*("widespread_window_days", "widespread_batch_or_safety"),
		)
	] == [3, 3, 90, 1]


def test_the_property_company_answers_in_writing_has_it_signed_and_visits():
	"""R-000K-19, R-000K-20, R-000K-23"""
	values = procedure("000-K")
	assert (values["written_answer_to_written"], values["signature_face_to_face"]) == (1, 1)
	assert values["visit_every_months"] == 4


def test_the_follow_up_owner_is_the_distribution_department():
	"""R-003A-14"""
	assert {code for code in CODES if procedure(code).get("has_follow_up_owner")} == {"003-A", "003-B"}


def test_the_recipients_are_those_of_the_document():
	"""R-000K-25, R-003A-08, R-003A-16, R-001A-02, R-001D-06"""
	assert recipients("000-K", "Monthly Report") == [
		"Marketing Manager",
		"Deputy General Manager in Charge",
		"General Manager",
		"ISO 9000 Working Group",
		"Department of Occurrence",
	]
	for code in ("003-A", "003-B"):
		assert recipients(code, "Slip Copy") == ["Supervision and Audit"]
		assert recipients(code, "Monthly Report")
	assert recipients("001-A", "Monthly Report")[0] == "Leader of the Department"
	assert recipients("001-D", "Monthly Report") == ["Leaders of the Company"]


@pytest.mark.parametrize(
	("code", "named"),
	[
		# R-000B-02
		("000-B", {"Complaint Registration Form"}),
		# R-000H-02
		("000-H", {"Appeal and Complaint Registration Form"}),
		# R-001A-03
		("001-A", {"Complaint Log"}),
		# R-001C-09
		(
			"001-C",
			{
				"Complaint Registration Form (Sales)",
				"8D Report and Analysis Sheet",
				"Quality Abnormality Notice",
				"Control of Nonconforming Product",
				"Control of Corrective and Preventive Action",
			},
		),
		# R-001D-05
		("001-D", {"Owner File", "Customer Service File"}),
		# R-002A-15, R-002A-16
		(
			"002-A",
			{
				"Complaint Feedback Form",
				"Complaint Analysis and Improvement Report",
				"Complaint Bulletin",
				"Meeting Minutes",
				"Quality Record Control",
				"After-sales Repair, Return and Exchange Rules",
				"Working Instructions for Repair Returns",
				"Working Instructions for Returns",
			},
		),
	],
)
def test_the_forms_are_those_of_the_document(code, named):
	assert set(forms(code)) == named


def test_the_forms_of_the_property_company_carry_their_numbers():
	"""R-000K-02, R-000K-11, R-000K-22, R-000K-25, R-000K-26"""
	numbers = {row.get("document_number"): name for name, row in forms("000-K").items()}
	assert numbers["GFP19-2-F1"] == "Complaint Handling Record"
	assert numbers["GFP19-2-F2"] == "Complaint Register"
	assert numbers["GFP19-2-F3"] == "Customer Visit Record"
	assert numbers["GAP5-8-F1"] == "Corrective and Preventive Action Record"


def test_every_sheet_and_annex_of_the_furnishing_group_is_named():
	"""R-003A-07, R-003A-08, R-003A-09, R-003A-18, R-003B-01"""
	named = " ".join((*forms("003-A"), *forms("003-B")))
	marks = (*(f"Sheet {number}" for number in (1, 2, 3, 4)), *(f"Annex {number}" for number in (1, 2, 3, 4)))
	assert [mark for mark in marks if f"({mark})" not in named] == []


def test_8d_is_asked_of_every_complaint_where_its_steps_are_the_procedure():
	"""R-001B-01, R-001C-05, R-001C-08"""
	for code in ("001-B", "001-C"):
		assert {row["requires_8d"] for row in procedure(code)["severities"]} == {1}
		stages = {row["stage"] for row in procedure(code)["targets"]}
		assert {"D3 Containment", "D4 Root Cause", "8D Closed"} <= stages


def test_important_complaints_are_tracked():
	"""R-000J-05, R-000D-06"""
	tracked = [row for row in procedure("000-J")["targets"] if row["stops_on"] == "Customer Informed"]
	assert [row["severity"] for row in tracked] == ["Important"]
	told = [row for row in procedure("000-D")["targets"] if row["stops_on"] == "Customer Informed"]
	assert len(told) == 1


def test_overdue_cases_are_told_to_the_general_managers_office():
	"""R-000H-11"""
	steps = procedure("000-H")["escalation_steps"]
	assert any(row.get("role") == "Complaint General Manager" and not row["after_value"] for row in steps)


def test_a_claim_in_the_restaurant_reaches_the_area_supervisor():
	"""R-001E-05, R-001E-07: by rank of who decides, counter, supervisor, area supervisor."""
	values = procedure("001-E")
	names = ["Claim or Disturbance", "For the Supervisor", "At the Counter"]
	assert [row["severity"] for row in values["severities"]] == names
	assert values["escalation_steps"][1]["role"] == "Complaint Vice President"


def test_the_priorities_of_the_model_flow_are_its_scheme():
	"""R-000B-03"""
	assert [row["severity"] for row in procedure("000-B")["severities"]] == ["High", "Medium", "Low"]


@pytest.mark.parametrize("code", CODES)
def test_every_target_names_a_severity_of_its_scheme(code):
	values = procedure(code)
	names = {row["severity"] for row in values["severities"]}
	for table in ("targets", "closing_requirements"):
		assert {row["severity"] for row in values.get(table, ()) if row.get("severity")} <= names
