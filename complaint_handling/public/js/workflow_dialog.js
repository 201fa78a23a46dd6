// Buttons of the Workflow that need a reason, a date or a person ask for it in a dialog.
frappe.provide("complaint_handling.workflow");

complaint_handling.workflow.ask_before_action = async function (frm) {
	const action = frm.selected_workflow_action;
	let fields;
	try {
		fields = await frappe.xcall("complaint_handling.api.workflow.get_dialog_fields", {
			doctype: frm.doctype,
			name: frm.docname,
			action,
		});
	} catch (error) {
		// The host froze the page and frees it only after its own call, which does not follow.
		frappe.dom.unfreeze();
		throw error;
	}
	if (!fields.length) return;
	// The dialog takes over, and the button's own call does not follow.
	frappe.dom.unfreeze();
	complaint_handling.workflow.show_dialog(frm, action, fields);
	await new Promise(() => {});
};

complaint_handling.workflow.show_dialog = function (frm, action, fields) {
	const dialog = new frappe.ui.Dialog({
		title: __(action),
		fields: fields.map((field) => ({
			...field,
			label: __(field.label),
			description: __(field.description || ""),
			default:
				"proposed" in field
					? field.proposed
					: complaint_handling.workflow.proposed_value(frm, field),
			// Several long texts and the button shall be seen together.
			max_height: "7em",
		})),
		primary_action_label: __(action),
		async primary_action(values) {
			dialog.disable_primary_action();
			try {
				const doc = await frappe.xcall("complaint_handling.api.workflow.apply_action", {
					doctype: frm.doctype,
					name: frm.docname,
					action,
					values,
				});
				dialog.hide();
				frappe.model.sync(doc);
				frm.refresh();
				frm.script_manager.trigger("after_workflow_action");
			} finally {
				dialog.enable_primary_action();
			}
		},
		onhide() {
			frm.selected_workflow_action = null;
		},
	});
	dialog.show();
	$(document).trigger("complaint_dialog_shown", [frm, dialog, action]);
};

complaint_handling.workflow.proposed_value = function (frm, field) {
	// What an earlier step was told is no proposal for this one, unless the form itself can fill it.
	const open = frm.doc.__onload?.open_fields || [];
	if (frm.doc[field.fieldname] && open.includes(field.fieldname)) return frm.doc[field.fieldname];
	if (field.fieldtype === "Datetime") return frappe.datetime.now_datetime();
	if (["consent_by", "contacted_person"].includes(field.fieldname)) {
		return frm.doc.complainant_name || frm.doc.contacted_person;
	}
	return undefined;
};

// Each form evaluates this file; the handlers are bound once.
if (!complaint_handling.workflow.is_bound) {
	complaint_handling.workflow.is_bound = true;
	for (const doctype of [
		"Customer Complaint",
		"Complaint Handling Slip",
		"Complaint 8D Report",
		"Complaint Revisit",
		"Complaint Deferral Request",
	]) {
		frappe.ui.form.on(doctype, {
			before_workflow_action: complaint_handling.workflow.ask_before_action,
		});
	}
}
