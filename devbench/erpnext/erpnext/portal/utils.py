import frappe
from frappe.model.document import Document


def set_default_role(doc: Document, method: str | None = None) -> None:
	"""Give a user the role Customer or Supplier when the contact of that address belongs to one."""
	if frappe.flags.setting_role or frappe.flags.in_migrate:
		return
	contact = frappe.db.get_value("Contact", {"email_id": doc.email}) if doc.email else None
	if not contact:
		return
	linked = frappe.get_all(
		"Dynamic Link", filters={"parenttype": "Contact", "parent": contact}, pluck="link_doctype"
	)
	missing = {"Customer", "Supplier"}.intersection(linked).difference(frappe.get_roles(doc.name))
	if missing:
		frappe.flags.setting_role = True
		try:
			doc.add_roles(*sorted(missing))
		finally:
			frappe.flags.setting_role = False
