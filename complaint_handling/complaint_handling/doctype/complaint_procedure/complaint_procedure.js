// Texts of shipped procedures are English sources; each reader sees them in the own language.
const TRANSLATED_COLUMNS = {
	severities: ["severity", "definition"],
	checks: ["question"],
	closing_requirements: ["severity"],
	targets: ["stage", "severity"],
	escalation_steps: ["role"],
	authority_limits: ["role"],
	recipients: ["recipient", "role"],
	forms: ["form_name"],
	decisions: ["setting", "chosen", "reason"],
};
const TRANSLATED_FIELDS = ["procedure_name", "description"];

frappe.ui.form.on("Complaint Procedure", {
	refresh(frm) {
		translate_texts(frm);
		if (frm.is_new()) {
			frm.add_custom_button(__("Load Preset"), () => choose_preset(frm));
			return;
		}
		if (!frm.doc.__onload?.shipped_version) return;
		frm.add_custom_button(__("Compare with Shipped Version"), () => show_comparison(frm));
		announce_newer_version(frm);
	},
});

function translate_texts(frm) {
	const doctype = (table) => frappe.meta.get_docfield(frm.doctype, table).options;
	for (const [table, columns] of Object.entries(TRANSLATED_COLUMNS)) {
		for (const column of columns) {
			frm.fields_dict[table].grid.update_docfield_property(column, "formatter", (value) =>
				in_own_language(value, doctype(table))
			);
		}
	}
	for (const fieldname of TRANSLATED_FIELDS) {
		frm.set_df_property(fieldname, "formatter", (value) => in_own_language(value, frm.doctype));
	}
}

function in_own_language(value, doctype) {
	return frappe.utils.escape_html(value ? __(value, null, doctype) : "");
}

async function choose_preset(frm) {
	const presets = await frappe.xcall("complaint_handling.api.presets.list_shipped");
	const dialog = new frappe.ui.Dialog({
		title: __("Load Preset"),
		fields: [
			{
				fieldname: "code",
				fieldtype: "Autocomplete",
				label: __("Shipped Procedure"),
				options: presets.map((preset) => ({
					value: preset.code,
					label: `${preset.code}  ${preset.procedure_name}`,
					description: preset.source_document,
				})),
				reqd: 1,
			},
		],
		primary_action_label: __("Load"),
		async primary_action({ code }) {
			await load_preset(frm, code);
			dialog.hide();
		},
	});
	dialog.show();
}

async function load_preset(frm, code) {
	const values = await frappe.xcall("complaint_handling.api.presets.get_shipped", { code });
	for (const [fieldname, value] of Object.entries(values)) {
		if (Array.isArray(value)) {
			frm.clear_table(fieldname);
			for (const row of value) frm.add_child(fieldname, row);
		} else {
			frm.doc[fieldname] = value;
		}
	}
	frm.dirty();
	frm.refresh_fields();
	if (!values.code) {
		frappe.show_alert({
			message: __("{0} is taken on this site. Enter a code of your own.", [code]),
			indicator: "orange",
		});
		frm.scroll_to_field("code");
	}
}

function announce_newer_version(frm) {
	const version = frm.doc.__onload.shipped_version;
	if (version <= cint(frm.doc.shipped_version)) return;
	frm.set_intro(
		__(
			"A newer shipped version exists: {0}. Compare it and adopt what you want; nothing changes by itself.",
			[version]
		),
		"blue"
	);
}

async function show_comparison(frm) {
	const found = await frappe.xcall("complaint_handling.api.presets.compare", {
		procedure: frm.doc.name,
	});
	if (!found.differences.length) {
		frappe.show_alert({ message: __("Nothing differs from the shipped version."), indicator: "green" });
		if (found.shipped_version > found.own_version && may_amend(frm)) await keep_own(frm);
		return;
	}
	open_comparison(frm, found);
}

function open_comparison(frm, found) {
	const dialog = new frappe.ui.Dialog({
		title: __("Compare with Shipped Version {0}", [found.shipped_version]),
		size: "extra-large",
		fields: [{ fieldname: "differences", fieldtype: "HTML" }],
	});
	dialog.get_field("differences").$wrapper.html(render_differences(frm, found.differences));
	if (may_amend(frm)) {
		dialog.set_primary_action(__("Adopt What is Ticked"), () => take_over(frm, dialog));
		dialog.set_secondary_action_label(__("Keep Our Own"));
		dialog.set_secondary_action(async () => {
			await keep_own(frm);
			dialog.hide();
		});
	}
	dialog.show();
}

function may_amend(frm) {
	return Boolean(frm.perm[0]?.amend && frm.perm[0]?.cancel && frm.perm[0]?.submit);
}

function render_differences(frm, differences) {
	const escape = frappe.utils.escape_html;
	const lines = (texts) => texts.map((text) => `<div>${escape(text)}</div>`).join("");
	const colours = { Changed: "orange", "Only Ours": "blue", "Only Shipped": "green" };
	const rows = differences.map(
		(found, place) => `<tr>
			<td>${may_amend(frm) ? `<input type="checkbox" data-id="${escape(found.id)}" aria-label="${escape(found.what)}">` : ""}</td>
			<td>${found.where === differences[place - 1]?.where ? "" : `<b>${escape(found.where)}</b>`}</td>
			<td>${escape(found.what)}
				<div><span class="indicator-pill ${colours[found.kind]}">${__(found.kind)}</span></div></td>
			<td>${lines(found.ours)}</td>
			<td>${lines(found.shipped)}</td>
		</tr>`
	);
	return `<p class="text-muted">${what_happens(frm)}</p>
	<table class="table table-bordered procedure-differences">
		<thead><tr>
			<th style="width: 3%"></th><th style="width: 13%">${__("Part")}</th><th style="width: 26%">${__("What Differs")}</th>
			<th style="width: 29%">${__("Ours")}</th><th style="width: 29%">${__("Shipped")}</th>
		</tr></thead>
		<tbody>${rows.join("")}</tbody>
	</table>`;
}

function what_happens(frm) {
	if (frm.doc.docstatus === 0) {
		return __("What you tick is written to this draft. A ticked row that is only ours is removed.");
	}
	return __(
		"What you tick goes into a new version that is in force at once. Running complaints keep the version they have. A ticked row that is only ours is removed."
	);
}

async function take_over(frm, dialog) {
	const ticked = dialog.$wrapper.find("input[data-id]:checked").get();
	const name = await frappe.xcall("complaint_handling.api.presets.take_over", {
		procedure: frm.doc.name,
		accepted: ticked.map((input) => input.dataset.id),
	});
	dialog.hide();
	if (name === frm.doc.name) frm.reload_doc();
	else frappe.set_route("Form", frm.doctype, name);
}

async function keep_own(frm) {
	await frappe.xcall("complaint_handling.api.presets.keep_own", { procedure: frm.doc.name });
	frm.reload_doc();
}
