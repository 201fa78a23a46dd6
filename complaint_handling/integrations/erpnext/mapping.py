"""What the Create > Customer Complaint buttons share: mapping a document of ERPNext to a new complaint."""

from collections.abc import Callable

import frappe
from frappe.model.document import Document
from frappe.model.mapper import get_mapped_doc

from complaint_handling.constants import COMPLAINT

ITEM_DOCTYPE = "Complaint Item"
ITEM_FIELDS = {"item_code": "item_code", "item_name": "item_name", "uom": "uom"}
HEAD_FIELDS = {"customer": "customer", "customer_name": "customer_name", "company": "company"}


def map_goods(
	source_doctype: str,
	source_name: str,
	target_doc: str | Document | None,
	link: str,
	complete_row: Callable[[Document, Document], None],
) -> Document:
	"""Map a submitted document with items to an unsaved complaint.

	`link` is the field of the complaint that names the source; `complete_row(source_row, row)` fills batch,
	serial numbers and quantities. Only the rows that the user picked are taken, all when none was picked.
	"""
	picked = _picked_rows()
	return get_mapped_doc(
		source_doctype,
		source_name,
		{
			source_doctype: {
				"doctype": COMPLAINT,
				"field_map": {**HEAD_FIELDS, "name": link},
				"field_no_map": ["naming_series", "status"],
				"validation": {"docstatus": ["=", 1]},
			},
			f"{source_doctype} Item": {
				"doctype": ITEM_DOCTYPE,
				"field_map": {**ITEM_FIELDS, "parent": link},
				"field_no_map": ["description", "amount", "rate"],
				"condition": lambda row: not picked or row.name in picked,
				"postprocess": lambda row, target, parent: complete_row(row, target),
			},
		},
		target_doc,
		complete_head,
	)


def complete_head(source: Document, complaint: Document) -> None:
	"""Fill what is no plain copy: channel, contact and the complainant's private data."""
	complaint.channel = complaint.channel or "Telephone"
	contact = source.get("contact_person") or source.get("contact") or _main_contact(complaint.customer)
	if contact:
		set_contact(complaint, contact)
	if complaint.items and not complaint.subject:
		complaint.subject = complaint.items[0].item_name or complaint.items[0].item_code


def set_contact(complaint: Document, contact: str) -> None:
	"""Copy the contact's name, telephone and e-mail, as they were when the complaint was made."""
	values = frappe.db.get_value(
		"Contact",
		contact,
		["first_name", "last_name", "phone", "mobile_no", "email_id", "designation"],
		as_dict=True,
	)
	if not values:
		return
	complaint.contact = contact
	complaint.complainant_name = " ".join(filter(None, (values.first_name, values.last_name)))
	complaint.complainant_position = values.designation
	complaint.complainant_phone = values.mobile_no or values.phone
	complaint.complainant_email = values.email_id


def batches_and_serials(row: Document) -> tuple[str | None, str | None]:
	"""Return the only batch (None when there are several) and the serial numbers, one a line.

	Version 15 keeps them in a Serial and Batch Bundle or, with `use_serial_batch_fields`, on the row itself.
	"""
	batches = {row.get("batch_no")} - {None, ""}
	serials = (row.get("serial_no") or "").split("\n")
	if row.get("serial_and_batch_bundle"):
		entries = frappe.get_all(
			"Serial and Batch Entry",
			filters={"parent": row.serial_and_batch_bundle},
			fields=["batch_no", "serial_no"],
			order_by="idx asc",
		)
		batches |= {entry.batch_no for entry in entries if entry.batch_no}
		serials += [entry.serial_no for entry in entries if entry.serial_no]
	serials = [serial for serial in dict.fromkeys(serials) if serial]
	return (batches.pop() if len(batches) == 1 else None), "\n".join(serials) or None


def _main_contact(customer: str | None) -> str | None:
	return frappe.db.get_value("Customer", customer, "customer_primary_contact") if customer else None


def _picked_rows() -> set[str]:
	arguments = frappe.flags.args or {}
	return set(arguments.get("rows") or ())
