// The list of complaints: several of one cause into a group, old ones into the archive, an authority's number.
frappe.provide("complaint_handling.special_cases");

complaint_handling.special_cases.add_to_list = function (list) {
	const has_role = (...roles) => roles.some((role) => frappe.user.has_role(role));
	const call = (method, args) => frappe.xcall(`complaint_handling.api.special_cases.${method}`, args);
	const escape = frappe.utils.escape_html;

	if (has_role("Complaint Coordinator", "Complaint Reviewer")) {
		list.page.add_actions_menu_item(__("Handle as Group"), ask_leading, false);
	}
	if (has_role("Complaint Coordinator")) {
		list.page.add_actions_menu_item(__("Archive Imported Complaints"), archive, false);
	}
	if (frappe.model.can_import("Customer Complaint")) {
		list.page.add_menu_item(__("Sheet for Old Complaints"), () =>
			window.open("/api/method/complaint_handling.api.special_cases.download_import_template")
		);
	}
	if (frappe.model.can_read("Complaint Authority Case")) {
		list.page.add_menu_item(__("Find by an Authority's Number"), ask_number);
	}

	function ask_leading() {
		const rows = list.get_checked_items();
		if (rows.length < 2) {
			frappe.msgprint(__("Choose at least two complaints of one cause."));
			return;
		}
		const options = rows.map((row) => ({ value: row.name, label: `${row.name}: ${row.subject}` }));
		frappe.prompt(
			[
				{
					fieldname: "leading",
					fieldtype: "Select",
					label: __("Leading Case"),
					description: __("Its slips and its 8D serve every case of the group"),
					options,
					default: options[0].value,
					reqd: 1,
				},
			],
			async ({ leading }) => {
				const joined = await call("merge", { complaints: rows.map((row) => row.name), leading });
				frappe.show_alert({
					message: __("{0} complaints follow {1}", [joined.length, leading]),
					indicator: "green",
				});
				list.clear_checked_items();
				list.refresh();
			},
			__("Handle as Group"),
			__("Handle as Group")
		);
	}

	async function archive() {
		const names = list.get_checked_items(true);
		frappe.dom.freeze(__("Archiving …"));
		let answers;
		try {
			answers = await call("archive_imported", { complaints: names });
		} finally {
			frappe.dom.unfreeze();
		}
		list.clear_checked_items();
		list.refresh();
		show_answers(answers);
	}

	function show_answers(answers) {
		const refused = answers.filter((row) => row.error);
		const archived = __("{0} complaints are archived.", [answers.length - refused.length]);
		const lines = refused.map((row) => `<li><b>${escape(row.name)}</b>: ${escape(row.error)}</li>`);
		frappe.msgprint({
			title: __("Archive Imported Complaints"),
			message: `<p>${archived}</p>${lines.length ? `<ul>${lines.join("")}</ul>` : ""}`,
			indicator: refused.length ? "orange" : "green",
		});
	}

	function ask_number() {
		frappe.prompt(
			[{ fieldname: "number", fieldtype: "Data", label: __("External Number"), reqd: 1 }],
			async ({ number }) => show_found(await call("find_by_external_number", { number })),
			__("Find by an Authority's Number"),
			__("Find the Complaint")
		);
	}

	function show_found(found) {
		if (found.length === 1) {
			frappe.set_route("Form", "Customer Complaint", found[0].complaint);
			return;
		}
		const lines = found.map((row) => {
			const link = frappe.utils.get_form_link("Customer Complaint", row.complaint, true);
			return `<li>${link}: ${escape(__(row.authority))} ${escape(row.external_number)}</li>`;
		});
		frappe.msgprint({
			title: __("Find by an Authority's Number"),
			message: lines.length ? `<ul>${lines.join("")}</ul>` : __("No authority's case has this number."),
		});
	}
};
