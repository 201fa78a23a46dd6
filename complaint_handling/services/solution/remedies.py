"""Amounts of remedies in company currency, and who may approve their sum."""

from decimal import Decimal

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, flt, fmt_money

from complaint_handling.constants import CATEGORY, DEPARTMENT_MANAGER, GENERAL_MANAGER, VICE_PRESIDENT
from complaint_handling.domain.authority import Limit, dearest_total, refusal, required_role
from complaint_handling.domain.states import ComplaintState
from complaint_handling.exceptions import AuthorityError, SelfApprovalError
from complaint_handling.services import playbooks, procedures

# What the conditions of the Workflow's buttons ask for, whatever ladder a procedure has; any other role is at the top.
LEVEL_OF_ROLE = {DEPARTMENT_MANAGER: 1, VICE_PRESIDENT: 2, GENERAL_MANAGER: 3}


def set_amounts(complaint: Document) -> None:
	"""Compute the amounts of all remedies, their sum and the role that may approve it.

	The sum of the whole case counts, so that splitting a remedy does not help. Computed on every save:
	an amount sent by a client is never believed.
	"""
	company_currency = frappe.get_cached_value("Company", complaint.company, "default_currency")
	for row in complaint.remedies:
		_set_row(row, company_currency)
	if complaint.chosen_option:
		# The dialog sends the picked number as text.
		complaint.chosen_option = cint(complaint.chosen_option)
	complaint.total_remedy_amount = flt(_dearest_total(complaint), 2)
	complaint.remedy_options = len(options_of(complaint))
	_set_approver(complaint)


def options_of(complaint: Document) -> frozenset[int]:
	"""Return the numbers of the options that the customer can choose from; remedies without one are given in any case."""
	return frozenset(cint(row.option_number) for row in complaint.remedies if cint(row.option_number))


def is_within_counter(complaint: Document) -> bool:
	"""Tell whether the remedies need nobody's approval: there are none, or the counter may decide (R-001E-05).

	The counter decides in the company's currency only: a rate that somebody typed could bring any sum under the
	limit.
	"""
	if not flt(complaint.total_remedy_amount):
		return True
	rule = _counter_rule(complaint)
	return bool(rule) and not _is_foreign(complaint) and not _is_above_counter(complaint)


def to_be_given(complaint: Document) -> list[Document]:
	"""Return the remedies that the customer gets: all that belong to no option, and the chosen option's.

	None of an option before the customer has chosen: what is not chosen is not carried out.
	"""
	chosen = (0, cint(complaint.chosen_option))
	return [row for row in complaint.remedies if cint(row.option_number) in chosen]


def option_in_words(complaint: Document, number: int) -> str:
	"""Return what an option consists of, in one line."""
	rows = [row for row in complaint.remedies if cint(row.option_number) == number]
	return f"{number}: " + ", ".join(_remedy_in_words(row) for row in rows)


def _remedy_in_words(row: Document) -> str:
	amount = fmt_money(row.amount, currency=row.currency) if flt(row.amount) else None
	return " ".join(filter(None, (_(row.remedy_type), row.description, amount)))


def approver_named(complaint: Document) -> str:
	"""Return the lowest role that may approve the sum, and what it is called where the complaint was taken."""
	role = required_role(limits_for(complaint), _total(complaint))
	rule = _counter_rule(complaint)
	post = rule and _is_above_counter(complaint) and rule.above_limit_role == role and rule.above_limit_post
	words = _(role or "nobody in this procedure")
	return f"{words} ({_(post)})" if post else words


def _counter_rule(complaint: Document) -> frappe._dict | None:
	"""Return what the category says of the counter, None where it says nothing or counts in another currency."""
	if not complaint.category:
		return None
	fields = ["counter_limit", "currency", "above_limit_role", "above_limit_post"]
	rule = frappe.get_cached_value(CATEGORY, complaint.category, fields, as_dict=True)
	company_currency = frappe.get_cached_value("Company", complaint.company, "default_currency")
	return rule if rule.counter_limit and rule.currency == company_currency else None


