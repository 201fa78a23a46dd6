frappe.ui.form.on("Complaint Authority Case", {
	refresh(frm) {
		show_authorities(frm);
	},

	answer(frm) {
		if (frm.doc.answer && !frm.doc.answered_on) {
			frm.set_value("answered_on", frappe.datetime.now_datetime());
		}
	},
});

async function show_authorities(frm) {
	const settings = await frappe.db.get_doc("Complaint Settings");
	const authorities = settings.authorities.map((row) => ({
		value: row.authority,
		label: __(row.authority),
		description: row.answer_within
			? __("Answer within {0} {1}", [row.answer_within, __(row.unit)]) +
			  (row.is_verified ? "" : ` (${__("to be verified")})`)
			: "",
	}));
	frm.set_df_property("authority", "options", authorities);
	frm.get_field("authority").set_data(authorities);
}
