frappe.ui.form.on("Customer Complaint", {
	setup(frm) {
		frm.set_query("procedure", () => ({
			filters: { docstatus: 1, company: ["in", ["", frm.doc.company || ""]] },
		}));
		frm.set_query("category", () => ({
			query: "complaint_handling.api.categories.search_offered",
			filters: { procedure: frm.doc.procedure || "" },
		}));
		frm.set_df_property("category", "filter_description", __("Categories of the procedure"));
		frm.set_query("contact", () => ({
			query: "frappe.contacts.doctype.contact.contact.contact_query",
			filters: { link_doctype: "Customer", link_name: frm.doc.customer },
		}));
		for (const fieldname of ["sales_order", "delivery_note", "sales_invoice"]) {
			frm.set_query(fieldname, () => ({
				filters: { customer: frm.doc.customer, docstatus: 1 },
			}));
		}
		frm.set_query("batch_no", "items", (_doc, doctype, name) => ({
			filters: { item: locals[doctype][name].item_code },
		}));
		frm.set_query("repeat_of", () => ({
			query: "complaint_handling.api.intake.search_earlier",
			filters: { customer: frm.doc.customer || "", name: frm.doc.name },
		}));
		frm.set_query("responsible_department", () => ({ filters: { company: frm.doc.company } }));
		frm.set_query("complained_about_department", () => ({
			filters: { company: frm.doc.company },
		}));
	},

	refresh(frm) {
		show_names_of_employees(frm);
		show_clock_board(frm);
		complaint_handling.show_waits(frm);
		show_headline(frm);
		if (!frm.is_new()) add_create_buttons(frm);
	},
});

function show_headline(frm) {
	const colour = { Overdue: "red", "Due Soon": "orange" }[frm.doc.clock_state] || "blue";
	frm.dashboard.clear_headline();
	frm.dashboard.set_headline_alert(promise_of(frm), is_past(frm.doc.next_due_at) ? "red" : colour);
	const question = complaint_handling.intake.widespread_question(frm);
	if (question) frm.dashboard.set_headline_alert(question, "orange");
}

function promise_of(frm) {
	if (frm.is_new() || !frm.doc.next_due_at || frm.doc.workflow_state === "Closed") return "";
	const stage = frappe.utils.escape_html(__(frm.doc.next_due_stage));
	const due = frappe.datetime.str_to_user(frm.doc.next_due_at);
	return is_past(frm.doc.next_due_at)
		? __("{0} was due on {1}", [stage, due])
		: __("{0} is due on {1}", [stage, due]);
}

function is_past(time) {
	return Boolean(time) && moment(time).isBefore(frappe.datetime.system_datetime());
}

function show_names_of_employees(frm) {
	for (const [table, employee, name] of [
		["measures", "responsible_employee", "responsible_name"],
		["task_force", "employee", "employee_name"],
	]) {
		frm.fields_dict[table].grid.update_docfield_property(
			employee,
			"formatter",
			(value, _df, _options, row) => frappe.utils.escape_html(row?.[name] || value || "")
		);
	}
}

async function show_clock_board(frm) {
	const field = frm.get_field("clock_board");
	if (!field || frm.is_new()) return;
	const milestones = await frappe.db.get_list("Complaint Milestone", {
		filters: { complaint: frm.doc.name },
		fields: [
			"name",
			"stage",
			"reference_doctype",
			"reference_name",
			"state",
			"due_at",
			"original_due_at",
			"paused_at",
			"done_at",
			"escalation_level",
		],
		order_by: "due_at asc",
		limit: 100,
	});
	const promises = await frappe.db.get_list("Complaint Promise", {
		filters: { complaint: frm.doc.name },
		fields: ["sequence", "kind", "due_at", "state", "kept_on", "change_reason", "told_how"],
		order_by: "sequence asc",
		limit: 100,
	});
	field.$wrapper.html(render_milestones(frm, milestones) + render_promises(promises));
}

