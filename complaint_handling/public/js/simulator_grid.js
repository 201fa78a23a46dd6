// A calendar of weeks: open time, holidays, make-up and half days, and the moments of a case placed on them.
frappe.provide("complaint_handling");

// As in the style sheet, so that a day fits without scrolling.
const HOUR_HEIGHT = 18;

// `moments`: {at, kind, label, title, key}. `calendar`: {open, days, first_day, last_day} as the server gives it.
complaint_handling.SimulatorGrid = class {
	constructor(wrapper) {
		this.wrapper = $(wrapper).addClass("simulator-grid");
		this.view = "month";
		this.week = 0;
	}

	show(calendar, moments) {
		this.calendar = calendar;
		this.moments = moments
			.map((moment) => ({ ...moment, at: complaint_handling.shown_moment(moment.at) }))
			.sort((one, other) => one.at - other.at);
		this.days = this.make_days();
		const last_week = this.days.length / 7 - 1;
		this.week = Math.max(0, Math.min(this.week, last_week));
		this.draw();
	}

	make_days() {
		const day = moment(this.calendar.first_day);
		const days = [];
		while (!day.isAfter(this.calendar.last_day)) {
			days.push({ date: day.clone(), key: day.format("YYYY-MM-DD"), open: [], moments: [] });
			day.add(1, "day");
		}
		this.by_key = Object.fromEntries(days.map((each) => [each.key, each]));
		for (const each of this.moments) this.by_key[each.at.format("YYYY-MM-DD")]?.moments.push(each);
		for (const [start, end] of this.calendar.open) this.add_open(start, end);
		return days;
	}

	// In another zone than the calendar's an interval may reach over midnight.
	add_open(start, end) {
		let from = complaint_handling.shown_moment(start);
		const to = complaint_handling.shown_moment(end);
		while (from < to) {
			const midnight = from.clone().startOf("day").add(1, "day");
			const until = midnight < to ? midnight : to;
			const minute = (value) => value.diff(from.clone().startOf("day"), "minutes");
			this.by_key[from.format("YYYY-MM-DD")]?.open.push([minute(from), minute(until)]);
			from = until;
		}
	}

	draw() {
		const draw = { month: () => this.month(), week: () => this.week_view() }[this.view];
		this.wrapper.html(`${this.toolbar()}<div class="simulator-scroll">${draw()}</div>`);
		this.wrapper.find("[data-view]").on("click", (event) => {
			this.view = event.currentTarget.dataset.view;
			this.draw();
		});
		this.wrapper.find("[data-step]").on("click", (event) => {
			this.week += Number(event.currentTarget.dataset.step);
			this.draw();
		});
	}

	toolbar() {
		const button = (view, label) =>
			`<button class="btn btn-xs btn-default ${this.view === view ? "active" : ""}" data-view="${view}">${label}</button>`;
		const step = (by, icon, able) =>
			`<button class="btn btn-xs btn-default" data-step="${by}" ${able ? "" : "disabled"}>${icon}</button>`;
		const weeks = this.days.length / 7;
		const steps =
			this.view === "week" ? step(-1, "‹", this.week > 0) + step(1, "›", this.week < weeks - 1) : "";
		return `<div class="simulator-toolbar">
			<div class="btn-group">${button("month", __("Weeks"))}${button("week", __("Day by Hour"))}</div>
			<div class="btn-group">${steps}</div>
			<div class="simulator-legend">
				<span><i class="open"></i>${__("Open", null, "Complaint Simulator")}</span>
				<span><i class="closed"></i>${__("Not Open")}</span>
				<span><i class="holiday"></i>${__("Holiday")}</span>
				<span><i class="added"></i>${__("Make-up or Own Hours")}</span>
				<span><b class="chip start"></b>${__("Start")}</span>
				<span><b class="chip warn"></b>${__("Warning")}</span>
				<span><b class="chip due"></b>${__("Due")}</span>
				<span><b class="chip raised"></b>${__("Escalation")}</span>
			</div>
		</div>`;
	}

	// Weeks: a cell a day with a strip of its 24 hours.

	month() {
		const heads = this.days.slice(0, 7).map((day) => `<div class="head">${complaint_handling.weekday(day.date)}</div>`);
		const cells = this.days.map((day) => this.cell(day));
		return `<div class="simulator-month">${heads.join("")}${cells.join("")}</div>`;
	}

	cell(day) {
		const date = day.date.date() === 1 || day === this.days[0] ? complaint_handling.day_and_month(day.date) : day.date.date();
		const open = day.open.map(([from, to]) => this.span(from, to, "left", "width")).join("");
		return `<div class="day ${this.class_of(day)}" data-date="${day.key}">
			<div class="date"><span>${date}</span>${this.name_of(day)}</div>
			<div class="hours" title="${this.hours_of(day)}">${open}</div>
			${day.moments.map((each) => this.chip(each)).join("")}
		</div>`;
	}

	span(from, to, start, length) {
		return `<i style="${start}: ${from / 14.4}%; ${length}: ${(to - from) / 14.4}%"></i>`;
	}

	chip(each, style = "") {
		const escape = frappe.utils.escape_html;
		return `<div class="chip ${each.kind}" data-key="${each.key ?? ""}" style="${style}"
			title="${escape(each.title)}"><b>${each.at.format("HH:mm")}</b> ${escape(each.label)}</div>`;
	}

	class_of(day) {
		const named = this.calendar.days[day.key];
		const classes = [day.open.length ? "is-open" : "is-closed"];
		if (named) classes.push(["Holiday", "Closed"].includes(named.kind) ? "is-holiday" : "is-added");
		if (day.key === frappe.datetime.get_today()) classes.push("is-today");
		return classes.join(" ");
	}

	name_of(day) {
		const named = this.calendar.days[day.key];
		if (!named) return "";
		const kind = __(named.kind, null, "Complaint Calendar Exception");
		const text = frappe.utils.escape_html(named.note || kind);
		return `<span class="name" title="${frappe.utils.escape_html(kind)}: ${text}">${text}</span>`;
	}

	hours_of(day) {
		const clock = (minutes) => moment.utc(minutes * 60000).format("HH:mm").replace(/^00:00$/, minutes ? "24:00" : "00:00");
		return day.open.map(([from, to]) => `${clock(from)}–${clock(to)}`).join(", ") || __("Not Open");
	}

	// A week: a column a day with its hours downwards.

	week_view() {
		const days = this.days.slice(this.week * 7, this.week * 7 + 7);
		const hours = Array.from({ length: 24 }, (_, hour) => `<div class="hour">${hour}:00</div>`).join("");
		const columns = days.map((day) => this.column(day)).join("");
		const heads = days.map(
			(day) => `<div class="head ${this.class_of(day)}">${complaint_handling.weekday(day.date)} ${complaint_handling.day_and_month(day.date)}${this.name_of(day)}</div>`
		);
		return `<div class="simulator-week"><div class="head"></div>${heads.join("")}
			<div class="clock">${hours}</div>${columns}</div>`;
	}

	column(day) {
		const open = day.open.map(([from, to]) => this.span(from, to, "top", "height")).join("");
		let free_from = 0;
		const chips = day.moments.map((each) => {
			const minute = each.at.hours() * 60 + each.at.minutes();
			// Moments of one hour stand one below the other.
			const top = Math.max((minute / 60) * HOUR_HEIGHT, free_from);
			free_from = top + 17;
			return this.chip(each, `top: ${top}px`);
		});
		return `<div class="column ${this.class_of(day)}" data-date="${day.key}">${open}${chips.join("")}</div>`;
	}
};
