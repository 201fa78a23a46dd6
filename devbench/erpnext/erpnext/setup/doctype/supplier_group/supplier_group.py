from erpnext.utilities.tree import GroupTree


class SupplierGroup(GroupTree):
	nsm_parent_field = "parent_supplier_group"
