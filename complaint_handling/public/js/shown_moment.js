frappe.provide("complaint_handling");

// A stored time, which is of the system's zone, as the user's clock shows it.
complaint_handling.shown_moment = (value) => {
	const zones = frappe.boot.time_zone;
	if (!zones?.system || !zones?.user || zones.system === zones.user) return moment(value);
	return moment(frappe.datetime.convert_to_user_tz(value));
};

// Names of days as the user's language has them; the moments of the Desk know English only.
complaint_handling.weekday = (value) => intl_text(value, { weekday: "short" });
complaint_handling.day_and_month = (value) => intl_text(value, { month: "short", day: "numeric" });

function intl_text(value, parts) {
	const language = (frappe.boot.lang || "en").replace("_", "-");
	return new Intl.DateTimeFormat(language, parts).format(value.toDate());
}
