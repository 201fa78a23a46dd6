// The day's work in one page: what is due and left over, whom to tell, what to acknowledge, and one's notes.
frappe.provide("complaint_handling");

frappe.pages["complaint-work-list"].on_page_load = async (wrapper) => {
	const page = frappe.ui.make_app_page({
		parent: wrapper,
		title: __("Daily Work List"),
		single_column: true,
	});
	await frappe.require("/assets/complaint_handling/js/shown_moment.js");
	wrapper.work_list = new complaint_handling.WorkList(page);
	wrapper.work_list.load();
};

// Back from a document whose work is done, the list shall know it.
frappe.pages["complaint-work-list"].on_page_show = (wrapper) => wrapper.work_list?.load();

complaint_handling.WorkList = class {
	constructor(page) {
		this.page = page;
		this.mine = null;
		this.area = $(`<div class="work-list"></div>`).appendTo(page.main);
		page.set_primary_action(__("Refresh"), () => this.load(), "refresh");
		this.bind();
	}

	parts() {
		return [
			{ key: "overdue", label: __("Overdue"), colour: "red" },
			{ key: "left_over", label: __("Left Over from the Last Working Day"), colour: "orange" },
			{ key: "today", label: __("Due Today"), colour: "blue" },
			{ key: "promises", label: __("Answers Promised for Today"), colour: "blue" },
			{ key: "to_tell", label: __("Customer Not Told at the Deadline"), colour: "orange" },
			{ key: "acknowledgements", label: __("To be Acknowledged"), colour: "yellow" },
			{ key: "revisits", label: __("Revisits"), colour: "green" },
			{ key: "improvements", label: __("Improvements", null, "Complaint Evaluation"), colour: "green" },
			{ key: "notes", label: __("Notes and Assignments"), colour: "gray" },
		];
	}

	choose(mine) {
		this.mine = mine;
		this.load();
	}

	whose() {
		const button = (mine, label) =>
			`<button class="btn btn-sm btn-default ${this.mine === mine ? "active" : ""}" data-mine="${mine}">${label}</button>`;
		return `<div class="work-head">
			<div class="btn-group">${button(1, __("My Work"))}${button(0, __("Everybody's Work"))}</div>
			<span class="text-muted small">${__("As of {0}", [this.time(this.answer.as_of, true)])}</span>
		</div>`;
	}

	async load() {
		const asked = (this.asked = (this.asked || 0) + 1);
		const answer = await frappe.xcall(
			"complaint_handling.api.work_list.get_work_list",
			// Until one chooses, the server knows whose work to begin with.
			this.mine === null ? {} : { mine: this.mine }
		);
		if (asked !== this.asked) return;
		this.answer = answer;
		this.mine = answer.mine;
		this.draw();
	}

	draw() {
		const filled = this.parts().filter((part) => this.answer.parts[part.key].length);
		const nothing = `<div class="work-empty">${__("Nothing is due. Well done.")}</div>`;
		this.area.html(
			this.whose() + this.tiles() + (filled.map((part) => this.part(part)).join("") || nothing)
		);
	}

	tiles() {
		const tiles = this.parts().map((part) => {
			const count = this.answer.parts[part.key].length;
			return `<a class="work-tile ${count ? part.colour : "none"}" data-part="${part.key}">
				<b>${this.number(count)}</b><span>${part.label}</span></a>`;
		});
		return `<div class="work-tiles">${tiles.join("")}</div>`;
	}

	number(count) {
		return count >= this.answer.maximum ? `${count}+` : count;
	}

	part({ key, label, colour }) {
		const rows = this.answer.parts[key];
		const more =
			rows.length >= this.answer.maximum
				? `<div class="work-more text-muted">${__("The first {0} are shown.", [this.answer.maximum])}</div>`
				: "";
		return `<section class="work-part" data-part="${key}">
			<h5><span class="indicator ${colour}"></span>${label} <span class="text-muted">${this.number(rows.length)}</span></h5>
			<div class="work-rows">${rows.map((row, index) => this.row(key, row, index)).join("")}${more}</div>
		</section>`;
	}

	row(key, row, index) {
		const escape = frappe.utils.escape_html;
		const state = row.state ? this.pill(row) : "";
		const level = row.level ? `<span class="work-level">${__("Level {0}", [row.level])}</span>` : "";
		const link = `${frappe.utils.get_form_link(row.doctype, row.document)}`;
		return `<div class="work-row ${row.is_late ? "late" : ""}" data-part="${key}" data-index="${index}">
			<div class="work-at">${this.time(row.at)}</div>
			<div class="work-what">
				<div><b>${escape(row.what || "")}</b> ${state} ${level}</div>
				<a class="text-muted small" href="${link}">${escape(row.document)}</a>
			</div>
			<div class="work-case">
				<div>${escape(row.subject || "")}</div>
				<div class="text-muted small">${escape(row.customer_name || "")}</div>
			</div>
			<div class="work-user">
				<div>${escape(row.user_name || "")}</div>
				<div class="text-muted small">${escape(row.department || "")}</div>
			</div>
			<div class="work-buttons">${this.buttons(row, link)}</div>
			${row.notes.map((note) => this.note(note)).join("")}
		</div>`;
	}

	pill(row) {
		const colours = { Overdue: "red", "Due Soon": "orange", "On Track": "blue", Planned: "blue", Unreachable: "orange" };
		const context = row.doctype === "Complaint Revisit" ? "Complaint Revisit" : "Complaint Milestone";
		return `<span class="indicator-pill no-indicator-dot ${colours[row.state] || "gray"}">${__(row.state, null, context)}</span>`;
	}

	buttons(row, link) {
		const button = (act, label) => `<button class="btn btn-xs btn-default" data-act="${act}">${label}</button>`;
		return `${row.log ? button("acknowledge", __("Acknowledge")) : ""}
			${row.note ? button("close", __("Done")) : button("note", __("Add Note"))}
			<a class="btn btn-xs btn-default" href="${link}">${__("Open", null, "Complaint Work List")}</a>`;
	}

	note(note) {
		return `<div class="work-note" data-note="${note.name}">
			<span>${this.time(note.date)}</span> ${frappe.utils.escape_html(note.text)}
			<button class="btn btn-xs btn-link" data-act="close">${__("Done")}</button>
		</div>`;
	}

	// A date, or a moment: of today its clock time alone.
	time(value, in_full = false) {
		if (!value) return "";
		const is_moment = String(value).includes(":");
		const shown = is_moment ? complaint_handling.shown_moment(value) : moment(value);
		const clock = is_moment ? shown.format("HH:mm") : "";
		const day = shown.format(frappe.datetime.get_user_date_fmt().toUpperCase());
		const is_today = shown.format("YYYY-MM-DD") === frappe.datetime.get_today();
		if (in_full) return `${day} ${clock}`;
		if (is_today) return is_moment ? `<b>${clock}</b>` : __("Today");
		return `<span>${day}</span> <b>${clock}</b>`;
	}

	bind() {
		this.area.on("click", "[data-mine]", (event) => this.choose(Number(event.currentTarget.dataset.mine)));
		this.area.on("click", ".work-tile", (event) => {
			const part = this.area.find(`.work-part[data-part="${event.currentTarget.dataset.part}"]`);
			part[0]?.scrollIntoView({ behavior: "smooth", block: "start" });
		});
		this.area.on("click", "[data-act]", (event) => {
			const { part, index } = $(event.currentTarget).closest(".work-row")[0].dataset;
			const row = this.answer.parts[part][index];
			const note = $(event.currentTarget).closest(".work-note").data("note") || row.note;
			const acts = {
				note: () => this.add_note(row),
				close: () => this.call("complaint_handling.api.work_list.close_note", { name: note }),
				acknowledge: () => this.call("complaint_handling.api.escalation.acknowledge", { name: row.log }),
			};
			acts[event.currentTarget.dataset.act]();
		});
	}

	async call(method, values) {
		await frappe.xcall(method, values);
		this.load();
	}

	add_note(row) {
		const dialog = new frappe.ui.Dialog({
			title: __("Note on {0}", [row.document]),
			fields: [
				{ fieldname: "text", fieldtype: "Small Text", label: __("What to Remember"), reqd: 1 },
				{
					fieldname: "on",
					fieldtype: "Date",
					label: __("Remind on"),
					reqd: 1,
					default: frappe.datetime.add_days(frappe.datetime.get_today(), 1),
				},
				{ fieldtype: "Column Break" },
				{
					fieldname: "user",
					fieldtype: "Link",
					options: "User",
					label: __("For"),
					default: frappe.session.user,
					description: __("Who may read the document."),
				},
			],
			primary_action_label: __("Add Note"),
			primary_action: async ({ text, on, user }) => {
				await frappe.xcall("complaint_handling.api.work_list.add_note", {
					doctype: row.doctype,
					name: row.document,
					text,
					on,
					user,
				});
				dialog.hide();
				frappe.show_alert({ message: __("Noted"), indicator: "green" });
				this.load();
			},
		});
		dialog.show();
	}
};
