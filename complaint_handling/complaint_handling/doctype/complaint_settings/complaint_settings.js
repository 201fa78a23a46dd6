frappe.ui.form.on("Complaint Settings", {
	setup(frm) {
		const in_force = () => ({ filters: { docstatus: 1 } });
		frm.set_query("default_procedure", in_force);
		frm.set_query("procedure", "procedure_rules", in_force);
	},
});
