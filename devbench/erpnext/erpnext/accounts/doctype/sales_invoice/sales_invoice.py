import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import flt, getdate, today

from erpnext.accounts.party import get_party_account
from erpnext.controllers.sales_and_purchase_return import make_return_doc
from erpnext.controllers.selling_controller import SellingController
from erpnext.controllers.status_updater import refresh_delivery_notes, refresh_sales_orders


class SalesInvoice(SellingController):
	def validate(self) -> None:
		if not self.customer:
			frappe.throw(_("Customer is required against the receivable account"))
		super().validate()
		if self.update_stock:
			self.require_warehouse_for_stock_items()
		self.set_missing_accounts()
		self.due_date = self.due_date or self.posting_date
		self.outstanding_amount = self.amount_to_pay()
		self.set_status()

	def set_missing_accounts(self) -> None:
		self.debit_to = self.debit_to or get_party_account("Customer", self.customer, self.company)
		if self.debit_to and not self.party_account_currency:
			self.party_account_currency = frappe.get_cached_value(
				"Account", self.debit_to, "account_currency"
			)

	def amount_to_pay(self) -> float:
		paid = flt(self.paid_amount) + flt(self.write_off_amount)
		return flt(self.rounded_total or self.grand_total) - paid

	def on_submit(self) -> None:
		self.update_linked_documents()

	def on_cancel(self) -> None:
		self.update_linked_documents()

	def update_linked_documents(self) -> None:
		self.store_status()
		refresh_sales_orders(row.sales_order for row in self.items)
		refresh_delivery_notes(row.delivery_note for row in self.items)
		if self.is_return and self.return_against:
			frappe.get_doc("Sales Invoice", self.return_against).store_status()

	def set_status(self) -> None:
		"""Set the status that the open amount and the due date stand for."""
		if self.docstatus == 0:
			self.status = "Draft"
		elif self.docstatus == 2:
			self.status = "Cancelled"
		elif self.is_return:
			self.status = "Return"
		elif self.is_credited():
			self.status = "Credit Note Issued"
		elif flt(self.outstanding_amount) <= 0:
			self.status = "Paid"
		elif flt(self.outstanding_amount) < flt(self.grand_total):
			self.status = "Partly Paid"
		else:
			self.status = "Overdue" if getdate(self.due_date) < getdate(today()) else "Unpaid"

	def is_credited(self) -> bool:
		filters = {"is_return": 1, "return_against": self.name, "docstatus": 1}
		return flt(self.outstanding_amount) <= 0 and bool(frappe.db.exists("Sales Invoice", filters))

	def store_status(self) -> None:
		credited = frappe.get_all(
			"Sales Invoice",
			filters={
				"is_return": 1,
				"return_against": self.name,
				"docstatus": 1,
				"update_outstanding_for_self": 0,
			},
			pluck="grand_total",
		)
		self.outstanding_amount = 0.0 if self.docstatus == 2 else self.amount_to_pay() + sum(credited)
		self.set_status()
		self.db_set({key: self.get(key) for key in ("outstanding_amount", "status")})


@frappe.whitelist()
def make_sales_return(source_name: str, target_doc: str | Document | None = None) -> Document:
	"""Return an unsaved credit note over everything not yet credited."""
	return make_return_doc("Sales Invoice", source_name, target_doc)
