frappe.ui.form.on("Complaint Owner List", {
	setup(frm) {
		frm.set_query("department", () => ({ filters: { company: frm.doc.company, is_group: 0 } }));
	},

	refresh(frm) {
		frm.toggle_display("posts_section", Boolean(frm.doc.confirmed_on));
		if (frm.doc.confirmed_on) frm.disable_save();
		if (frm.doc.__onload?.may_confirm) {
			frm.add_custom_button(__("Confirm List"), () => confirm_list(frm)).addClass("btn-primary");
		}
	},
});

function confirm_list(frm) {
	frappe.confirm(
		__("Confirm the list of {0} with the posts that are in force now?", [
			frappe.utils.escape_html(frm.doc.department),
		]),
		async () => {
			await frappe.xcall("complaint_handling.api.posts.confirm_list", { owner_list: frm.doc.name });
			frm.reload_doc();
		}
	);
}
