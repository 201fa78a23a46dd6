from erpnext.utilities.tree import GroupTree, name_with_abbreviation


class Department(GroupTree):
	nsm_parent_field = "parent_department"

	def autoname(self) -> None:
		self.name = name_with_abbreviation(self.department_name, self.company)
