frappe.listview_settings["Complaint Responsible Post"] = {
	hide_name_column: true,
};