function render_milestones(frm, milestones) {
	if (!milestones.length) {
		return `<p class="text-muted">${__("No clock has started yet.")}</p>`;
	}
	const colours = {
		Met: "green",
		Missed: "red",
		Overdue: "red",
		"Due Soon": "orange",
		"On Track": "blue",
		Cancelled: "gray",
		Paused: "yellow",
	};
	const escape = frappe.utils.escape_html;
	const link = (row) =>
		frappe.utils.get_form_link(row.reference_doctype, row.reference_name, true, escape(row.reference_name));
	const time = (value) => (value ? frappe.datetime.str_to_user(value) : "");
	const note = (text) => `<div class="text-muted small">${text}</div>`;
	const moved = (row) =>
		row.paused_at
			? note(__("Paused since {0}", [time(row.paused_at)]))
			: row.original_due_at && row.original_due_at !== row.due_at
			? note(__("First due on {0}", [time(row.original_due_at)]))
			: "";
	const rows = milestones.map(
		(row) => `<tr>
			<td>${escape(__(row.stage))}</td>
			<td>${row.reference_name === frm.doc.name ? "" : link(row)}</td>
			<td>${time(row.due_at)}${moved(row)}</td>
			<td>${time(row.done_at)}</td>
			<td><span class="indicator-pill ${colours[row.state] || "gray"}">${__(row.state)}</span></td>
			<td>${row.escalation_level || ""}</td>
		</tr>`
	);
	return `<table class="table table-bordered table-condensed">
		<thead><tr>
			<th>${__("Stage")}</th><th>${__("Document")}</th><th>${__("Due")}</th>
			<th>${__("Done")}</th><th>${__("State", null, "Complaint Milestone")}</th><th>${__("Level")}</th>
		</tr></thead>
		<tbody>${rows.join("")}</tbody>
	</table>`;
}

function render_promises(promises) {
	if (!promises.length) return "";
	const colours = { Kept: "green", Missed: "red", Open: "blue", Replaced: "gray" };
	const escape = frappe.utils.escape_html;
	const time = (value) => (value ? frappe.datetime.str_to_user(value) : "");
	const rows = promises.map(
		(row) => `<tr>
			<td>${row.sequence}</td>
			<td>${__(row.kind)}</td>
			<td>${time(row.due_at)}</td>
			<td>${time(row.kept_on)}</td>
			<td><span class="indicator-pill ${colours[row.state] || "gray"}">${__(row.state, null, "Complaint Promise")}</span></td>
			<td>${escape(row.change_reason || "")}</td>
			<td>${__(row.told_how || "")}</td>
		</tr>`
	);
	return `<h6>${__("Agreed Reply Times")}</h6>
	<table class="table table-bordered table-condensed">
		<thead><tr>
			<th>${__("No.", null, "Complaint Print")}</th><th>${__("Promised is")}</th><th>${__("Agreed Reply Time")}</th><th>${__("Answered")}</th>
			<th>${__("State", null, "Complaint Promise")}</th><th>${__("Change Reason")}</th>
			<th>${__("How the Customer was Told")}</th>
		</tr></thead>
		<tbody>${rows.join("")}</tbody>
	</table>`;
}

function add_create_buttons(frm) {
	const ended = ["Closed", "Cancelled"].includes(frm.doc.workflow_state);
	const create = __("Create");
	if (!ended && frappe.model.can_create("Complaint Handling Slip")) {
		frm.add_custom_button(__("Handling Slip"), () => complaint_handling.slips.create(frm.doc.name), create);
	}
	if (!ended && frappe.model.can_create("Complaint Contact")) {
		frm.add_custom_button(__("Contact with the Customer"), () => new_linked(frm, "Complaint Contact"), create);
	}
	if (!ended && frappe.model.can_create("Complaint 8D Report")) {
		frm.add_custom_button(__("8D Report"), () => new_eight_d(frm), create);
	}
	if (frappe.model.can_create("Complaint Revisit")) {
		frm.add_custom_button(__("Revisit"), () => new_linked(frm, "Complaint Revisit"), create);
	}
	if (frm.doc.workflow_state === "In Handling" && frm.perm[0]?.write) {
		frm.add_custom_button(__("Get Findings from Slips"), () => get_findings(frm));
	}
}

function new_linked(frm, doctype) {
	frappe.new_doc(doctype, {
		complaint: frm.doc.name,
		customer: frm.doc.customer,
		company: frm.doc.company,
	});
}

function new_eight_d(frm) {
	frappe.model.open_mapped_doc({
		method: "complaint_handling.api.complaint.make_eight_d_report",
		frm,
	});
}

async function get_findings(frm) {
	if (frm.is_dirty()) await frm.save();
	await frappe.xcall("complaint_handling.api.complaint.collect_findings", {
		complaint: frm.doc.name,
	});
	frm.reload_doc();
}

frappe.ui.form.on("Complaint Remedy", {
	quantity: show_amount,
	rate: show_amount,
});

function show_amount(frm, doctype, name) {
	const row = locals[doctype][name];
	frappe.model.set_value(doctype, name, "amount", flt(row.quantity) * flt(row.rate));
}
