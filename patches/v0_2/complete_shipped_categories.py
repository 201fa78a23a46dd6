"""Give the six categories of version 0.1 their place in the tree, their procedures and their playbook lines.

Categories are inserted where absent and never overwritten; without this, the six would stand beside the tree and be
offered by every procedure. One that the company gave a place, procedures or lines of its own is left as it is.
"""

import frappe

from complaint_handling.setup.category_trees import shipped_categories

CATEGORY = "Complaint Category"
TABLES = ("procedures", "playbook_lines")
FIELDS = ("source_document", "valid_until", *TABLES)


def execute() -> None:
	"""Insert the groups that the old categories belong to, then complete those that are as they were shipped."""
	shipped = {values["category_name"]: values for values in shipped_categories()}
	for name in frappe.get_all(CATEGORY, filters={"name": ("in", list(shipped))}, pluck="name"):
		doc = frappe.get_doc(CATEGORY, name)
		if doc.parent_complaint_category or doc.is_group or any(doc.get(table) for table in TABLES):
			continue
		_insert_group(shipped, shipped[name]["parent_complaint_category"])
		doc.update({key: shipped[name].get(key) for key in FIELDS})
		doc.parent_complaint_category = shipped[name]["parent_complaint_category"]
		# The old text says the same as the new lines; a text of the company's own stays under them.
		if doc.creation == doc.modified:
			doc.playbook = None
		doc.save(ignore_permissions=True)


def _insert_group(shipped: dict[str, dict], name: str) -> None:
	if name and not frappe.db.exists(CATEGORY, name):
		frappe.get_doc({"doctype": CATEGORY, **shipped[name]}).insert(ignore_permissions=True)
