frappe.listview_settings["Complaint Escalation Log"] = {
	hide_name_column: true,
};
