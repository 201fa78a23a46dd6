frappe.listview_settings["Complaint Milestone"] = {
	add_fields: ["state", "due_at", "reference_doctype", "reference_name", "escalation_level"],
	hide_name_column: true,
	// By due time, and without what has ended: the first line is what is due next.
	filters: [["state", "in", ["Overdue", "Due Soon", "On Track", "Paused"]]],
	get_indicator(doc) {
		const colours = {
			Met: "green",
			Missed: "darkgrey",
			Overdue: "red",
			"Due Soon": "orange",
			"On Track": "blue",
			Paused: "yellow",
		};
		return [__(doc.state, null, "Complaint Milestone"), colours[doc.state] || "gray", `state,=,${doc.state}`];
	},
	formatters: {
		stage: (value) => frappe.utils.escape_html(__(value, null, "Complaint Milestone")),
		// The list leaves the clock time out, which is what a due time is about.
		due_at(value, _field, doc) {
			if (!value) return "";
			const is_late = ["Overdue", "Missed"].includes(doc.state);
			const day = frappe.datetime.get_user_date_fmt().toUpperCase();
			const text = frappe.datetime.convert_to_user_tz(value, false).format(`${day} HH:mm`);
			return `<span class="${is_late ? "text-danger" : ""}">${frappe.utils.escape_html(text)}</span>`;
		},
	},
	button: {
		show: (doc) => Boolean(doc.reference_name),
		get_label: () => __("Open Document", null, "Complaint Milestone"),
		get_description: (doc) => `${__(doc.reference_doctype)} ${doc.reference_name}`,
		action: (doc) => frappe.set_route("Form", doc.reference_doctype, doc.reference_name),
	},
};
