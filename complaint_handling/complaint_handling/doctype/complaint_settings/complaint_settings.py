from frappe.model.document import Document


class ComplaintSettings(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from complaint_handling.complaint_handling.doctype.complaint_authority.complaint_authority import (
			ComplaintAuthority,
		)
		from complaint_handling.complaint_handling.doctype.complaint_procedure_rule.complaint_procedure_rule import (
			ComplaintProcedureRule,
		)

		authorities: DF.Table[ComplaintAuthority]
		default_procedure: DF.Link | None
		default_procedure_code: DF.Data | None
		escalation_owner: DF.Link | None
		procedure_rules: DF.Table[ComplaintProcedureRule]
		send_escalation_mail: DF.Check
		sweep_chunk_size: DF.Int

	# end: auto-generated types
	def validate(self) -> None:
		if self.default_procedure:
			self.default_procedure_code = None
