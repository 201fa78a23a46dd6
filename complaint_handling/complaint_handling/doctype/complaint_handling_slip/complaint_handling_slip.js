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
