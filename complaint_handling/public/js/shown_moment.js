frappe.provide("complaint_handling");

// A stored time, which is of the system's zone, as the user's clock shows it.
complaint_handling.shown_moment = (value) => {
	const zones = frappe.boot.time_zone;
	if (!zones?.system || !zones?.user || zones.system === zones.user) return moment(value);
	return moment(frappe.datetime.convert_to_user_tz(value));
};
