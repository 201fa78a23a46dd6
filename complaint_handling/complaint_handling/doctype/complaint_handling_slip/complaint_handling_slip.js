frappe.ui.form.on("Complaint Handling Slip", {
	setup(frm) {
		frm.set_query("department", () => ({ filters: { company: frm.doc.company, is_group: 0 } }));
		frm.set_query("responsible_employee", () => ({
			filters: { status: "Active", department: frm.doc.department },
		}));
		frm.set_query("complaint", () => ({
			filters: { workflow_state: ["not in", ["Closed", "Cancelled", "Not Justified"]] },
		}));
	},

	refresh(frm) {
		frm.set_intro("");
		if (frm.doc.workflow_state === "Pending Issue" && frm.doc.needs_higher_opinion) {
			frm.set_intro(
				__("Several departments have to act: ask for the opinion from above, or call a coordination meeting."),
				"orange"
			);
		}
		show_name_of_handler(frm);
		show_engineering_answers(frm);
		if (!frm.is_new()) add_buttons(frm);
		frm.fields_dict.measures.grid.update_docfield_property(
			"responsible_employee",
			"formatter",
			(value, _df, _options, row) => frappe.utils.escape_html(row?.responsible_name || value || "")
		);
		if (frm.doc.workflow_state === "Issued" && frm.doc.reply_due_at) {
			const late = ["Overdue", "Missed"].includes(frm.doc.clock_state);
			frm.dashboard.clear_headline();
			frm.dashboard.set_headline_alert(
				__("The reply is due on {0}", [frappe.datetime.str_to_user(frm.doc.reply_due_at)]),
				late ? "red" : "blue"
			);
		}
	},
});

// An employee's number says nothing to who reads the form.
function show_name_of_handler(frm) {
	const field = frm.get_field("responsible_employee");
	field.df.formatter = (value) => frappe.utils.escape_html(frm.doc.handler_name || value || "");
	frm.toggle_display("handler_name", Boolean(frm.doc.handler_name) && field.disp_status === "Write");
	field.refresh();
}

function add_buttons(frm) {
	const { slip_kind, workflow_state } = frm.doc;
	const is_request = slip_kind === "Process Engineering Request";
	const writes = frm.perm[0]?.write;
	if (workflow_state === "Issued" && writes && !is_request && may_ask()) {
		frm.add_custom_button(__("Ask Process Engineering"), () => ask_process_engineering(frm));
	}
	if (workflow_state === "Issued" && writes && is_request && !frm.doc.agreed_reply_at && may_agree()) {
		frm.add_custom_button(__("Agree Reply Time"), () => agree_reply_time(frm));
	}
	const with_department = ["Issued", "Escalated", "Reported", "Completed"].includes(workflow_state);
	if (
		with_department &&
		frm.doc.__onload?.allows_deferral &&
		frappe.model.can_create("Complaint Deferral Request")
	) {
		frm.add_custom_button(
			__("Deferral Request"),
			() => frappe.new_doc("Complaint Deferral Request", { slip: frm.doc.name }),
			__("Create")
		);
	}
}

function may_ask() {
	return ["Complaint Handler", "Complaint Department Manager", "Complaint Coordinator"].some((role) =>
		frappe.user.has_role(role)
	);
}

function may_agree() {
	return ["Complaint Handler", "Complaint Department Manager", "Quality Manager"].some((role) =>
		frappe.user.has_role(role)
	);
}

