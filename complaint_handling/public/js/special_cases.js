// Special cases on the complaint's form: badges in its headline, and the decisions that need a reason.
frappe.provide("complaint_handling.special_cases");

complaint_handling.special_cases.leading_roles = [
	"Complaint Coordinator",
	"Complaint Reviewer",
	"Complaint Vice President",
	"Complaint General Manager",
];

complaint_handling.special_cases.call = function (method, args) {
	return frappe.xcall(`complaint_handling.api.special_cases.${method}`, args);
};

complaint_handling.special_cases.refresh = async function (frm) {
	if (frm.is_new()) return;
	add_decisions(frm);
	const name = frm.doc.name;
	const more = await complaint_handling.special_cases.call("get_badges", { complaint: name });
	if (frm.doc.name === name) show_badges(frm, badges_of(frm.doc, more));

	function add_decisions(frm) {
		const has_role = (...roles) => roles.some((role) => frappe.user.has_role(role));
		const group = __("Special Cases");
		const button = (label, action) => frm.add_custom_button(label, action, group);
		const leads = has_role(...complaint_handling.special_cases.leading_roles);
		const groups = has_role("Complaint Coordinator", "Complaint Reviewer");
		const doc = frm.doc;

		if (!doc.legal_hold && has_role("Complaint Coordinator", "Complaint General Manager")) {
			button(__("Set Legal Hold"), () => ask_reason(frm, __("Set Legal Hold"), "set_hold"));
		}
		if (doc.legal_hold && has_role("Complaint General Manager")) {
			button(__("Release Legal Hold"), () => ask_reason(frm, __("Release Legal Hold"), "release_hold"));
		}
		if (leads && !doc.is_restricted) {
			button(__("Restrict to Named Persons"), () =>
				ask_reason(frm, __("Restrict to Named Persons"), "restrict")
			);
		}
		if (leads && doc.is_restricted) {
			button(__("Lift the Restriction"), () =>
				ask_reason(frm, __("Lift the Restriction"), "lift_restriction")
			);
		}
		if (groups && !doc.group_case && is_open(doc)) {
			button(__("Handle in a Group Case"), () => ask_leading(frm));
		}
		if (groups && doc.group_case) {
			button(__("Leave the Group"), () => ask_reason(frm, __("Leave the Group"), "leave_group"));
		}
		if (doc.group_case && doc.workflow_state === "In Handling" && frm.perm[0]?.write) {
			button(__("Adopt Solution of the Group Case"), () => adopt(frm));
		}
		if (groups) button(__("Review the Claimant"), () => ask_verdict(frm));
		if (frappe.model.can_create("Complaint Authority Case") && is_open(doc)) {
			frm.add_custom_button(
				__("Authority's Case"),
				() => frappe.new_doc("Complaint Authority Case", { complaint: doc.name }),
				__("Create")
			);
		}
	}

	function is_open(doc) {
		return !["Closed", "Cancelled", "Not Justified"].includes(doc.workflow_state);
	}

	function ask_reason(frm, title, method) {
		frappe.prompt(
			[{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 }],
			({ reason }) => decide(frm, method, { complaint: frm.doc.name, reason }),
			title,
			title
		);
	}

	function ask_leading(frm) {
		frappe.prompt(
			[
				{
					fieldname: "leading",
					fieldtype: "Link",
					options: "Customer Complaint",
					label: __("Leading Case"),
					description: __("Its slips and its 8D serve every case of the group"),
					reqd: 1,
					get_query: () => ({
						filters: {
							company: frm.doc.company,
							name: ["!=", frm.doc.name],
							workflow_state: ["not in", ["Closed", "Cancelled", "Not Justified"]],
							is_imported: 0,
						},
					}),
				},
			],
			({ leading }) => decide(frm, "merge", { complaints: [frm.doc.name], leading }),
			__("Handle in a Group Case"),
			__("Handle in a Group Case")
		);
	}

	function ask_verdict(frm) {
		frappe.prompt(
			[
				{
					fieldname: "verdict",
					fieldtype: "Select",
					label: __("Professional Claimant"),
					options: ["Reviewed: Ordinary", "Reviewed: Professional"].map((value) => ({
						value,
						label: __(value),
					})),
					reqd: 1,
				},
				{
					fieldname: "remark",
					fieldtype: "Small Text",
					label: __("Note on the Claimant"),
					description: __("The case is handled like every other, whatever is found"),
				},
			],
			(values) => decide(frm, "review_claimant", { complaint: frm.doc.name, ...values }),
			__("Review the Claimant"),
			__("Review the Claimant")
		);
	}

	async function adopt(frm) {
		if (frm.is_dirty()) await frm.save();
		const changed = await complaint_handling.special_cases.call("adopt_solution", {
			complaint: frm.doc.name,
		});
		if (!changed) frappe.show_alert(__("The solution is there already."));
		frm.reload_doc();
	}

	async function decide(frm, method, args) {
		if (frm.is_dirty()) await frm.save();
		await complaint_handling.special_cases.call(method, args);
		frm.reload_doc();
	}

	function badges_of(doc, more) {
		const escape = frappe.utils.escape_html;
		const badges = [];
		if (doc.legal_hold) {
			badges.push(["red", __("Legal hold: {0}", [escape(doc.legal_hold_reason || "")])]);
		}
		if (doc.is_restricted) badges.push(["purple", __("Restricted to named persons")]);
		for (const row of more.authorities) {
			const colour = { Overdue: "red", "Due Soon": "orange" }[row.clock_state] || "blue";
			const number = `${escape(__(row.authority))} ${escape(row.external_number)}`;
			const due = frappe.datetime.str_to_user(row.answer_due_at);
			const link = frappe.utils.get_form_link("Complaint Authority Case", row.name, true, number);
			badges.push([colour, __("{0}: answer due on {1}", [link, due])]);
		}
		if (doc.group_case) {
			const link = frappe.utils.get_form_link("Customer Complaint", doc.group_case, true);
			badges.push(["cyan", __("Handled in the group case {0}", [link])]);
		}
		if (more.members) badges.push(["cyan", __("Leads a group: {0} cases follow", [more.members])]);
		if (doc.claimant_review === "To be Reviewed") {
			badges.push(["yellow", __("The claimant is to be reviewed")]);
		}
		if (doc.is_imported) {
			badges.push(["gray", __("Imported: {0}", [escape(doc.original_number || "")])]);
		}
		return badges;
	}

	function show_badges(frm, badges) {
		const wrapper = $(frm.layout.wrapper);
		wrapper.find(".complaint-badges").remove();
		if (!badges.length) return;
		const pills = badges.map(
			([colour, html]) => `<span class="indicator-pill no-indicator-dot ${colour}">${html}</span>`
		);
		wrapper.prepend(`<div class="complaint-badges">${pills.join("")}</div>`);
	}
};

// Each form evaluates this file; the handler is bound once.
if (!complaint_handling.special_cases.is_bound) {
	complaint_handling.special_cases.is_bound = true;
	frappe.ui.form.on("Customer Complaint", { refresh: complaint_handling.special_cases.refresh });
}
