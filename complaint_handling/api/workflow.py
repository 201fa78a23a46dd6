"""What the buttons of the Workflow call when they ask for a reason, a date or a person."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import escape_html

from complaint_handling.constants import SLIP, WORKFLOW_DOCTYPES
from complaint_handling.services.slips.proposals import PROPOSED
from complaint_handling.services.solution import remedies
from complaint_handling.services.workflow import workflow_steps

DIALOG_PROPERTIES = ("fieldname", "fieldtype", "label", "options", "description")


@frappe.whitelist()
def get_dialog_fields(doctype: str, name: str, action: str) -> list[dict]:
	"""Return the fields that a button asks for, ready for a dialog; empty when it asks for nothing."""
	doc = _document(doctype, name)
	doc.check_permission("read")
	fields = []
	for asked in workflow_steps.asked_by(doc, action):
		field = doc.meta.get_field(asked.fieldname)
		shown = {key: field.get(key) for key in DIALOG_PROPERTIES}
		shown |= {"reqd": int(asked.required), "depends_on": asked.shown_if}
		fields.append(shown | (_options_offered(doc) if asked.fieldname == "chosen_option" else {}))
		if doc.doctype == SLIP and asked.fieldname in PROPOSED:
			fields[-1]["proposed"] = PROPOSED[asked.fieldname](doc)
	return fields


def _options_offered(doc: Document) -> dict[str, str]:
	"""Let the customer's choice be picked among the options, in the words of the remedies."""
	numbers = sorted(remedies.options_of(doc))
	words = "<br>".join(escape_html(remedies.option_in_words(doc, number)) for number in numbers)
	return {
		"fieldtype": "Select",
		"options": "\n".join(["", *(str(number) for number in numbers)]),
		"description": words,
	}


@frappe.whitelist(methods=["POST"])
def apply_action(doctype: str, name: str, action: str, values: str | dict | None = None) -> dict:
	"""Press a button of the Workflow with the values of its dialog, in one transaction."""
	doc = _document(doctype, name)
	doc.check_permission("write")
	moved = workflow_steps.take(doc, action, frappe.parse_json(values) if values else None)
	moved.apply_fieldlevel_read_permissions()
	return moved.as_dict()


def _document(doctype: str, name: str) -> Document:
	if doctype not in WORKFLOW_DOCTYPES:
		frappe.throw(_("{0} is not moved by this app.").format(doctype), frappe.PermissionError)
	return frappe.get_doc(doctype, name)
