// What the assessor decides: the checklist, a widespread problem, a repeat, the first answer at once.
frappe.provide("complaint_handling.intake");

(() => {
	const intake = complaint_handling.intake;
	const escape = (text) => frappe.utils.escape_html(text || "");
	const METHOD_OF_CHANNEL = {
		"E-mail": "E-mail",
		"Written Letter": "Written",
		Fax: "Written",
		"On the Spot": "Face to Face",
		"Customer Portal": "Customer Portal",
	};

	function show_checks(frm) {
		const grid = frm.get_field("checks").grid;
		// The questions are the procedure's.
		grid.cannot_add_rows = grid.cannot_delete_rows = true;
		for (const fieldname of ["question", "purpose"]) {
			grid.update_docfield_property(fieldname, "formatter", (value) => escape(__(value || "")));
		}
		frm.toggle_display("checks_section", Boolean(frm.doc.checks?.length));
		grid.refresh();
	}

	intake.widespread_question = function (frm) {
		if (!frm.doc.needs_widespread_decision || frm.doc.widespread || !intake.is_taken(frm)) return "";
		const signal = escape(frm.doc.widespread_signal).replaceAll("\n", " ");
		return `${__("Decide whether the problem is widespread.")} ${signal}`;
	};

	async function show_widespread(frm) {
		const field = frm.get_field("widespread");
		if (!frm.doc.needs_widespread_decision || !intake.is_taken(frm)) return;
		const procedure = await intake.procedure_of(frm);
		const gravest = [...(procedure?.severities || [])].sort((one, other) => one.rank - other.rank)[0];
		const proposes = frm.doc.widespread === "Yes" && gravest && gravest.severity !== frm.doc.severity;
		field.set_description(proposes ? severity_proposal(gravest.severity) : "");
		field.$wrapper.find(".take-severity").on("click", () => frm.set_value("severity", gravest.severity));
	}

	function severity_proposal(severity) {
		const text = __("A widespread problem is: {0}", [escape(__(severity))]);
		return `${text} <a class="take-severity">${__("Use It", null, "Customer Complaint")}</a>`;
	}

	function show_repeat(frm) {
		const decides = ["Complaint Coordinator", "Complaint Reviewer"].some((role) => frappe.user.has_role(role));
		if (!decides) {
			for (const name of ["counts_as_repeat", "repeat_reason"]) frm.set_df_property(name, "read_only", 1);
		}
		if (decides && !frm.is_new() && frm.doc.repeat_of && intake.is_taken(frm)) {
			frm.add_custom_button(__("Decide on Repeat"), () => decide_repeat(frm));
		}
	}

	function decide_repeat(frm) {
		const options = [
			{ value: "Yes", label: __("Yes", null, "Customer Complaint") },
			{ value: "No", label: __("No", null, "Customer Complaint") },
		];
		const counts = frm.doc.counts_as_repeat;
		const dialog = new frappe.ui.Dialog({
			title: __("Does it count as a repeat of {0}?", [escape(frm.doc.repeat_of)]),
			fields: [
				{ fieldname: "counts", fieldtype: "Select", label: __("Counts as Repeat", null, "Customer Complaint"), options, default: counts, reqd: 1 },
				{
					fieldname: "reason",
					fieldtype: "Small Text",
					label: __("Reason of the Decision"),
					default: frm.doc.repeat_reason,
					reqd: 1,
				},
			],
			primary_action_label: __("Decide", null, "Customer Complaint"),
			async primary_action({ counts, reason }) {
				await frappe.xcall("complaint_handling.api.intake.decide_repeat", {
					complaint: frm.doc.name,
					counts_as_repeat: counts,
					reason,
				});
				dialog.hide();
				frm.reload_doc();
			},
		});
		dialog.show();
	}

	async function offer_first_answer(frm) {
		if (frm.is_new() || !intake.is_taken(frm) || !frm.perm[0]?.write) return;
		const procedure = await intake.procedure_of(frm);
		if (!procedure?.allows_direct_close || !frappe.model.can_create("Complaint Contact")) return;
		const label = __("Answer at Once");
		if (frm.custom_buttons[label]) return;
		frm.add_custom_button(label, () => ask_first_answer(frm));
	}

	async function ask_first_answer(frm) {
		if (frm.is_dirty()) await frm.save();
		const may_close = Boolean(frm.doc.may_close_with_answer);
		const channel = frappe.meta.get_docfield("Complaint Contact", "channel");
		const text = frappe.meta.get_docfield("Customer Complaint", "channel");
		const closing = (field) => ({
			...field,
			depends_on: "eval:doc.closes",
			mandatory_depends_on: "eval:doc.closes",
		});
		const dialog = new frappe.ui.Dialog({
			title: __("Answer at Once"),
			fields: [
				{ fieldname: "answer", fieldtype: "Small Text", label: __("Answer to Customer"), reqd: 1, max_height: "7em" },
				{
					fieldname: "channel",
					fieldtype: "Select",
					label: __("Channel"),
					options: (channel || text).options,
					default: frm.doc.channel,
					reqd: 1,
				},
				{
					fieldname: "closes",
					fieldtype: "Check",
					label: __("The customer agrees: close with this answer"),
					default: Number(may_close),
					hidden: !may_close,
				},
				closing({
					fieldname: "consent_by",
					fieldtype: "Data",
					label: __("Answer Given by"),
					default: frm.doc.complainant_name || frm.doc.customer_name,
				}),
				closing({
					fieldname: "consent_method",
					fieldtype: "Select",
					label: __("How"),
					options: frappe.meta.get_docfield("Customer Complaint", "consent_method").options,
					default: METHOD_OF_CHANNEL[frm.doc.channel] || "Telephone",
				}),
				closing({ fieldname: "closing_summary", fieldtype: "Small Text", label: __("Closing Summary"), max_height: "5em" }),
			],
			primary_action_label: __("Answer at Once"),
			async primary_action({ answer, channel, closes, consent_by, consent_method, closing_summary }) {
				dialog.disable_primary_action();
				try {
					await frappe.xcall("complaint_handling.api.intake.answer_at_once", {
						complaint: frm.doc.name,
						answer,
						channel,
						consent: closes ? { consent_by, consent_method, closing_summary } : null,
					});
					dialog.hide();
					frm.reload_doc();
				} finally {
					dialog.enable_primary_action();
				}
			},
		});
		dialog.show();
	}

	// The answer to a complaint that is not justified follows its reason, until somebody writes an own one.
	$(document).off("complaint_dialog_shown.intake").on("complaint_dialog_shown.intake", (_event, frm, dialog) => {
		if (!dialog.has_field("not_justified_reason") || !dialog.has_field("answer_to_customer")) return;
		let proposed = "";
		for (const name of ["not_justified_reason", "not_justified_evidence", "other_recourse"]) {
			dialog.fields_dict[name]?.$input?.on("change", propose);
		}

		async function propose() {
			const written = dialog.get_value("answer_to_customer") || "";
			if (written && written !== proposed) return;
			proposed = await frappe.xcall("complaint_handling.api.intake.propose_rejection", {
				complaint: frm.doc.name,
				reason: dialog.get_value("not_justified_reason") || "",
				evidence: dialog.get_value("not_justified_evidence") || "",
				other_recourse: dialog.get_value("other_recourse") || "",
			});
			dialog.set_value("answer_to_customer", proposed);
		}
	});

	frappe.ui.form.on("Customer Complaint", {
		refresh(frm) {
			show_checks(frm);
			show_widespread(frm);
			show_repeat(frm);
			offer_first_answer(frm);
		},
		widespread: show_widespread,
		severity: show_widespread,
	});
})();
