"""Amounts of remedies in company currency, and who may approve their sum."""

from decimal import Decimal

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, flt, fmt_money

from complaint_handling.domain.authority import Limit, refusal, required_role
from complaint_handling.exceptions import AuthorityError, SelfApprovalError
from complaint_handling.services import playbooks, procedures


def set_amounts(complaint: Document) -> None:
	"""Compute the amounts of all remedies, their sum and the role that may approve it.

	The sum of the whole case counts, so that splitting a remedy does not help. Computed on every save:
	an amount sent by a client is never believed.
	"""
	company_currency = frappe.get_cached_value("Company", complaint.company, "default_currency")
	for row in complaint.remedies:
		_set_row(row, company_currency)
	complaint.total_remedy_amount = _dearest_total(complaint)
	complaint.remedy_options = len(options_of(complaint))
	_set_approver(complaint)


def options_of(complaint: Document) -> frozenset[int]:
	"""Return the numbers of the options that the customer can choose from; remedies without one are given in any case."""
	return frozenset(cint(row.option_number) for row in complaint.remedies if cint(row.option_number))


def is_within_counter(complaint: Document) -> bool:
	"""Tell whether the remedies need nobody's approval: there are none, or the counter may decide (R-001E-05)."""
	if not flt(complaint.total_remedy_amount):
		return True
	limit = complaint.category and frappe.get_cached_value(
		"Complaint Category", complaint.category, "counter_limit"
	)
	return bool(limit) and playbooks.role_above_counter(complaint.category, _total(complaint)) is None


def _dearest_total(complaint: Document) -> float:
	"""Return the sum in company currency: of the chosen option, before the choice of the dearest one.

	Who approves answers for what the customer may choose, so the dearest option decides over the authority.
	"""
	always = sum(flt(row.base_amount) for row in complaint.remedies if not cint(row.option_number))
	by_option = {
		option: sum(flt(row.base_amount) for row in complaint.remedies if cint(row.option_number) == option)
		for option in options_of(complaint)
	}
	chosen = by_option.get(cint(complaint.chosen_option))
	return flt(always + (max(by_option.values(), default=0) if chosen is None else chosen), 2)


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
	refused = refusal(limits, frappe.get_roles(user), _total(complaint))
	if refused:
		frappe.throw(
			_("Remedies of {0} in all are above your limit. They need the approval of: {1}.").format(
				frappe.bold(fmt_money(complaint.total_remedy_amount)),
				frappe.bold(_(refused.required_role or "nobody in this procedure")),
			),
			AuthorityError,
			title=_("Approval Refused"),
		)


def limits_for(complaint: Document) -> tuple[Limit, ...]:
	"""Return the limits that hold for a case: with a typed exchange rate only the highest one.

	A rate that somebody typed could bring any sum under a lower limit. In a case that was taken over
	(R-000K-21) only those approve who took it over, and whoever stands above them.
	"""
	procedure = procedures.procedure_of(complaint)
	limits = procedures.limits_of(procedure)
	if complaint.taken_over_on:
		limits = _from_role(limits, procedure.takes_over_role)
	company_currency = frappe.get_cached_value("Company", complaint.company, "default_currency")
	is_foreign = any(row.currency != company_currency for row in complaint.remedies)
	return limits[-1:] if is_foreign else limits


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
	roles = [limit.role for limit in procedures.limits_of(procedures.procedure_of(complaint))]
	complaint.next_approver_role = role
	complaint.approval_level = roles.index(role) + 1 if role else len(roles) + 1


def _total(complaint: Document) -> Decimal:
	return Decimal(str(complaint.total_remedy_amount or 0))
