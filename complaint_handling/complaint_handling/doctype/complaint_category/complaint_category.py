import frappe
from frappe import _
from frappe.utils.nestedset import NestedSet


class ComplaintCategory(NestedSet):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from complaint_handling.complaint_handling.doctype.complaint_category_defect.complaint_category_defect import (
			ComplaintCategoryDefect,
		)
		from complaint_handling.complaint_handling.doctype.complaint_category_procedure.complaint_category_procedure import (
			ComplaintCategoryProcedure,
		)
		from complaint_handling.complaint_handling.doctype.complaint_playbook_line.complaint_playbook_line import (
			ComplaintPlaybookLine,
		)

		above_limit_post: DF.Data | None
		above_limit_role: DF.Link | None
		below_limit_only: DF.Check
		category_name: DF.Data
		counter_limit: DF.Currency
		currency: DF.Link | None
		default_severity: DF.Data | None
		defects: DF.Table[ComplaintCategoryDefect]
		is_group: DF.Check
		lft: DF.Int
		old_parent: DF.Link | None
		parent_complaint_category: DF.Link | None
		playbook: DF.TextEditor | None
		playbook_lines: DF.Table[ComplaintPlaybookLine]
		playbook_zh: DF.TextEditor | None
		procedures: DF.Table[ComplaintCategoryProcedure]
		report_upward_post: DF.Data | None
		report_upward_role: DF.Link | None
		responsible_department: DF.Link | None
		rgt: DF.Int
		source_document: DF.Data | None
		valid_until: DF.Date | None
	# end: auto-generated types
	nsm_parent_field = "parent_complaint_category"

	def validate(self) -> None:
		self.check_playbook()
		self.check_defects()

	def check_playbook(self) -> None:
		for row in self.playbook_lines:
			if not (row.text or row.text_zh):
				frappe.throw(
					_("Line {0} of the playbook has no text. Fill it in or remove it.").format(row.idx)
				)

	def check_defects(self) -> None:
		rows = [(row.goods, row.kind, row.defect) for row in self.defects]
		twice = next((row for row in rows if rows.count(row) > 1), None)
		if twice:
			frappe.throw(_("{0} stands twice in the list of defects.").format(_(twice[2])))
