from frappe.utils.nestedset import NestedSet


class QualityProcedure(NestedSet):
	nsm_parent_field = "parent_quality_procedure"

	def on_trash(self) -> None:
		super().on_trash(allow_root_deletion=True)
