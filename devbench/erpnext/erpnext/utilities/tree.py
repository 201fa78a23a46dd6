import frappe
from frappe.model.document import Document
from frappe.utils.nestedset import NestedSet, get_root_of


class GroupTree(NestedSet):
	"""A tree of groups with one root; a new node without a parent hangs below the root."""

	def validate(self) -> None:
		if not self.get(self.nsm_parent_field):
			root = get_root_of(self.doctype)
			if root and root != self.name:
				self.set(self.nsm_parent_field, root)

	def on_trash(self, allow_root_deletion: bool = False) -> None:
		NestedSet.validate_if_child_exists(self)
		super().on_trash(allow_root_deletion=allow_root_deletion)


def name_with_abbreviation(name: str, company: str | None) -> str:
	"""Return the name followed by the company's abbreviation, unless it ends so already."""
	if not company:
		return name
	suffix = f" - {frappe.get_cached_value('Company', company, 'abbr')}"
	return name if name.endswith(suffix) else name + suffix


def insert_quietly(values: dict) -> Document:
	"""Insert a record that set-up owns: no permission is asked and roots of trees need no parent."""
	return frappe.get_doc(values).insert(ignore_permissions=True, ignore_mandatory=True)
