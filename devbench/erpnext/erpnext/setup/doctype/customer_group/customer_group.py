from erpnext.utilities.tree import GroupTree


class CustomerGroup(GroupTree):
	nsm_parent_field = "parent_customer_group"
