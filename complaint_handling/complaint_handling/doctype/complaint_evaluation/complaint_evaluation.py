from frappe.model.document import Document

from complaint_handling.services.solution import evaluations

# The host's dialog Links lists linked documents to everybody, without asking for permission.
exclude_from_linked_with = True

# The host's dialog Links lists linked documents to everybody, without asking for permission.
exclude_from_linked_with = True


class ComplaintEvaluation(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from complaint_handling.complaint_handling.doctype.complaint_document_change.complaint_document_change import (
			ComplaintDocumentChange,
		)
		from complaint_handling.complaint_handling.doctype.complaint_improvement.complaint_improvement import (
			ComplaintImprovement,
		)
		from complaint_handling.complaint_handling.doctype.complaint_responsible_party.complaint_responsible_party import (
			ComplaintResponsibleParty,
		)
		from complaint_handling.complaint_handling.doctype.complaint_training.complaint_training import (
			ComplaintTraining,
		)

		amended_from: DF.Link | None
		archive_reference: DF.Data | None
		archived_on: DF.Date | None
		company: DF.Link | None
		complaint: DF.Link
		complaint_subject: DF.Data | None
		document_changes: DF.Table[ComplaintDocumentChange]
		evaluated_by: DF.Link | None
		evaluated_on: DF.Datetime | None
		handling_quality: DF.Literal["Good", "Acceptable", "Poor"]
		improvements: DF.Table[ComplaintImprovement]
		lessons: DF.Text | None
		naming_series: DF.Literal["CE-.YYYY.-.#####"]
		open_improvements: DF.Int
		responsible_parties: DF.Table[ComplaintResponsibleParty]
		summary: DF.Text
		trainings: DF.Table[ComplaintTraining]
	# end: auto-generated types

	def validate(self) -> None:
		evaluations.check(self)
		evaluations.stamp(self)
		evaluations.set_figures(self)

	def before_submit(self) -> None:
		evaluations.check_only_one(self)

	def before_update_after_submit(self) -> None:
		evaluations.check_follow_up(self)
		evaluations.set_figures(self)

	def on_cancel(self) -> None:
		evaluations.note_cancellation(self)
