frappe.listview_settings["Complaint Owner List"] = {
	hide_name_column: true,
	add_fields: ["confirmed_on", "due_at"],
	get_indicator(doc) {
		if (doc.confirmed_on) {
			return [__("Confirmed", null, "Complaint Owner List"), "green", "confirmed_on,is,set"];
		}
		const now = frappe.datetime.now_datetime();
		if (doc.due_at && doc.due_at < now) {
			return [__("Overdue"), "red", `confirmed_on,is,not set|due_at,<,${now}`];
		}
		return [__("Owed", null, "Complaint Owner List"), "orange", "confirmed_on,is,not set"];
	},
	onload(list) {
		if (!frappe.model.can_create("Complaint Owner List")) return;
		list.page.add_inner_button(__("Ask for Lists"), () => ask_for_lists(list));
	},
};

// After a new organisation every department with posts owes its list.
function ask_for_lists(list) {
	const dialog = new frappe.ui.Dialog({
		title: __("Lists after a New Organisation"),
		fields: [
			{
				fieldname: "company",
				fieldtype: "Link",
				options: "Company",
				label: __("Company"),
				default: frappe.defaults.get_user_default("Company"),
				reqd: 1,
			},
			{
				fieldname: "organised_on",
				fieldtype: "Datetime",
				label: __("Reorganised on", null, "Complaint Owner List"),
				default: frappe.datetime.now_datetime(),
				reqd: 1,
			},
		],
		primary_action_label: __("Ask for Lists"),
		async primary_action(values) {
			dialog.disable_primary_action();
			try {
				const names = await frappe.xcall("complaint_handling.api.posts.ask_for_lists", values);
				dialog.hide();
				frappe.show_alert(__("{0} departments owe a list now", [names.length]));
				list.refresh();
			} finally {
				dialog.enable_primary_action();
			}
		},
	});
	dialog.show();
}