def _is_above_counter(complaint: Document) -> bool:
	return not playbooks.counter_decides(complaint.category, _total(complaint))


def _dearest_total(complaint: Document) -> Decimal:
	amounts = ((cint(row.option_number), Decimal(str(flt(row.base_amount, 2)))) for row in complaint.remedies)
	return dearest_total(amounts, cint(complaint.chosen_option))


def check_authority(complaint: Document) -> None:
	"""Refuse an approval by somebody who proposed the solution or whose limit is below the sum."""
	user = frappe.session.user
	if user == complaint.proposed_by:
		frappe.throw(
			_("You proposed this solution. Ask somebody else with authority to approve it."),
			SelfApprovalError,
			title=_("Approval Refused"),
		)
	limits = limits_for(complaint)
	if refusal(limits, frappe.get_roles(user), _total(complaint)):
		frappe.throw(
			_("Remedies of {0} in all are above your limit. They need the approval of: {1}.").format(
				frappe.bold(fmt_money(complaint.total_remedy_amount)),
				frappe.bold(approver_named(complaint)),
			),
			AuthorityError,
			title=_("Approval Refused"),
		)


def limits_for(complaint: Document) -> tuple[Limit, ...]:
	"""Return the limits that hold for a case: with a typed exchange rate only the highest one.

	A rate that somebody typed could bring any sum under a lower limit. In a case that was taken over
	(R-000K-21) only those approve who took it over, and whoever stands above them, and so where the severity
	names who decides (R-000A-05); what the counter may not
	decide starts at the role that its category names (R-001E-05), where the procedure knows it.
	"""
	procedure = procedures.procedure_of(complaint)
	limits = procedures.limits_of(procedure)
	if complaint.taken_over_on:
		limits = _from_role(limits, procedure.takes_over_role)
	severity = procedures.severity_row(procedure, complaint.severity)
	if severity and severity.approver_role:
		limits = _from_role(limits, severity.approver_role)
	rule = _counter_rule(complaint)
	if rule and rule.above_limit_role in [limit.role for limit in limits] and _is_above_counter(complaint):
		limits = _from_role(limits, rule.above_limit_role)
	return limits[-1:] if _is_foreign(complaint) else limits


def _is_foreign(complaint: Document) -> bool:
	company_currency = frappe.get_cached_value("Company", complaint.company, "default_currency")
	return any(row.currency != company_currency for row in complaint.remedies)


def _from_role(limits: tuple[Limit, ...], role: str | None) -> tuple[Limit, ...]:
	roles = [limit.role for limit in limits]
	return limits[roles.index(role) :] if role in roles else limits[-1:]


def _set_row(row: Document, company_currency: str) -> None:
	row.currency = row.currency or company_currency
	if row.currency == company_currency:
		row.conversion_rate = 1
	if flt(row.conversion_rate) <= 0:
		frappe.throw(
			_("Row {0}: enter the exchange rate from {1} to {2}.").format(
				row.idx, row.currency, company_currency
			)
		)
	if flt(row.quantity) < 0 or flt(row.rate) < 0:
		frappe.throw(_("Row {0}: quantity and rate of a remedy must not be negative.").format(row.idx))
	row.amount = flt(flt(row.quantity) * flt(row.rate), 2)
	row.base_amount = flt(row.amount * flt(row.conversion_rate), 2)


def _set_approver(complaint: Document) -> None:
	limits = limits_for(complaint)
	role = required_role(limits, _total(complaint))
	procedure = procedures.procedure_of(complaint)
	complaint.next_approver_role = procedure.endorser_role if _awaits_endorsement(complaint) else role
	complaint.approval_level = LEVEL_OF_ROLE.get(role or "", len(LEVEL_OF_ROLE) + (role is None))


def _awaits_endorsement(complaint: Document) -> bool:
	return bool(complaint.needs_endorsement) and complaint.workflow_state == ComplaintState.SOLUTION_PROPOSED


def _total(complaint: Document) -> Decimal:
	return Decimal(str(complaint.total_remedy_amount or 0))
