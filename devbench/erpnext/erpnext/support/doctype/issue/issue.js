frappe.ui.form.on("Issue", {
	setup(frm) {
		frm.set_query("contact", () => ({
			query: "frappe.contacts.doctype.contact.contact.contact_query",
			filters: { link_doctype: "Customer", link_name: frm.doc.customer },
		}));
	},

	refresh(frm) {
		if (frm.is_new()) return;
		const is_open = !["Closed", "Resolved"].includes(frm.doc.status);
		const [label, status] = is_open ? [__("Close"), "Closed"] : [__("Reopen"), "Open"];
		frm.add_custom_button(label, async () => {
			await frm.set_value("status", status);
			frm.save();
		});
	},
});
