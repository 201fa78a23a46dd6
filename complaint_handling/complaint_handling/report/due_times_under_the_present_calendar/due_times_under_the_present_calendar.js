frappe.query_reports["Due Times under the Present Calendar"] = {
	filters: [
		{
			fieldname: "running_only",
			label: __("Only Running Clocks (without it, enter both dates)"),
			fieldtype: "Check",
			default: 1,
		},
		{
			fieldname: "only_differing",
			label: __("Only Those That Differ"),
			fieldtype: "Check",
			default: 0,
		},
		{
			fieldname: "calendar",
			label: __("Calendar", null, "Complaint Milestone"),
			fieldtype: "Link",
			options: "Complaint Calendar",
		},
		{
			fieldname: "company",
			label: __("Company"),
			fieldtype: "Link",
			options: "Company",
		},
		{
			fieldname: "from_date",
			label: __("Due from"),
			fieldtype: "Date",
		},
		{
			fieldname: "to_date",
			label: __("Due until"),
			fieldtype: "Date",
		},
	],

	formatter(value, row, column, data, default_formatter) {
		const text = default_formatter(value, row, column, data);
		if (!data?.differs || !["today", "difference"].includes(column.fieldname)) return text;
		return `<b class="${data.difference < 0 ? "text-warning" : "text-primary"}">${text}</b>`;
	},
};
