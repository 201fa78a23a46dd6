// The form of a calendar: what it lacks, public holidays, and what a change would mean for open due times.
frappe.ui.form.on("Complaint Calendar", {
	async onload(frm) {
		if (frm.fields_dict.time_zone.df.options) return;
		const { message } = await frappe.call("frappe.core.doctype.user.user.get_timezones");
		frm.fields_dict.time_zone.set_data(message.timezones);
	},

	refresh(frm) {
		show_shortcomings(frm);
		if (frm.is_new() || !frm.has_perm("write")) return;
		const dialogs = complaint_handling.calendar;
		add_button(frm, __("Propose Public Holidays"), dialogs.propose_holidays);
		add_button(frm, __("Import Announcement"), dialogs.import_announcement);
		add_button(frm, __("Copy to Year"), dialogs.copy_to_year);
		frm.add_custom_button(__("Open Due Times this Would Move"), () =>
			dialogs.show_moved(frm, true)
		);
	},

	after_save(frm) {
		complaint_handling.calendar.tell_of_moved(frm);
	},
});

frappe.ui.form.on("Complaint Calendar Period", {
	periods_add(frm, doctype, name) {
		// The host proposes the current time.
		const row = locals[doctype][name];
		const before = frm.doc.periods[row.idx - 2] || {};
		Object.assign(row, {
			weekday: before.weekday,
			start_time: before.start_time || "09:00:00",
			end_time: before.end_time || "18:00:00",
		});
		frm.refresh_field("periods");
	},
});

frappe.ui.form.on("Complaint Calendar Exception", {
	exceptions_add(frm, doctype, name) {
		Object.assign(locals[doctype][name], { start_time: null, end_time: null });
		frm.refresh_field("exceptions");
	},

	kind(frm, doctype, name) {
		const row = locals[doctype][name];
		if (["Closed", "Holiday"].includes(row.kind)) {
			Object.assign(row, { start_time: null, end_time: null });
			frm.refresh_field("exceptions");
		}
	},
});

function add_button(frm, label, open) {
	frm.add_custom_button(
		label,
		() => {
			if (frm.is_dirty()) frappe.msgprint(__("Save the calendar first."));
			else open(frm);
		},
		__("Public Holidays")
	);
}

function show_shortcomings(frm) {
	const found = frm.doc.__onload?.shortcomings || [];
	frm.dashboard.clear_headline();
	if (!found.length || frm.is_new()) return;
	frm.dashboard.set_headline_alert(found.map(frappe.utils.escape_html).join("<br>"), "orange");
}
