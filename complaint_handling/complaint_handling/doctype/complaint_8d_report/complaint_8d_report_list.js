frappe.listview_settings["Complaint 8D Report"] = {
	add_fields: ["workflow_state"],
	get_indicator(doc) {
		const state = doc.workflow_state;
		const colours = { Open: "orange", Closed: "green", "Effectiveness Check": "purple" };
		return [__(state, null, "Complaint 8D Report"), colours[state] || "blue", `workflow_state,=,${state}`];
	},
};
