frappe.ui.form.on("Complaint Escalation Log", {
	refresh(frm) {
		add_link_to_document(frm);
		if (waits_for_user(frm.doc)) {
			frm.add_custom_button(__("Acknowledge"), () => acknowledge(frm)).addClass("btn-primary");
		}
	},
});

function waits_for_user(doc) {
	return (
		doc.requires_acknowledgement && !doc.acknowledged_on && doc.escalated_to === frappe.session.user
	);
}

function add_link_to_document(frm) {
	frm.add_custom_button(__(frm.doc.reference_doctype), () =>
		frappe.set_route("Form", frm.doc.reference_doctype, frm.doc.reference_name)
	);
}

async function acknowledge(frm) {
	await frappe.xcall("complaint_handling.api.escalation.acknowledge", { name: frm.doc.name });
	frappe.show_alert({ message: __("Acknowledged"), indicator: "green" });
	await frm.reload_doc();
}
