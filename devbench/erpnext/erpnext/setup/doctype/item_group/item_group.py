from erpnext.utilities.tree import GroupTree


class ItemGroup(GroupTree):
	nsm_parent_field = "parent_item_group"
