// Fields that are closed in the document's state are shown read-only. The server refuses them in any case.
frappe.provide("complaint_handling.locked_fields");

complaint_handling.locked_fields.show = function (frm) {
	const open = frm.doc.__onload?.open_fields;
	if (!open) return;
	for (const field of frm.meta.fields) {
		if (frappe.model.no_value_type.includes(field.fieldtype) && field.fieldtype !== "Table") continue;
		if (field.read_only || field.is_custom_field) continue;
		const columns = open
			.filter((name) => name.startsWith(`${field.fieldname}.`))
			.map((name) => name.split(".")[1]);
		const is_open = open.includes(field.fieldname);
		frm.set_df_property(field.fieldname, "read_only", is_open || columns.length ? 0 : 1);
		if (field.fieldtype === "Table") {
			complaint_handling.locked_fields.show_in_table(frm, field, is_open ? null : columns);
		}
	}
};

// `columns` are the only ones that may change; null opens the whole table.
complaint_handling.locked_fields.show_in_table = function (frm, field, columns) {
	const grid = frm.get_field(field.fieldname)?.grid;
	if (!grid) return;
	grid.cannot_add_rows = grid.cannot_delete_rows = columns !== null;
	if (columns?.length) {
		for (const column of grid.docfields || []) {
			grid.update_docfield_property(
				column.fieldname,
				"read_only",
				columns.includes(column.fieldname) ? 0 : 1
			);
		}
	}
	grid.refresh();
};

// Each form evaluates this file; the handlers are bound once.
if (!complaint_handling.locked_fields.is_bound) {
	complaint_handling.locked_fields.is_bound = true;
	for (const doctype of [
		"Customer Complaint",
		"Complaint Handling Slip",
		"Complaint 8D Report",
		"Complaint Revisit",
		"Complaint Deferral Request",
	]) {
		frappe.ui.form.on(doctype, {
			refresh: complaint_handling.locked_fields.show,
			// The new state opens other fields; which ones, the server says when the document is loaded.
			after_workflow_action: (frm) => frm.reload_doc(),
		});
	}
}
