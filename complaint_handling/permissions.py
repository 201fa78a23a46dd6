"""The host's hooks on the documents of a case: `services/access/reading_rules.py` says what they ask."""

import frappe
from frappe.model.document import Document

from complaint_handling.constants import (
	AUTHORITY_CASE,
	COMPLAINT,
	CONTACT,
	DEFERRAL,
	EIGHT_D,
	ESCALATION_LOG,
	EVALUATION,
	MILESTONE,
	PROMISE,
	RE_REVIEW_ROUND,
	REVISIT,
	SLIP,
)
from complaint_handling.services.access.private_rows import private_child_condition
from complaint_handling.services.access.reading_rules import (
	SOURCE_TABLE,
	TEAM_TABLE,
	allows,
	child_condition,
	query_condition,
)

# Hooks: permission_query_conditions. The host passes the user alone, so each DocType has a function.


def complaint_query(user: str | None = None) -> str:
	return query_condition(COMPLAINT, user)


def slip_query(user: str | None = None) -> str:
	return query_condition(SLIP, user)


def eight_d_query(user: str | None = None) -> str:
	return query_condition(EIGHT_D, user)


def revisit_query(user: str | None = None) -> str:
	return query_condition(REVISIT, user)


def deferral_query(user: str | None = None) -> str:
	return query_condition(DEFERRAL, user)


def contact_query(user: str | None = None) -> str:
	return query_condition(CONTACT, user)


def promise_query(user: str | None = None) -> str:
	return query_condition(PROMISE, user)


def re_review_query(user: str | None = None) -> str:
	return query_condition(RE_REVIEW_ROUND, user)


def evaluation_query(user: str | None = None) -> str:
	return query_condition(EVALUATION, user)


def authority_case_query(user: str | None = None) -> str:
	return query_condition(AUTHORITY_CASE, user)


def milestone_query(user: str | None = None) -> str:
	return query_condition(MILESTONE, user)


def escalation_log_query(user: str | None = None) -> str:
	return query_condition(ESCALATION_LOG, user)


# Rows of child tables can be listed over REST by naming a parent DocType; the host then checks no parent row.


def item_query(user: str | None = None) -> str:
	return child_condition("Complaint Item", user)


def team_member_query(user: str | None = None) -> str:
	return child_condition(TEAM_TABLE, user)


def measure_query(user: str | None = None) -> str:
	return child_condition("Complaint Measure", user)


def remedy_query(user: str | None = None) -> str:
	return child_condition("Complaint Remedy", user)


def source_query(user: str | None = None) -> str:
	return child_condition(SOURCE_TABLE, user)


def action_query(user: str | None = None) -> str:
	return child_condition("Complaint 8D Action", user)


def document_change_query(user: str | None = None) -> str:
	return child_condition("Complaint Document Change", user)


def check_answer_query(user: str | None = None) -> str:
	return child_condition("Complaint Check Answer", user)


def responsible_party_query(user: str | None = None) -> str:
	return private_child_condition(EVALUATION, "responsible_parties", "Complaint Responsible Party", user)


def improvement_query(user: str | None = None) -> str:
	return child_condition("Complaint Improvement", user)


def training_query(user: str | None = None) -> str:
	return child_condition("Complaint Training", user)


# Hook: has_permission.


def has_permission(doc: Document, ptype: str | None = None, user: str | None = None) -> bool:
	"""Say whether the rules let the user at a document of a case; for every kind of permission alike.

	A stored document is judged by what is stored: what a request put into the fields gives nobody access.
	A new one is judged by the complaints it belongs to.
	"""
	return allows(doc, user or frappe.session.user)
