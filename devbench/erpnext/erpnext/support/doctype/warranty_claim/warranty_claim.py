import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.mapper import get_mapped_doc
from frappe.utils import now_datetime


class WarrantyClaim(Document):
	def validate(self) -> None:
		if frappe.session.user != "Guest" and not self.customer:
			frappe.throw(_("Customer is required"))
		if self.status == "Closed" and not self.resolution_date and self.has_value_changed("status"):
			self.resolution_date = now_datetime()


@frappe.whitelist()
def make_maintenance_visit(source_name: str, target_doc: str | Document | None = None) -> Document:
	"""Return an unsaved visit for the claim."""

	def finish(source: Document, target: Document) -> None:
		target.append(
			"purposes",
			{
				"item_code": source.item_code,
				"item_name": source.item_name,
				"serial_no": source.serial_no,
				"description": source.description,
				"prevdoc_doctype": source.doctype,
				"prevdoc_docname": source.name,
			},
		)

	return get_mapped_doc(
		"Warranty Claim",
		source_name,
		{"Warranty Claim": {"doctype": "Maintenance Visit", "field_map": {}}},
		target_doc,
		finish,
	)
