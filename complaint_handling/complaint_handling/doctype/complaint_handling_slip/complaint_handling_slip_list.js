frappe.listview_settings["Complaint Handling Slip"] = {
	add_fields: ["workflow_state", "clock_state"],
	hide_name_column: true,
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
		return [__(state, null, "Complaint Handling Slip"), colours[state] || "gray", `workflow_state,=,${state}`];
	},
	formatters: {
		clock_state(value) {
			const colours = { Overdue: "red", Missed: "red", "Due Soon": "orange", Met: "green" };
			return value
				? `<span class="indicator-pill ${colours[value] || "blue"}">${__(value, null, "Complaint Handling Slip")}</span>`
				: "";
		},
	},
};
