from complaint_handling.services.workflow.workflow_guard import GuardedRow


class ComplaintProcedureTarget(GuardedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		applies_to: DF.Link
		calendar: DF.Link | None
		extend_over_holidays: DF.Check
		from_demand: DF.Check
		only_urgent: DF.Check
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		pauses_with_customer: DF.Check
		severity: DF.Data | None
		slip_kind: DF.Literal[
			"", "Complaint Slip", "Service Slip", "Technical Opinion", "Process Engineering Request"
		]
		stage: DF.Data
		starts_on: DF.Literal[
			"",
			"Complaint Registered",
			"Complaint Acknowledged",
			"Customer Informed",
			"Complaint Assessed",
			"First Answer Given",
			"Complaint Verified",
			"Solution Approved",
			"Solution Explained",
			"Solution Accepted",
			"On-site Work Done",
			"Solution Executed",
			"Re-review Opened",
			"Complaint Closed",
			"Slip Issued",
			"Slip Reported",
			"8D Opened",
			"8D Contained",
			"8D Cause Found",
			"8D Closed",
		]
		stops_on: DF.Literal[
			"",
			"Complaint Registered",
			"Complaint Acknowledged",
			"Customer Informed",
			"Complaint Assessed",
			"First Answer Given",
			"Complaint Verified",
			"Solution Approved",
			"Solution Explained",
			"Solution Accepted",
			"On-site Work Done",
			"Solution Executed",
			"Re-review Opened",
			"Complaint Closed",
			"Slip Issued",
			"Slip Reported",
			"8D Opened",
			"8D Contained",
			"8D Cause Found",
			"8D Closed",
		]
		target_unit: DF.Literal["Minutes", "Hours", "Working Hours", "Working Days"]
		target_value: DF.Float
		tell_customer: DF.Check
		warn_at_percent: DF.Percent
		warn_before_unit: DF.Literal["", "Minutes", "Hours", "Working Hours"]
		warn_before_value: DF.Float
	# end: auto-generated types
	pass
