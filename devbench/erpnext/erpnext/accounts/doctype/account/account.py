from frappe.utils.nestedset import NestedSet

from erpnext.utilities.tree import name_with_abbreviation


class Account(NestedSet):
	nsm_parent_field = "parent_account"

	def autoname(self) -> None:
		parts = (self.account_number, self.account_name)
		self.name = name_with_abbreviation(" - ".join(part for part in parts if part), self.company)
