import frappe
from frappe.contacts.doctype.address.address import get_default_address
from frappe.contacts.doctype.contact.contact import get_contact_details
from frappe.utils import cint


@frappe.whitelist()
def get_party_details(
	party: str | None = None,
	account: str | None = None,
	party_type: str = "Customer",
	company: str | None = None,
) -> dict:
	"""Return what a sales document takes over from its customer."""
	if not party or party_type != "Customer":
		return {}
	frappe.has_permission("Customer", "read", doc=party, throw=True)
	return party_details(party, company)


def party_details(customer: str, company: str | None = None) -> dict:
	"""Return names, groups, currency, price list, address and contact of a customer. Checks no permission."""
	party = frappe.get_cached_doc("Customer", customer)
	values = {
		"customer_name": party.customer_name,
		"customer_group": party.customer_group,
		"territory": party.territory,
		"tax_id": party.tax_id,
		"currency": party.default_currency,
		"selling_price_list": party.default_price_list or _default_price_list(party.customer_group),
		"customer_address": party.customer_primary_address or get_default_address("Customer", customer),
		"contact_person": _main_contact(customer),
	}
	if values["contact_person"]:
		values.update(_contact_values(values["contact_person"]))
	return values


def _main_contact(customer: str) -> str | None:
	"""Return the contact that is marked as primary, else none; the customer's own field does not count."""
	links = frappe.get_all(
		"Dynamic Link",
		filters={"parenttype": "Contact", "link_doctype": "Customer", "link_name": customer},
		pluck="parent",
	)
	return frappe.db.get_value("Contact", {"name": ("in", links or [""]), "is_primary_contact": 1})


def _contact_values(contact: str) -> dict:
	details = get_contact_details(contact)
	return {
		fieldname: details.get(fieldname)
		for fieldname in ("contact_display", "contact_email", "contact_mobile", "contact_phone")
	}


def _default_price_list(customer_group: str | None) -> str | None:
	of_group = (
		frappe.get_cached_value("Customer Group", customer_group, "default_price_list")
		if customer_group
		else None
	)
	return of_group or frappe.db.get_single_value("Selling Settings", "selling_price_list")


def get_party_account(party_type: str, party: str | None = None, company: str | None = None) -> str | None:
	"""Return the company's receivable account."""
	return frappe.get_cached_value("Company", company, "default_receivable_account") if company else None
