frappe.listview_settings["Customer Complaint"] = {
	add_fields: ["workflow_state", "clock_state", "next_due_at", "is_urgent"],
	// The number is searched for; the room is for the subject and the customer.
	hide_name_column: true,
	primary_action: () => complaint_handling.new_complaint(),
	onload: (list) => complaint_handling.special_cases.add_to_list(list),
	get_indicator(doc) {
		const colours = {
			Registered: "orange",
			Assessed: "cyan",
			"In Handling": "blue",
			"Solution Proposed": "yellow",
			"Solution Endorsed": "yellow",
			"With Customer": "cyan",
			Executing: "blue",
			"Awaiting Revisit": "purple",
			Closed: "green",
			"Not Justified": "gray",
			"Re-review": "red",
			Cancelled: "gray",
		};
		const state = doc.workflow_state;
		return [__(state, null, "Customer Complaint"), colours[state] || "gray", `workflow_state,=,${state}`];
	},
	formatters: {
		clock_state(value) {
			const colours = { Overdue: "red", Missed: "red", "Due Soon": "orange", Met: "green" };
			return value
				? `<span class="indicator-pill ${colours[value] || "blue"}">${__(value, null, "Customer Complaint")}</span>`
				: "";
		},
	},
};
