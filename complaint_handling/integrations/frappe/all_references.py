"""Every DocType of the host whose rows may refer to a document of a case, with where they keep it."""

from complaint_handling.integrations.frappe import (
	access_log,
	activity_log,
	comment,
	communication,
	docshare,
	document_follow,
	document_share_key,
	email_queue,
	energy_point_log,
	file,
	milestone,
	notification_log,
	tag_link,
	todo,
	version,
	view_log,
	workflow_action,
)

REFERENCES = {
	module.REFERENCE.doctype: module.REFERENCE
	for module in (
		access_log,
		activity_log,
		comment,
		communication,
		docshare,
		document_follow,
		document_share_key,
		email_queue,
		energy_point_log,
		file,
		milestone,
		notification_log,
		tag_link,
		todo,
		version,
		view_log,
		workflow_action,
	)
}
