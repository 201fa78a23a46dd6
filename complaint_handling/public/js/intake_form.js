// Taking a complaint in a minute: what the procedure and the category propose. The server takes anything else as well.
frappe.provide("complaint_handling.intake");

(() => {
	const intake = complaint_handling.intake;
	const procedures = {};

	// A procedure in force is not changed: one question a session is enough.
	intake.procedure_of = function (frm) {
		const name = frm.doc.procedure;
		if (!name) return Promise.resolve(null);
		procedures[name] ??= frappe.db.get_doc("Complaint Procedure", name);
		return procedures[name];
	};

	intake.show_procedure = async function (frm) {
		const procedure = await intake.procedure_of(frm);
		if (!procedure || procedure.name !== frm.doc.procedure) return;
		show_severities(frm, procedure);
		show_channels(frm, procedure);
		show_receipt(frm, procedure);
	};

	function show_severities(frm, procedure) {
		const severities = procedure.severities.map((row) => ({
			value: row.severity,
			label: __(row.severity),
			description: __(row.definition || ""),
		}));
		// An input that is there already takes no notice of new options, one still to be made takes only those.
		frm.set_df_property("severity", "options", severities);
		frm.get_field("severity").set_data(severities);
		frm.refresh_field("severity");
	}

	// The channels of the procedure stand first; what comes in by another one is taken all the same.
	function show_channels(frm, procedure) {
		const field = frappe.meta.get_docfield("Customer Complaint", "channel");
		const all = (field.options || "").split("\n").filter(Boolean);
		const own = (procedure.channels || []).map((row) => row.channel);
		const ordered = ["", ...own, ...all.filter((channel) => !own.includes(channel))];
		frm.set_df_property("channel", "options", ordered.join("\n"));
		// Proposed once: a rule may choose the procedure by the channel.
		if (!frm.is_new() || !own.length || frm.channel_proposed_for === frm.doc.name) return;
		frm.channel_proposed_for = frm.doc.name;
		const is_proposed = !frm.doc.channel || frm.doc.channel === "Telephone";
		if (is_proposed && !own.includes(frm.doc.channel)) frm.set_value("channel", own[0]);
	}

	// The server takes the same one when none is chosen; the form needs it earlier. What a person chose stays.
	intake.propose_procedure = async function (frm) {
		if (!frm.is_new() || !frm.doc.company) return;
		if (frm.doc.procedure && frm.doc.procedure !== frm.proposed_procedure) return;
		const { company, customer, channel, category } = frm.doc;
		const items = (frm.doc.items || []).map((row) => row.item_code).filter(Boolean);
		const name = frm.doc.name;
		const chosen = await frappe.xcall("complaint_handling.api.presets.chosen_procedure", {
			company,
			customer,
			channel,
			category,
			items,
		});
		if (frm.doc.name !== name || !chosen || chosen === frm.doc.procedure) return;
		if (frm.doc.procedure && frm.doc.procedure !== frm.proposed_procedure) return;
		frm.proposed_procedure = chosen;
		frm.set_value("procedure", chosen);
	};

	function show_receipt(frm, procedure) {
		const filled = ["receipt_number", "receipt_time", "payment_kind"].some((name) => frm.doc[name]);
		frm.toggle_display("receipt_section", Boolean(procedure.asks_receipt || filled));
		if (procedure.asks_receipt) frm.get_field("receipt_section").collapse?.(false);
	}

	intake.follow_category = async function (frm) {
		const category = frm.doc.category;
		await Promise.all([intake.show_playbook(frm), intake.show_defects(frm), take_defaults(frm, category)]);
		intake.propose_subject(frm);
	};

	async function take_defaults(frm, category) {
		if (!category) return;
		const { message } = await frappe.db.get_value("Complaint Category", category, [
			"default_severity",
			"responsible_department",
		]);
		if (!frm.doc.responsible_department && message.responsible_department) {
			frm.set_value("responsible_department", message.responsible_department);
		}
		const procedure = await intake.procedure_of(frm);
		const known = (procedure?.severities || []).some((row) => row.severity === message.default_severity);
		if (!frm.doc.severity && known) frm.set_value("severity", message.default_severity);
	}

	intake.show_defects = async function (frm) {
		const category = frm.doc.category;
		const defects = category
			? await frappe.xcall("complaint_handling.api.categories.get_defects", { category })
			: [];
		if (frm.doc.category !== category) return;
		frm.set_df_property("defect", "options", defects);
		frm.get_field("defect").set_data(defects);
		frm.toggle_display("defect", Boolean(defects.length || frm.doc.defect));
	};

	// What the agent wrote stays; what was proposed follows the goods and the category.
	intake.propose_subject = function (frm) {
		if (!frm.is_new()) return;
		const item = (frm.doc.items || []).find((row) => row.item_code);
		const goods = item ? item.item_name || item.item_code : "";
		const matter = frm.doc.defect || frm.doc.category || "";
		const is_own = frm.doc.subject && ![goods, frm.proposed_subject].includes(frm.doc.subject);
		const proposed = [goods, matter && __(matter)].filter(Boolean).join(" · ");
		if (is_own || !proposed) return;
		frm.proposed_subject = proposed;
		frm.set_value("subject", proposed);
	};

	intake.start = async function (frm) {
		if (frm.intake_started === frm.doc.name) return;
		frm.intake_started = frm.doc.name;
		frm.duplicates = frm.proposed_subject = frm.proposed_procedure = null;
		intake.propose_subject(frm);
		intake.look_for_duplicates(frm);
		await intake.propose_procedure(frm);
		focus_first(frm);
	};

	// The host moves the focus while dialogs close and fields are drawn; as soon as the user does something, it stays.
	function focus_first(frm) {
		const name = frm.doc.name;
		let is_touched = false;
		$(frm.wrapper).one("keydown mousedown", () => (is_touched = true));
		for (const delay of [400, 900, 1800]) {
			setTimeout(() => {
				const input = frm.get_field(frm.doc.customer ? "category" : "customer")?.$input;
				if (is_touched || frm.doc.name !== name || !input || input.is(":focus")) return;
				input.focus();
			}, delay);
		}
	}

	// A change that the user makes; the new scheme is another one, whatever its words.
	intake.leave_severity = async function (frm) {
		const procedure = await intake.procedure_of(frm);
		if (!procedure || !frm.doc.severity) return;
		if (procedure.severities.some((row) => row.severity === frm.doc.severity)) return;
		frappe.show_alert({
			message: __("The severity {0} is not one of the new procedure. Choose it anew.", [__(frm.doc.severity)]),
			indicator: "orange",
		});
		frm.set_value("severity", "");
	};

	frappe.ui.form.on("Customer Complaint", {
		refresh(frm) {
			intake.show_procedure(frm);
			intake.show_playbook(frm);
			intake.show_defects(frm);
			intake.render_duplicates(frm);
			if (frm.is_new()) intake.start(frm);
		},
		async procedure(frm) {
			await intake.leave_severity(frm);
			await intake.show_procedure(frm);
		},
		company: intake.propose_procedure,
		channel: intake.propose_procedure,
		category(frm) {
			intake.follow_category(frm);
			intake.propose_procedure(frm);
		},
		defect: intake.propose_subject,
		customer(frm) {
			intake.look_for_duplicates(frm);
			intake.propose_procedure(frm);
		},
		sales_order: intake.look_for_duplicates,
		subject: intake.look_for_duplicates,
		complainant_phone: intake.look_for_duplicates,
		repeat_of: intake.render_duplicates,
	});

	frappe.ui.form.on("Complaint Item", {
		item_code(frm) {
			intake.look_for_duplicates(frm);
			intake.propose_procedure(frm);
		},
		item_name: intake.propose_subject,
		items_remove(frm) {
			intake.propose_subject(frm);
			intake.look_for_duplicates(frm);
		},
	});
})();
