from erpnext.utilities.tree import GroupTree


class SalesPerson(GroupTree):
	nsm_parent_field = "parent_sales_person"
