// Dialogs of the Complaint Calendar. Each shows what would change before anything is written.
frappe.provide("complaint_handling.calendar");

(() => {
	const API = "complaint_handling.api.calendar";
	const call = (method, args) => frappe.xcall(`${API}.${method}`, args);
	const escaped = (text) => frappe.utils.escape_html(text ?? "");

	const kind_of_day = (kind) => escaped(__(kind, null, "Complaint Calendar Exception"));

	complaint_handling.calendar.propose_holidays = async function (frm) {
		const known = (frm.doc.years || []).filter((row) => row.country).pop() || {};
		const { message } = frm.doc.company
			? await frappe.db.get_value("Company", frm.doc.company, "country")
			: {};
		const dialog = new_dialog(frm, {
			title: __("Propose Public Holidays"),
			fields: [
				{
					fieldname: "country",
					fieldtype: "Link",
					label: __("Country"),
					options: "Country",
					reqd: 1,
					default: known.country || message?.country || frappe.sys_defaults.country,
				},
				{ fieldtype: "Column Break" },
				{ fieldname: "subdivision", fieldtype: "Autocomplete", label: __("Subdivision") },
				{ fieldtype: "Column Break" },
				year_field("year", next_year(frm)),
			],
			action: __("Write to Calendar"),
			async preview(values) {
				if (!values.country || !values.year) return null;
				const subdivisions = await call("get_subdivisions", { country: values.country });
				dialog.fields_dict.subdivision.set_data(subdivisions);
				return call("propose_public_holidays", { calendar: frm.doc.name, ...values });
			},
			html: (found) =>
				status_line(found.status) + escaped(found.written_to) + changes_table(found.rows),
			write: (values) => call("write_public_holidays", { calendar: frm.doc.name, ...values }),
		});
	};

	complaint_handling.calendar.import_announcement = function (frm) {
		new_dialog(frm, {
			title: __("Import Announcement"),
			fields: [
				year_field("year", next_year(frm)),
				{ fieldtype: "Column Break" },
				{
					fieldname: "file_url",
					fieldtype: "Attach",
					label: __("Sheet"),
					description: __("A spreadsheet with the columns date, kind, from, to, note"),
					options: { restrictions: { allowed_file_types: [".xlsx", ".csv"] } },
				},
				{ fieldtype: "Section Break" },
				{
					fieldname: "rows",
					fieldtype: "Small Text",
					label: __("Or Paste the Rows"),
					depends_on: "eval:!doc.file_url",
					description: [
						`2026-10-01, ${kind_of_day("Holiday")}`,
						`2026-10-10, ${kind_of_day("Make-up Workday")}`,
						`2026-02-16, ${kind_of_day("Half Day")}, 09:00, 12:00`,
					].join("<br>"),
				},
			],
			action: __("Import"),
			preview(values) {
				if (!values.year || !(values.file_url || values.rows)) return null;
				return call("check_announcement", { calendar: frm.doc.name, ...values });
			},
			html: (found) => error_list(found.errors) + changes_table(found.rows),
			is_refused: (found) => found.errors.length,
			write: (values) => call("import_announcement", { calendar: frm.doc.name, ...values }),
		});
	};

	complaint_handling.calendar.copy_to_year = function (frm) {
		const years = (frm.doc.exceptions || []).map((row) => cint(row.date.slice(0, 4)));
		const latest = Math.max(this_year() - 1, ...years.filter((year) => year <= this_year()));
		new_dialog(frm, {
			title: __("Copy to Year"),
			fields: [
				year_field("from_year", latest, __("From Year")),
				{ fieldtype: "Column Break" },
				year_field("to_year", latest + 1, __("To Year")),
			],
			action: __("Copy"),
			async preview(values) {
				if (!values.from_year || !values.to_year) return null;
				return call("propose_copy", { calendar: frm.doc.name, ...values });
			},
			html: (found) => changes_table(found.rows),
			is_refused: (found) => !found.rows.length,
			write: (values) => call("copy_to_year", { calendar: frm.doc.name, ...values }),
		});
	};

	complaint_handling.calendar.show_moved = async function (frm) {
		const found = await call("get_moved_due_times", {
			calendar: frm.is_dirty() ? JSON.stringify(frm.doc) : frm.doc.name,
		});
		const dialog = new frappe.ui.Dialog({
			title: __("Open Due Times this Would Move"),
			size: "large",
			fields: [{ fieldname: "list", fieldtype: "HTML" }],
		});
		dialog.fields_dict.list.$wrapper.html(moved_table(found));
		dialog.show();
	};

	complaint_handling.calendar.tell_of_moved = async function (frm) {
		const found = await call("get_moved_due_times", { calendar: frm.doc.name });
		if (!found.count) return;
		const text = __("Open due times that would differ under this calendar: {0}. None was moved.", [
			found.count,
		]);
		const link = `<a href="#" class="moved-due-times">${__("Show", null, "Complaint Calendar")}</a>`;
		frm.dashboard.set_headline_alert(`${text} ${link}`, "blue");
		frm.$wrapper.find(".moved-due-times").on("click", () => {
			complaint_handling.calendar.show_moved(frm);
			return false;
		});
	};

	// A dialog whose values are previewed as they are typed and written by its button.
	function new_dialog(frm, { title, fields, action, preview, html, write, is_refused }) {
		let asked = 0;
		const dialog = new frappe.ui.Dialog({
			title,
			size: "large",
			fields: [
				...fields,
				{ fieldtype: "Section Break" },
				{ fieldname: "preview", fieldtype: "HTML" },
			],
			primary_action_label: action,
			async primary_action(values) {
				allow(false);
				try {
					await write(values);
					dialog.hide();
					await frm.reload_doc();
					complaint_handling.calendar.tell_of_moved(frm);
				} finally {
					allow(true);
				}
			},
		});
		const allow = (allowed) => dialog.get_primary_btn().prop("disabled", !allowed);
		const show = async () => {
			const turn = ++asked;
			allow(false);
			const wrapper = dialog.fields_dict.preview.$wrapper.empty();
			const found = await preview(dialog.get_values(true) || {});
			// Only the last answer counts.
			if (!found || turn !== asked) return;
			wrapper.html(html(found) + moved_line(found.moved));
			allow(!is_refused || !is_refused(found));
		};
		for (const field of Object.values(dialog.fields_dict)) {
			if (field.df.fieldname && field.df.fieldname !== "preview") {
				field.df.onchange = frappe.utils.debounce(show, 300);
			}
		}
		dialog.show();
		show();
		return dialog;
	}

	function year_field(fieldname, value, label) {
		const first = Math.min(value, this_year() - 2);
		const years = Array.from({ length: this_year() + 4 - first }, (_, index) => first + index);
		return {
			fieldname,
			fieldtype: "Select",
			label: label || __("Year", null, "Complaint Calendar"),
			options: years.map(String),
			default: String(value),
			reqd: 1,
		};
	}

	function this_year() {
		return cint(frappe.datetime.get_today().slice(0, 4));
	}

	function next_year(frm) {
		// The first year that somebody still has to look after.
		const published = (frm.doc.years || []).filter((row) => row.status === "Published");
		const known = published.map((row) => row.year);
		return known.includes(this_year()) ? this_year() + 1 : this_year();
	}

	function moved_line(count) {
		if (!count) return "";
		const text = __("{0} open due times would be different. They were promised and are not moved.", [
			count,
		]);
		return `<p>${text}</p>`;
	}

	function status_line(status) {
		const text =
			status === "Provisional"
				? __("Make-up workdays of this year are not announced yet: the year is marked Provisional.")
				: __("This year is complete.");
		const color = status === "Provisional" ? "orange" : "green";
		return `<p><span class="indicator-pill ${color}">${escaped(
			__(status, null, "Complaint Calendar Year")
		)}</span> ${text}</p>`;
	}

	function error_list(errors) {
		if (!errors.length) return "";
		const items = errors.map((error) => `<li>${escaped(error)}</li>`).join("");
		return `<div class="text-danger">${__(
			"Nothing can be imported before these rows are corrected:"
		)}<ul>${items}</ul></div>`;
	}

	function changes_table(rows) {
		if (!rows.length) return `<p class="text-muted">${__("There is nothing to add.")}</p>`;
		const colors = { New: "green", Removed: "red", Kept: "orange", "Already There": "gray" };
		const words = {
			New: __("Added"),
			Removed: __("Removed"),
			Kept: __("Own exception is kept"),
			"Already There": __("Already there"),
		};
		const body = rows.map((row) => [
			frappe.datetime.str_to_user(row.date),
			__(moment(row.date).locale("en").format("dddd")),
			kind_of_day(row.kind),
			escaped(row.note),
			`<span class="indicator ${colors[row.change]}">${words[row.change]}</span>`,
		]);
		return table([__("Date"), __("Weekday"), __("Kind"), __("Note", null, "Complaint Calendar"), __("Change", null, "Complaint Calendar")], body);
	}

	function moved_table(found) {
		if (!found.count) {
			return `<p>${__("No open due time would be different under this calendar.")}</p>`;
		}
		const body = found.rows.map((row) => [
			frappe.utils.get_form_link(row.reference_doctype, row.reference_name, true),
			escaped(__(row.stage)),
			frappe.datetime.str_to_user(row.due_at),
			frappe.datetime.str_to_user(row.would_be_due_at),
		]);
		const heads = [__("Document"), __("Stage"), __("Promised Due Time"), __("Would Be Due")];
		const more = found.count - found.rows.length;
		const rest = more > 0 ? `<p class="text-muted">${__("{0} more are not shown.", [more])}</p>` : "";
		return moved_line(found.count) + table(heads, body) + rest;
	}

	function table(heads, rows) {
		const head = heads.map((text) => `<th>${text}</th>`).join("");
		const body = rows
			.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`)
			.join("");
		return `<div style="max-height: 45vh; overflow-y: auto"><table class="table table-sm table-bordered">
			<thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
	}
})();
