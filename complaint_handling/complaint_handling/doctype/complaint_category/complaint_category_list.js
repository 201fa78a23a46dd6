frappe.listview_settings["Complaint Category"] = {
	add_fields: ["is_group", "valid_until"],
	get_indicator(doc) {
		const today = frappe.datetime.get_today();
		if (doc.valid_until && doc.valid_until < today) {
			return [__("Read Again"), "red", `valid_until,<,${today}`];
		}
		return doc.is_group
			? [__("Group", null, "Complaint Category"), "gray", "is_group,=,1"]
			: [__("In Force"), "green", "is_group,=,0"];
	},

	// A formatter of the name would take the place of its link and its check box.
	refresh(listview) {
		for (const link of listview.$result.find(".list-subject a[data-doctype]")) {
			link.textContent = __(link.textContent.trim());
		}
	},
};
