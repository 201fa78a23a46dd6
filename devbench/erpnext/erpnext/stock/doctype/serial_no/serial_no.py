import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, nowdate


class SerialNoCannotCreateDirectError(frappe.ValidationError):
	pass


class SerialNo(Document):
	def validate(self) -> None:
		if self.is_new() and self.warehouse and not self.flags.via_stock_ledger:
			frappe.throw(
				_("A new Serial No has no warehouse; a stock transaction sets it"),
				SerialNoCannotCreateDirectError,
			)
		self.set_maintenance_status()

	def set_maintenance_status(self) -> None:
		"""Set what the expiry dates say; a running warranty counts before a maintenance contract."""
		today = getdate(nowdate())
		self.maintenance_status = None
		for date, name in ((self.warranty_expiry_date, "Warranty"), (self.amc_expiry_date, "AMC")):
			if date and getdate(date) < today:
				self.maintenance_status = f"Out of {name}"
		for date, name in ((self.amc_expiry_date, "AMC"), (self.warranty_expiry_date, "Warranty")):
			if date and getdate(date) >= today:
				self.maintenance_status = f"Under {name}"


def get_serial_nos(serial_no: str | list[str] | None) -> list[str]:
	"""Return the serial numbers of a text that holds one a line, or several with commas."""
	if isinstance(serial_no, list):
		return serial_no
	parts = (serial_no or "").replace(",", "\n").splitlines()
	return [part.strip() for part in parts if part.strip()]
