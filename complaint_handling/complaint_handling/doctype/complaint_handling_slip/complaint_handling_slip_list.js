frappe.listview_settings["Complaint Handling Slip"] = {
	add_fields: ["workflow_state", "clock_state"],
	get_indicator(doc) {
		const colours = {
			Draft: "gray",
			"Pending Review": "orange",
			"Pending Issue": "cyan",
			Issued: "blue",
			Reported: "purple",
			Completed: "green",
			Returned: "red",
			Disputed: "red",
			Escalated: "red",
			Cancelled: "gray",
		};
		const state = doc.workflow_state;
		return [__(state), colours[state] || "gray", `workflow_state,=,${state}`];
	},
};
