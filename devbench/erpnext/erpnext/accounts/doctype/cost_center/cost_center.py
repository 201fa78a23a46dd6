from frappe.utils.nestedset import NestedSet

from erpnext.utilities.tree import name_with_abbreviation


class CostCenter(NestedSet):
	nsm_parent_field = "parent_cost_center"

	def autoname(self) -> None:
		parts = (self.cost_center_number, self.cost_center_name)
		self.name = name_with_abbreviation(" - ".join(part for part in parts if part), self.company)