// Offered by the server: a handler may have no right on departments and employees.
async function ask_process_engineering(frm) {
	const offered = (method, values) =>
		frappe.xcall(`complaint_handling.api.slip.${method}`, { slip: frm.doc.name, ...values });
	const departments = await offered("get_departments");
	const dialog = new frappe.ui.Dialog({
		title: __("Ask Process Engineering"),
		fields: [
			{
				fieldname: "department",
				fieldtype: "Autocomplete",
				options: departments,
				label: __("Department"),
				reqd: 1,
				async change() {
					const department = dialog.get_value("department");
					const handlers = department ? await offered("get_handlers", { department }) : [];
					dialog.fields_dict.employee.set_data(handlers);
				},
			},
			{
				fieldname: "employee",
				fieldtype: "Autocomplete",
				options: [],
				label: __("Handler", null, "Complaint Handling Slip"),
				description: __("Empty: the holder of the responsible post"),
			},
			{ fieldname: "question", fieldtype: "Small Text", label: __("Question"), reqd: 1 },
			{
				fieldname: "reply_wanted_by",
				fieldtype: "Datetime",
				label: __("Reply Wanted by", null, "Complaint Handling Slip"),
				hidden: frm.doc.__onload?.engineering_has_target ? 1 : 0,
			},
		],
		primary_action_label: __("Ask Process Engineering"),
		primary_action: (values) =>
			send(dialog, "ask_process_engineering", { slip: frm.doc.name, ...values }, (request) =>
				frappe.set_route("Form", "Complaint Handling Slip", request)
			),
	});
	dialog.show();
}

function agree_reply_time(frm) {
	const dialog = new frappe.ui.Dialog({
		title: __("Agree Reply Time"),
		fields: [
			{
				fieldname: "agreed_at",
				fieldtype: "Datetime",
				label: __("Agreed Reply Time", null, "Complaint Handling Slip"),
				reqd: 1,
			},
			{
				fieldname: "reason",
				fieldtype: "Small Text",
				label: __("Reason of the Agreement", null, "Complaint Handling Slip"),
				reqd: 1,
			},
		],
		primary_action_label: __("Agree Reply Time"),
		primary_action: (values) =>
			send(dialog, "agree_reply_time", { slip: frm.doc.name, ...values }, () => frm.reload_doc()),
	});
	dialog.show();
}

async function send(dialog, method, values, then) {
	dialog.disable_primary_action();
	try {
		const answer = await frappe.xcall(`complaint_handling.api.slip.${method}`, values);
		dialog.hide();
		then(answer);
	} finally {
		dialog.enable_primary_action();
	}
}

function show_engineering_answers(frm) {
	const answers = frm.doc.__onload?.engineering_answers || [];
	const wrapper = frm.get_field("engineering_answers").$wrapper.empty();
	if (!answers.length) return;
	wrapper.append(answers.map(render_answer).join(""));
	const has_answer = answers.some((answer) => answer.finding || answer.cause);
	if (has_answer && frm.doc.workflow_state === "Issued" && frm.perm[0]?.write) {
		$(`<button class="btn btn-default btn-sm">${__("Take Over the Answer")}</button>`)
			.appendTo(wrapper)
			.on("click", () => take_over(frm));
	}
}

function render_answer(answer) {
	const escape = frappe.utils.escape_html;
	const state = __(answer.workflow_state, null, "Complaint Handling Slip");
	const due = answer.reply_due_at ? frappe.datetime.str_to_user(answer.reply_due_at) : "";
	const line = (label, text) =>
		text
			? `<div><span class="text-muted">${label}:</span> ${escape(text).replace(/\n/g, "<br>")}</div>`
			: "";
	return `<div class="mb-3">
		<div>${frappe.utils.get_form_link("Complaint Handling Slip", answer.name, true)}
			· ${escape(answer.department)} · <b>${escape(state)}</b></div>
		${line(__("Question"), answer.instruction)}
		${line(__("Reply Due", null, "Complaint Handling Slip"), due)}
		${line(__("Finding", null, "Complaint Handling Slip"), answer.finding)}
		${line(__("Cause", null, "Complaint Handling Slip"), answer.cause)}
	</div>`;
}

async function take_over(frm) {
	if (frm.is_dirty()) await frm.save();
	await frappe.xcall("complaint_handling.api.slip.take_over_answers", { slip: frm.doc.name });
	frm.reload_doc();
}
