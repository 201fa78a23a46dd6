// Beside the complaint that is being taken: the playbook of its category, and cases that it may repeat.
frappe.provide("complaint_handling.intake");

(() => {
	const intake = complaint_handling.intake;
	const escape = (text) => frappe.utils.escape_html(text || "");
	// Until the handling starts there is somebody to speak with.
	const TAKEN_IN = ["Registered", "Assessed"];

	intake.is_taken = (frm) => frm.is_new() || TAKEN_IN.includes(frm.doc.workflow_state);

	intake.show_playbook = async function (frm) {
		const field = frm.get_field("playbook_panel");
		if (!field) return;
		const category = frm.doc.category;
		const shown = intake.is_taken(frm);
		frm.toggle_display("playbook_panel", shown);
		if (!shown) return;
		if (!category) {
			field.$wrapper.html(panel(__("Choose a category: what to do and to say stands here."), ""));
			return;
		}
		const playbook = await frappe.xcall("complaint_handling.api.categories.get_playbook", { category });
		if (frm.doc.category !== category) return;
		const text = frappe.dom.remove_script_and_style(playbook) || __("This category has no playbook yet.");
		field.$wrapper.html(panel(`${escape(__(category))} · ${__("Playbook")}`, text));
	};

	function panel(title, text) {
		return `<div class="playbook-panel">
			<div class="playbook-title">${title}</div>
			${text ? `<div class="playbook-text">${text}</div>` : ""}
		</div>`;
	}

	intake.look_for_duplicates = function (frm) {
		if (!frm.is_new()) return;
		frm.look_for_duplicates ??= frappe.utils.debounce(() => show_duplicates(frm), 500);
		frm.look_for_duplicates();
	};

	async function show_duplicates(frm) {
		if (!frm.is_new()) return;
		const name = frm.doc.name;
		const draft = draft_of(frm);
		const asked = (frm.duplicates_asked = (frm.duplicates_asked || 0) + 1);
		const answer =
			draft.customer || draft.sales_order || draft.complainant_phone || draft.items.length
				? await frappe.xcall("complaint_handling.api.intake.possible_duplicates", draft)
				: { cases: [], hidden: 0 };
		// A later question is under way, or another form is shown.
		if (asked !== frm.duplicates_asked || frm.doc.name !== name) return;
		frm.duplicates = answer;
		intake.render_duplicates(frm);
	}

	function draft_of(frm) {
		const items = (frm.doc.items || []).map((row) => row.item_code).filter(Boolean);
		return {
			customer: frm.doc.customer,
			items,
			sales_order: frm.doc.sales_order,
			subject: frm.doc.subject,
			complainant_phone: frm.doc.complainant_phone,
		};
	}

	intake.render_duplicates = function (frm) {
		const field = frm.get_field("duplicates_panel");
		const { cases = [], hidden = 0 } = (frm.is_new() && frm.duplicates) || {};
		frm.toggle_display("duplicates_section", Boolean(cases.length || hidden));
		if (!field) return;
		field.$wrapper.html(cases.length || hidden ? duplicates_html(frm, cases, hidden) : "");
		field.$wrapper.find("[data-repeats]").on("click", (event) => {
			frm.set_value("repeat_of", event.currentTarget.dataset.repeats);
		});
	};

	function duplicates_html(frm, cases, hidden) {
		const rest = hidden
			? `<div class="text-muted small">${__("{0} more that you may not read.", [hidden])}</div>`
			: "";
		return `<div class="duplicates-board">
			<div class="duplicates-title">${__("Is it one of these already?")}</div>
			${cases.map((row) => duplicate_line(frm, row)).join("")}
			${rest}
		</div>`;
	}

	function duplicate_line(frm, row) {
		const age = row.days ? __("{0} days ago", [row.days]) : __("today", null, "Customer Complaint");
		const is_linked = frm.doc.repeat_of === row.name;
		const repeat = is_linked
			? `<span class="indicator-pill green">${__("Linked as Repeat")}</span>`
			: `<button class="btn btn-xs btn-default" data-repeats="${escape(row.name)}">${__("Link as Repeat")}</button>`;
		return `<div class="duplicate" data-name="${escape(row.name)}">
			<div class="duplicate-text">
				<div><b>${escape(row.name)}</b> ${escape(row.subject)}
					<span class="indicator-pill gray">${escape(__(row.state, null, "Customer Complaint"))}</span></div>
				<div class="text-muted small">${escape(row.owner)} · ${age} · ${escape(row.reasons.join(", "))}</div>
			</div>
			<div class="duplicate-buttons">
				<a class="btn btn-xs btn-default" target="_blank" rel="noopener"
					href="${frappe.utils.get_form_link("Customer Complaint", row.name)}">${__("Open", null, "Customer Complaint")}</a>
				${row.may_repeat ? repeat : ""}
			</div>
		</div>`;
	}
})();
