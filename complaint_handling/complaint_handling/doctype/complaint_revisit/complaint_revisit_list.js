frappe.listview_settings["Complaint Revisit"] = {
	add_fields: ["workflow_state"],
	has_indicator_for_draft: true,
	get_indicator(doc) {
		const state = doc.workflow_state;
		const colours = { Planned: "orange", Unreachable: "red", Completed: "green", Cancelled: "gray" };
		return [__(state, null, "Complaint Revisit"), colours[state] || "gray", `workflow_state,=,${state}`];
	},
};
