"""What the print formats ask for.

The templates call `complaint_print(doc, ...)` and ask the `Printout` for everything else; they query nothing.
Whatever it returns is safe to put into HTML as it stands: text is escaped, HTML of users is reduced to a
short list of tags, private fields are masked for whoever may not read them.
"""

from frappe.model.document import Document

from complaint_handling.printing.printout import Printout


def complaint_print(doc: Document, form_number: str, revision: str) -> Printout:
	"""Return what the print format of a document asks for. Registered as a Jinja method in `hooks.py`.

	`form_number` and `revision` are those of the controlled form, not of the record.
	"""
	return Printout(doc, form_number, revision)
