frappe.ui.form.on("Complaint Deferral Request", {
	setup(frm) {
		frm.set_query("slip", () => ({
			filters: { workflow_state: ["in", ["Issued", "Escalated", "Reported", "Completed"]] },
		}));
	},

	refresh(frm) {
		if (frm.is_new() || !frm.doc.present_date || frm.doc.workflow_state === "Agreed") return;
		frm.dashboard.clear_headline();
		frm.dashboard.set_headline_alert(
			__("To be moved from {0} to {1}", [
				frappe.datetime.str_to_user(frm.doc.present_date),
				frappe.datetime.str_to_user(frm.doc.new_date),
			])
		);
	},
});
