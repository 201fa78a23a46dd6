frappe.ui.form.on("Complaint Responsible Post", {
	setup(frm) {
		frm.set_query("department", () => ({ filters: { company: frm.doc.company, is_group: 0 } }));
		for (const fieldname of ["employee", "substitute"]) {
			frm.set_query(fieldname, () => ({ filters: { company: frm.doc.company, status: "Active" } }));
		}
	},

	refresh(frm) {
		if (frm.is_new()) return;
		const { may_propose, may_decide } = frm.doc.__onload || {};
		// Changed by a hand-over only, which the head of the department decides on.
		frm.set_df_property("employee", "read_only", 1);
		if (frm.doc.status === "Proposed") {
			frm.set_intro(__("The hand-over waits for the decision of the head of the department."), "orange");
		}
		if (may_propose) {
			frm.add_custom_button(__("Propose Hand-over"), () => propose_hand_over(frm));
		}
		if (may_decide) {
			frm.add_custom_button(__("Approve Hand-over"), () => decide(frm, "approve")).addClass("btn-primary");
			frm.add_custom_button(__("Refuse Hand-over"), () => decide(frm, "refuse"));
		}
	},
});

// Offered by the server: a post holder may have no right on employees.
async function propose_hand_over(frm) {
	const employees = await frappe.xcall("complaint_handling.api.posts.get_employees", { post: frm.doc.name });
	const dialog = new frappe.ui.Dialog({
		title: __("Propose Hand-over"),
		fields: [
			{
				fieldname: "employee",
				fieldtype: "Autocomplete",
				options: employees.filter((employee) => employee.value !== frm.doc.employee),
				label: __("New Holder"),
				reqd: 1,
			},
			{
				fieldname: "valid_from",
				fieldtype: "Date",
				label: __("From Date", null, "Complaint Responsible Post"),
				default: frappe.datetime.add_days(frappe.datetime.nowdate(), 1),
				reqd: 1,
			},
			{
				fieldname: "reason",
				fieldtype: "Small Text",
				label: __("Reason of the Hand-over", null, "Complaint Responsible Post"),
				reqd: 1,
			},
		],
		primary_action_label: __("Propose Hand-over"),
		primary_action: (values) =>
			send(dialog, "propose_hand_over", { post: frm.doc.name, ...values }, (proposal) =>
				frappe.set_route("Form", "Complaint Responsible Post", proposal)
			),
	});
	dialog.show();
}

function decide(frm, decision) {
	const label = decision === "approve" ? __("Approve Hand-over") : __("Refuse Hand-over");
	const dialog = new frappe.ui.Dialog({
		title: label,
		fields: [
			{
				fieldname: "note",
				fieldtype: "Small Text",
				label: __("Decision Note"),
				reqd: decision === "refuse" ? 1 : 0,
			},
		],
		primary_action_label: label,
		primary_action: (values) =>
			send(dialog, `${decision}_hand_over`, { post: frm.doc.name, ...values }, () => frm.reload_doc()),
	});
	dialog.show();
}

async function send(dialog, method, values, then) {
	dialog.disable_primary_action();
	try {
		const answer = await frappe.xcall(`complaint_handling.api.posts.${method}`, values);
		dialog.hide();
		then(answer);
	} finally {
		dialog.enable_primary_action();
	}
}
