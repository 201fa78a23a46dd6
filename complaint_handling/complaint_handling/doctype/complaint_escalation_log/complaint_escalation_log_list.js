frappe.listview_settings["Complaint Escalation Log"] = {
	hide_name_column: true,
	add_fields: ["kind", "requires_acknowledgement", "acknowledged_on"],
	get_indicator(doc) {
		if (doc.requires_acknowledgement && !doc.acknowledged_on) {
			return [
				__("To be Acknowledged"),
				"orange",
				"requires_acknowledgement,=,1|acknowledged_on,is,not set",
			];
		}
		if (doc.requires_acknowledgement) {
			return [
				__("Acknowledged"),
				"green",
				"requires_acknowledgement,=,1|acknowledged_on,is,set",
			];
		}
		const colour = { Warning: "yellow", Breach: "red", Escalation: "red" }[doc.kind] || "gray";
		return [__(doc.kind), colour, `kind,=,${doc.kind}`];
	},
};
