"""What the procedure of a case says: severities, targets, ladder and limits; and which one a new case follows."""

from collections.abc import Iterable
from decimal import Decimal

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils.nestedset import get_ancestors_of

from complaint_handling.constants import CATEGORY, PROCEDURE, SETTINGS
from complaint_handling.domain.authority import Limit
from complaint_handling.domain.clocks import Target
from complaint_handling.domain.escalation import LadderStep
from complaint_handling.domain.procedure_choice import ChoiceCase, ChoiceRule, first_fitting


def procedure_of(complaint: Document) -> Document:
	"""Return the frozen version of the procedure that a complaint follows (cached; read only)."""
	return frappe.get_cached_doc(PROCEDURE, complaint.procedure)


def severity_row(procedure: Document, severity: str | None) -> Document | None:
	"""Return the row of the severity scheme, or None without a severity; an unknown one is refused."""
	if not severity:
		return None
	for row in procedure.severities:
		if row.severity == severity:
			return row
	frappe.throw(
		_("{0} is not a severity of the procedure {1}. Choose one of: {2}.").format(
			frappe.bold(severity),
			frappe.bold(procedure.name),
			", ".join(row.severity for row in procedure.severities),
		)
	)


def limits_of(procedure: Document) -> tuple[Limit, ...]:
	"""Return the approval authority, the lowest role first, in company currency."""
	return tuple(
		Limit(row.role, None if row.unlimited else Decimal(str(row.amount or 0)))
		for row in procedure.authority_limits
	)


def ladder_of(procedure: Document) -> tuple[LadderStep, ...]:
	"""Return the escalation ladder."""
	return tuple(
		LadderStep(row.level, Target(row.after_value, row.after_unit)) for row in procedure.escalation_steps
	)


def targets_for(
	procedure: Document, doctype: str, event: str, complaint: Document, slip_kind: str | None = None
) -> list[Document]:
	"""Return the targets whose clock an event starts for a case: of each stage the most specific row.

	A row that names the kind of slip, the severity, or urgency, wins over one that holds for all
	(requirements, e.2.2). Of the complaint only severity and urgency are read.
	"""
	best: dict[str, Document] = {}
	for row in procedure.targets:
		if (row.applies_to, row.starts_on) != (doctype, event) or not _applies(row, complaint, slip_kind):
			continue
		if row.stage not in best or _specificity(row) > _specificity(best[row.stage]):
			best[row.stage] = row
	return sorted(best.values(), key=lambda row: row.idx)


def _applies(row: Document, complaint: Document, slip_kind: str | None) -> bool:
	return (
		(not row.severity or row.severity == complaint.severity)
		and (not row.only_urgent or bool(complaint.is_urgent))
		and (not row.slip_kind or row.slip_kind == slip_kind)
	)


def _specificity(row: Document) -> tuple[bool, bool, bool]:
	return bool(row.slip_kind), bool(row.severity), bool(row.only_urgent)


def choose(
	company: str | None,
	customer: str | None = None,
	channel: str | None = None,
	category: str | None = None,
	items: Iterable[str] = (),
) -> str | None:
	"""Return the procedure in force that a new complaint follows, or None where none is in force.

	The first rule of the settings that fits wins, then the settings' default, then the company's own newest,
	then anybody's newest. A rule that names a version amended since means the version in force of its code.
	"""
	in_force = _in_force(company)
	if not in_force:
		return None
	settings = frappe.get_cached_doc(SETTINGS)
	rules = [rule for rule in _rules(settings, in_force) if rule.procedure in in_force]
	case = ChoiceCase(
		company,
		channel,
		_with_parents("Item Group", _item_groups(items)),
		_with_parents("Customer Group", _customer_groups(customer)),
		_with_parents(CATEGORY, [category] if category else []),
	)
	default = settings.default_procedure
	return first_fitting(rules, case) or (default if default in in_force else next(iter(in_force)))


def _in_force(company: str | None) -> dict[str, str]:
	"""Return the code of each procedure in force for a company, the company's own and the newest first."""
	# Whoever registers a complaint follows a procedure, whatever he may read of the others.
	rows = frappe.get_all(
		PROCEDURE,
		filters={"docstatus": 1, "company": ("in", ("", company or ""))},
		fields=["name", "code"],
		order_by="company desc, creation desc",
	)
	return {row.name: row.code for row in rows}


def _rules(settings: Document, in_force: dict[str, str]) -> list[ChoiceRule]:
	rows = settings.procedure_rules
	named = frappe.get_all(
		PROCEDURE,
		filters={"name": ("in", [row.procedure for row in rows] or [""])},
		fields=["name", "code"],
		as_list=True,
		order_by=None,
	)
	codes = dict(named)
	newest = {code: name for name, code in reversed(in_force.items())}
	return [
		ChoiceRule(
			row.procedure
			if row.procedure in in_force
			else newest.get(codes.get(row.procedure), row.procedure),
			row.company,
			row.item_group,
			row.customer_group,
			row.channel,
			row.category,
		)
		for row in rows
	]


def _item_groups(items: Iterable[str]) -> list[str]:
	codes = sorted(set(filter(None, items)))
	found = codes and frappe.get_all(
		"Item", filters={"name": ("in", codes)}, pluck="item_group", order_by="name asc"
	)
	return [group for group in found if group]


def _customer_groups(customer: str | None) -> list[str]:
	group = customer and frappe.get_cached_value("Customer", customer, "customer_group")
	return [group] if group else []


def _with_parents(doctype: str, groups: Iterable[str]) -> frozenset[str]:
	return frozenset(name for group in groups for name in (group, *get_ancestors_of(doctype, group)))
