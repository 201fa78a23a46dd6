frappe.listview_settings["Complaint Contact"] = {
	hide_name_column: true,
};
