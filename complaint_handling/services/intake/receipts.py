"""The receipt of a sale: what can be wrong with it when it is recorded (R-001F-01)."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import flt, get_datetime, now_datetime


def check(complaint: Document) -> None:
	"""Refuse a purchase in the future and a discount that is none."""
	if complaint.receipt_time and get_datetime(complaint.receipt_time) > now_datetime():
		frappe.throw(_("The goods cannot be bought in the future. Correct the time of purchase."))
	if not 0 <= flt(complaint.receipt_discount) <= 100:
		frappe.throw(_("A discount lies between 0 and 100 %. Correct the discount."))
