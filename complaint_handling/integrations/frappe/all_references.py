"""Every DocType of the host whose rows may refer to a document of a case, with where they keep it."""

from importlib import import_module

from complaint_handling.integrations.frappe.references import Reference

# The modules of this folder that keep a reference. One left out would be a way past the guard.
MODULES = (
	"access_log",
	"activity_log",
	"comment",
	"communication",
	"docshare",
	"document_follow",
	"document_share_key",
	"email_queue",
	"energy_point_log",
	"file",
	"milestone",
	"notification_log",
	"tag_link",
	"todo",
	"version",
	"view_log",
	"workflow_action",
)


def _reference_of(module: str) -> Reference:
	return import_module(f"{__package__}.{module}").REFERENCE


REFERENCES = {reference.doctype: reference for reference in (_reference_of(module) for module in MODULES)}
