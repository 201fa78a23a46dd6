frappe.query_reports["Who Waits for Whom"] = {
	filters: [
		{
			fieldname: "company",
			label: __("Company"),
			fieldtype: "Link",
			options: "Company",
		},
		{
			fieldname: "waited_for",
			label: __("Waited for"),
			fieldtype: "Select",
			options: [
				"",
				{ value: "Customer", label: __("Customer") },
				{ value: "Customer Service", label: __("Customer Service") },
				{ value: "Coordinator", label: __("Coordinator") },
				{ value: "Reviewer", label: __("Reviewer") },
				{ value: "Department", label: __("Department") },
				{ value: "Superior", label: __("Superior") },
				{ value: "Approver", label: __("Approver") },
				{ value: "Owner of a Measure", label: __("Owner of a Measure") },
				{ value: "Quality", label: __("Quality") },
				{ value: "8D Leader", label: __("8D Leader") },
				{ value: "General Manager", label: __("General Manager") },
				{ value: "Revisiting Agent", label: __("Revisiting Agent") },
			],
		},
		{
			fieldname: "department",
			label: __("Department"),
			fieldtype: "Link",
			options: "Department",
		},
		{
			fieldname: "user",
			label: __("Person"),
			fieldtype: "Link",
			options: "User",
		},
		{
			fieldname: "older_than",
			label: __("Waiting for Days"),
			fieldtype: "Int",
		},
		{
			fieldname: "only_overdue",
			label: __("Only Overdue"),
			fieldtype: "Check",
		},
	],
	tree: true,
	name_field: "waited_for_label",
	initial_depth: 1,

	formatter(value, row, column, data, default_formatter) {
		const text = default_formatter(value, row, column, data);
		if (data?.is_group) return text ? `<b>${text}</b>` : "";
		if (["overdue", "due", "days"].includes(column.fieldname) && data?.is_overdue) {
			return `<span class="text-danger">${text}</span>`;
		}
		return text;
	},
};
