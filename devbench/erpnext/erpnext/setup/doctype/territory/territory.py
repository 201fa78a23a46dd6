from erpnext.utilities.tree import GroupTree


class Territory(GroupTree):
	nsm_parent_field = "parent_territory"
