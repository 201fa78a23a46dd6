frappe.ui.form.on("Complaint Handling Slip", {
	setup(frm) {
		frm.set_query("department", () => ({ filters: { company: frm.doc.company, is_group: 0 } }));
		frm.set_query("responsible_employee", () => ({
			filters: { status: "Active", department: frm.doc.department },
		}));
		frm.set_query("complaint", () => ({
			filters: { workflow_state: ["not in", ["Closed", "Cancelled", "Not Justified"]] },
		}));
	},

	refresh(frm) {
		frm.fields_dict.measures.grid.update_docfield_property(
			"responsible_employee",
			"formatter",
			(value, _df, _options, row) => frappe.utils.escape_html(row?.responsible_name || value || "")
		);
		if (frm.doc.workflow_state === "Issued" && frm.doc.reply_due_at) {
			const late = ["Overdue", "Missed"].includes(frm.doc.clock_state);
			frm.dashboard.clear_headline();
			frm.dashboard.set_headline_alert(
				__("The reply is due on {0}", [frappe.datetime.str_to_user(frm.doc.reply_due_at)]),
				late ? "red" : "blue"
			);
		}
	},
});
