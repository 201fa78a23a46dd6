from frappe.utils.nestedset import NestedSet


class ComplaintCategory(NestedSet):
	nsm_parent_field = "parent_complaint_category"
