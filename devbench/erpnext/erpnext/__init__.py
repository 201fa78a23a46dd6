"""Stand-in for ERPNext on the dev bench: names, fields and roles of ERPNext, no code of it."""

import frappe

__version__ = "15.0.0"


def get_default_company(user: str | None = None) -> str | None:
	"""Return the user's default company, else the site's."""
	company = frappe.defaults.get_user_default_as_list("company", user or frappe.session.user)
	if company:
		return company[0]
	return frappe.db.get_single_value("Global Defaults", "default_company")


def get_company_currency(company: str) -> str | None:
	"""Return the currency in which the company keeps its books."""
	return frappe.get_cached_value("Company", company, "default_currency")


def get_default_currency() -> str | None:
	"""Return the currency of the default company."""
	company = get_default_company()
	return get_company_currency(company) if company else None
