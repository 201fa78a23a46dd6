from frappe.utils.nestedset import NestedSet

from erpnext.utilities.tree import name_with_abbreviation


class Warehouse(NestedSet):
	nsm_parent_field = "parent_warehouse"

	def autoname(self) -> None:
		self.name = name_with_abbreviation(self.warehouse_name, self.company)
