"""The sheet for old complaints: the columns that Data Import takes, named in the user's language."""

import csv
import io

import frappe
from frappe import _

from complaint_handling.constants import COMPLAINT

# In the order in which a clerk reads an old register. The host takes "Label (fieldname)" in any language.
COLUMNS = (
	"is_imported",
	"original_number",
	"received_on",
	"original_closed_on",
	"company",
	"procedure",
	"customer",
	"subject",
	"channel",
	"category",
	"severity",
	"description",
	"demand",
	"complainant_name",
	"complainant_phone",
	"responsible_department",
	"cause",
	"closing_summary",
)


def content() -> str:
	"""Return the sheet as CSV: one row of headings, to be filled below."""
	meta = frappe.get_meta(COMPLAINT)
	sheet = io.StringIO()
	csv.writer(sheet).writerow(f"{_(meta.get_label(name))} ({name})" for name in COLUMNS)
	return sheet.getvalue()
