// The rounds of re-review on the form of a complaint, and the way to its evaluation.
frappe.provide("complaint_handling.solution");

// As in domain/evaluation_rules.py: a case is evaluated once it is decided what is done.
complaint_handling.solution.evaluated_states = ["Executing", "Awaiting Revisit", "Not Justified", "Closed"];

complaint_handling.solution.show_rounds = async function (frm) {
	const field = frm.get_field("re_review_board");
	if (!field) return;
	if (frm.is_new() || !frm.doc.re_review_round) {
		field.$wrapper.empty();
		return;
	}
	const name = frm.doc.name;
	const rounds = await frappe.db.get_list("Complaint Re-review", {
		filters: { complaint: name },
		fields: [
			"round",
			"cause_of_round",
			"opened_on",
			"reason",
			"previous_cause",
			"previous_measures",
			"previous_remedies",
			"opinion",
			"keeps_plan",
			"resumed_by",
			"new_plan_approved_on",
		],
		order_by: "`round` asc",
		limit: 50,
	});
	if (frm.doc.name === name) field.$wrapper.html(complaint_handling.solution.render_rounds(rounds));
};

complaint_handling.solution.render_rounds = function (rounds) {
	const escape = (text) => frappe.utils.escape_html(text || "");
	const lines = (text) => escape(text).replaceAll("\n", "<br>");
	const time = (value) => (value ? frappe.datetime.str_to_user(value) : "");
	const label = (text) => `<div class="text-muted small">${text}</div>`;
	const plan = (row) =>
		[
			[__("Cause"), row.previous_cause],
			[__("Measures"), row.previous_measures],
			[__("Remedies"), row.previous_remedies],
		]
			.filter(([, text]) => text)
			.map(([name, text]) => `${label(name)}<div class="mb-2">${lines(text)}</div>`)
			.join("");
	const rows = rounds.map(
		(row) => `<tr>
			<td>${row.round}</td>
			<td>${__(row.cause_of_round, null, "Complaint Re-review")}<div class="text-muted small">${time(row.opened_on)}</div></td>
			<td>${lines(row.reason)}</td>
			<td>${plan(row)}</td>
			<td>${lines(row.opinion)}${row.keeps_plan ? label(__("The Plan Stays")) : ""}
				${row.resumed_by ? label(escape(frappe.user.full_name(row.resumed_by))) : ""}</td>
			<td>${time(row.new_plan_approved_on)}</td>
		</tr>`
	);
	return `<table class="table table-bordered table-condensed">
		<thead><tr>
			<th>${__("Round", null, "Complaint Re-review")}</th><th>${__("Opened because")}</th><th>${__("Customer's Reason")}</th>
			<th>${__("Plan that was not Accepted")}</th><th>${__("Opinion")}</th><th>${__("New Plan Approved on")}</th>
		</tr></thead>
		<tbody>${rows.join("")}</tbody>
	</table>`;
};

complaint_handling.solution.add_evaluation_button = async function (frm) {
	const states = complaint_handling.solution.evaluated_states;
	if (frm.is_new() || !states.includes(frm.doc.workflow_state)) return;
	if (!frappe.model.can_read("Complaint Evaluation")) return;
	const name = frm.doc.name;
	const found = await frappe.db.get_list("Complaint Evaluation", {
		filters: { complaint: name, docstatus: ["<", 2] },
		order_by: "docstatus desc, creation desc",
		limit: 1,
	});
	if (frm.doc.name !== name) return;
	if (found.length) {
		frm.add_custom_button(__("Evaluation", null, "Complaint Evaluation"), () =>
			frappe.set_route("Form", "Complaint Evaluation", found[0].name)
		);
	} else if (frappe.model.can_create("Complaint Evaluation")) {
		frm.add_custom_button(__("Evaluate"), () =>
			frappe.new_doc("Complaint Evaluation", { complaint: name, company: frm.doc.company })
		);
	}
};

// Each form evaluates this file; the handler is bound once.
if (!complaint_handling.solution.is_bound) {
	complaint_handling.solution.is_bound = true;
	frappe.ui.form.on("Customer Complaint", {
		refresh(frm) {
			complaint_handling.solution.show_rounds(frm);
			complaint_handling.solution.add_evaluation_button(frm);
		},
	});
}
