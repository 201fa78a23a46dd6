frappe.ui.form.on("Complaint Category", {
	setup(frm) {
		frm.set_query("parent_complaint_category", () => ({
			filters: { is_group: 1, name: ["!=", frm.doc.name] },
		}));
	},

	refresh(frm) {
		warn_of_passed_validity(frm);
		show_playbook(frm);
	},
});

function warn_of_passed_validity(frm) {
	frm.dashboard.clear_headline();
	if (!frm.doc.valid_until || frm.doc.valid_until >= frappe.datetime.get_today()) return;
	frm.dashboard.set_headline_alert(
		__("The playbook was valid until {0}. Read it, correct it, and set a new day.", [
			frappe.datetime.str_to_user(frm.doc.valid_until),
		]),
		"red"
	);
}

// As it is stored, so that the editor sees what agents see.
async function show_playbook(frm) {
	const field = frm.get_field("shown_playbook");
	frm.toggle_display("shown_section", !frm.is_new());
	if (frm.is_new()) return;
	const playbook = await frappe.xcall("complaint_handling.api.categories.get_playbook", {
		category: frm.doc.name,
	});
	const empty = `<p class="text-muted">${__("This category has no playbook yet.")}</p>`;
	field.$wrapper.html(frappe.dom.remove_script_and_style(playbook) || empty);
}
