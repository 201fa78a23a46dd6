frappe.ui.form.on("Holiday List", {
	refresh(frm) {
		if (!frm.has_perm("write")) return;
		frm.add_custom_button(__("Add Weekly Days Off"), async () => {
			await frm.call("get_weekly_off_dates");
			frm.refresh_field("holidays");
			frm.dirty();
		});
	},
});
