// Simulate: every due time, warning and escalation of a case, before the procedure or the calendar goes live.
frappe.provide("complaint_handling");

complaint_handling.Simulator = class {
	constructor(frm) {
		this.frm = frm;
		this.chosen = null;
		this.dialog = new frappe.ui.Dialog({
			title: __("Simulate {0}", [frm.is_new() ? __(frm.doctype) : frm.doc.name]),
			size: "extra-large",
			fields: [...this.fields(), { fieldtype: "Section Break" }, { fieldname: "result", fieldtype: "HTML" }],
		});
		this.dialog.$wrapper.addClass("simulator-dialog");
		this.result = this.dialog.get_field("result").$wrapper;
		this.result.html(`<div class="simulator-answer"></div><div class="simulator-calendar"></div>`);
		this.grid = new complaint_handling.SimulatorGrid(this.result.find(".simulator-calendar"));
		this.dialog.show();
		this.update();
	}

	start_field(label) {
		return {
			fieldname: "received_on",
			fieldtype: "Datetime",
			label,
			reqd: 1,
			default: frappe.datetime.now_datetime(),
			change: () => this.update(),
		};
	}

	async update() {
		const values = this.dialog.get_values(true);
		if (!values?.received_on) return;
		const asked = (this.asked = (this.asked || 0) + 1);
		const answer = await this.ask(values);
		// A later question has the word.
		if (answer && asked === this.asked) this.show(answer);
	}

	moment_text(value) {
		if (!value) return "";
		const shown = complaint_handling.shown_moment(value);
		return `${complaint_handling.weekday(shown)} ${shown.format(user_format())}`;
	}

	zone_note(calendar) {
		const shown = frappe.boot.time_zone?.user || frappe.boot.time_zone?.system;
		if (!shown || shown === calendar.zone) return "";
		const text = __("Times are those of {0}; the calendar {1} is kept in {2}.", [
			shown,
			calendar.name,
			calendar.zone,
		]);
		return `<p class="text-muted small">${frappe.utils.escape_html(text)}</p>`;
	}
};

complaint_handling.CalendarSimulator = class extends complaint_handling.Simulator {
	fields() {
		const change = () => this.update();
		return [
			this.start_field(__("Start")),
			{ fieldtype: "Column Break" },
			{ fieldname: "value", fieldtype: "Float", label: __("Length", null, "Complaint Procedure"), default: 2, precision: 1, change },
			{ fieldtype: "Column Break" },
			{
				fieldname: "unit",
				fieldtype: "Select",
				label: __("Unit", null, "Complaint Procedure Target"),
				options: ["Working Days", "Working Hours", "Hours", "Minutes"].map((value) => ({
					value,
					label: __(value, null, "Complaint Procedure Target"),
				})),
				default: "Working Days",
				change,
			},
		];
	}

	ask(values) {
		return frappe.xcall("complaint_handling.api.simulation.simulate_length", {
			calendar: this.frm.doc,
			start: values.received_on,
			value: values.value || 0,
			unit: values.unit,
		});
	}

	show(answer) {
		const line = `<b>${this.moment_text(answer.received_on)}</b> → <b class="text-danger">${this.moment_text(
			answer.due_at
		)}</b>`;
		const [calendar] = answer.calendars;
		this.result.find(".simulator-answer").html(`<p class="simulator-line">${line}</p>${this.zone_note(calendar)}`);
		this.grid.show(calendar, [
			{ at: answer.received_on, kind: "start", label: __("Start"), title: __("Start") },
			{ at: answer.due_at, kind: "due", label: __("Due"), title: __("Due") },
		]);
	}
};

function user_format() {
	return `${frappe.datetime.get_user_date_fmt().toUpperCase()} HH:mm`;
}
