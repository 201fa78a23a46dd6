// Simulate on a procedure: a case's clocks in a table and on the calendar, each level with who would be told.
frappe.provide("complaint_handling");

complaint_handling.ProcedureSimulator = class extends complaint_handling.Simulator {
	fields() {
		const change = () => this.update();
		const column = { fieldtype: "Column Break" };
		const severities = (this.frm.doc.severities || []).map((row) => ({ value: row.severity, label: __(row.severity) }));
		const kinds = ["Complaint Slip", "Service Slip", "Process Engineering Request"];
		return [
			this.start_field(__("Received on")),
			{
				fieldname: "severity",
				fieldtype: "Select",
				label: __("Severity"),
				options: ["", ...severities],
				change,
			},
			column,
			{
				fieldname: "slip_kind",
				fieldtype: "Select",
				label: __("Slip Kind"),
				options: kinds.map((value) => ({ value, label: __(value, null, "Complaint Handling Slip") })),
				default: "Complaint Slip",
				change,
			},
			{
				fieldname: "demand_deadline",
				fieldtype: "Datetime",
				label: __("Customer's Deadline"),
				change,
			},
			column,
			{
				fieldname: "holder",
				fieldtype: "Link",
				options: "User",
				label: __("Whose Clock"),
				description: __("Escalation starts from this person."),
				default: frappe.session.user,
				change,
			},
			{ fieldname: "is_urgent", fieldtype: "Check", label: __("Urgent"), change },
			...this.happening_fields(change),
		];
	}

	// Events that start a clock; empty means that the stage before takes all its time.
	happening_fields(change) {
		const starts = (this.frm.doc.targets || []).map((row) => row.starts_on);
		const events = [...new Set(starts)].filter((event) => event && event !== "Complaint Registered");
		if (!events.length) return [];
		const fields = events.flatMap((event, index) => [
			...(index ? [{ fieldtype: "Column Break" }] : []),
			{
				fieldname: complaint_handling.ProcedureSimulator.fieldname_of(event),
				fieldtype: "Datetime",
				label: __(event, null, "Complaint Procedure Target"),
				change,
			},
		]);
		return [
			{
				fieldtype: "Section Break",
				label: __("When Later Events Happen"),
				description: __("Empty: when the stage before is due."),
				collapsible: 1,
			},
			...fields,
		];
	}

	static fieldname_of(event) {
		return `event_${frappe.scrub(event)}`;
	}

	ask(values) {
		const happenings = {};
		for (const row of this.frm.doc.targets || []) {
			const moment = values[complaint_handling.ProcedureSimulator.fieldname_of(row.starts_on || "")];
			if (moment) happenings[row.starts_on] = moment;
		}
		const { received_on, severity, is_urgent, slip_kind, demand_deadline, holder } = values;
		const company = this.frm.doc.company;
		return frappe.xcall("complaint_handling.api.simulation.simulate_procedure", {
			procedure: this.frm.doc,
			case: { received_on, severity, is_urgent, slip_kind, demand_deadline, holder, company, happenings },
		});
	}

	show(answer) {
		this.answer = answer;
		const found = answer.targets.some((target) => target.key === this.chosen);
		if (!found) this.chosen = null;
		this.draw();
	}

	draw() {
		const target = this.answer.targets.find((each) => each.key === this.chosen);
		const name = target?.calendar || this.answer.calendars[0].name;
		const calendar = this.answer.calendars.find((each) => each.name === name);
		const area = this.result.find(".simulator-answer");
		area.html(this.table() + this.calendar_line(calendar, target) + this.zone_note(calendar));
		area.find("tr[data-key]").on("click", (event) => {
			const key = Number(event.currentTarget.dataset.key);
			this.chosen = this.chosen === key ? null : key;
			this.draw();
		});
		this.grid.show(calendar, this.moments(target ? [target] : this.answer.targets));
	}

	calendar_line(calendar, target) {
		const escape = frappe.utils.escape_html;
		const shown = target
			? __("{0}, counted by {1}. Press the line again to see all stages.", [__(target.stage), __(calendar.name)])
			: __("All stages; open time of {0}. Press a line to see one stage in its own calendar.", [__(calendar.name)]);
		return `<p class="simulator-line text-muted">${escape(shown)}</p>`;
	}

	moments(targets) {
		const received = {
			at: this.answer.received_on,
			kind: "start",
			label: __("Received", null, "Complaint Procedure"),
			title: __("Received", null, "Complaint Procedure"),
		};
		return [received, ...targets.flatMap((target) => this.moments_of(target))];
	}

	moments_of(target) {
		const stage = __(target.stage, null, "Complaint Milestone");
		const make = (at, kind, text, title) => ({ at, kind, key: target.key, label: text, title });
		const moments = [];
		if (target.started_at !== this.answer.received_on) {
			moments.push(make(target.started_at, "start", stage, `${__("Start")}: ${stage}, ${target.because}`));
		}
		if (target.warn_at) moments.push(make(target.warn_at, "warn", stage, `${__("Warning")}: ${stage}`));
		if (target.due_at) moments.push(make(target.due_at, "due", stage, `${__("Due")}: ${stage}`));
		for (const level of target.levels) {
			const text = `${stage} ${__("Level {0}", [level.level])}`;
			moments.push(make(level.at, "raised", text, `${text}: ${this.recipient(level)}`));
		}
		return moments;
	}

	recipient(level) {
		const what = __(level.action, null, "Complaint Escalation Step");
		const type = level.role || level.recipient_type;
		const context = level.role ? null : "Complaint Escalation Step";
		const who = level.full_name ? `${level.full_name} (${__(type, null, context)})` : __(type, null, context);
		const told = level.told_at ? __("told {0}", [this.moment_text(level.told_at)]) : "";
		return [`${what}: ${who}`, told, level.reason].filter(Boolean).join(" · ");
	}

	table() {
		const heads = [__("Stage"), __("Start"), __("Target", null, "Complaint Procedure"), __("Warning"), __("Due"), __("Escalation")];
		const rows = this.answer.targets.map((target) => this.row(target)).join("");
		return `<div class="simulator-table"><table class="table table-hover">
			<thead><tr>${heads.map((head) => `<th>${head}</th>`).join("")}</tr></thead>
			<tbody>${rows || `<tr><td colspan="6" class="text-muted">${__("No target applies to this case.")}</td></tr>`}</tbody>
		</table></div>`;
	}

	length({ value, unit }) {
		const singular = {
			Minutes: __("1 Minute"),
			Hours: __("1 Hour"),
			"Working Hours": __("1 Working Hour"),
			"Working Days": __("1 Working Day"),
		};
		return value === 1 ? singular[unit] : `${value} ${__(unit, null, "Complaint Milestone")}`;
	}

	row(target) {
		const escape = frappe.utils.escape_html;
		const levels = target.levels.map(
			(level) => `<div class="level-line"><span class="badge">${level.level}</span>
				<span class="level-at">${this.moment_text(level.at)}</span> <span class="text-muted">${escape(this.recipient(level))}</span></div>`
		);
		const length = target.from_demand
			? __("Customer's Deadline")
			: this.length(target);
		const due = target.due_at ? this.moment_text(target.due_at) : __("none given");
		return `<tr data-key="${target.key}" data-stage="${escape(target.stage)}"
				class="${target.key === this.chosen ? "is-chosen" : ""}">
			<td><b>${escape(__(target.stage, null, "Complaint Milestone"))}</b>
				<div class="text-muted small">${escape(__(target.document))}</div></td>
			<td>${this.moment_text(target.started_at)}<div class="text-muted small">${escape(target.because)}</div></td>
			<td>${escape(length)}<div class="text-muted small">${escape(__(target.calendar))}</div></td>
			<td>${this.moment_text(target.warn_at)}</td>
			<td class="due">${due}</td>
			<td>${levels.join("")}</td>
		</tr>`;
	}
};

// Each form evaluates these files; the handlers are bound once.
if (!complaint_handling.simulator_is_bound) {
	complaint_handling.simulator_is_bound = true;
	frappe.ui.form.on("Complaint Procedure", {
		refresh(frm) {
			frm.add_custom_button(__("Simulate"), () => new complaint_handling.ProcedureSimulator(frm));
		},
	});
	frappe.ui.form.on("Complaint Calendar", {
		refresh(frm) {
			frm.add_custom_button(__("Simulate"), () => new complaint_handling.CalendarSimulator(frm));
		},
	});
}
