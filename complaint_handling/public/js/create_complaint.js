// Create > Customer Complaint on the documents of ERPNext. The user picks the goods complained of.
frappe.provide("complaint_handling");

(() => {
	// Each form evaluates this file; the handlers are bound once.
	if (complaint_handling.creates_complaints) return;
	complaint_handling.creates_complaints = true;

	const METHODS = {
		"Sales Order": "complaint_handling.integrations.erpnext.sales_order.make_customer_complaint",
		"Delivery Note": "complaint_handling.integrations.erpnext.delivery_note.make_customer_complaint",
		"Sales Invoice": "complaint_handling.integrations.erpnext.sales_invoice.make_customer_complaint",
		Customer: "complaint_handling.integrations.erpnext.customer.make_customer_complaint",
		Issue: "complaint_handling.integrations.erpnext.issue.make_customer_complaint",
	};
	const WITH_GOODS = ["Sales Order", "Delivery Note", "Sales Invoice"];

	for (const doctype of Object.keys(METHODS)) {
		frappe.ui.form.on(doctype, {
			refresh(frm) {
				if (can_complain(frm)) {
					frm.add_custom_button(
						__("Customer Complaint"),
						() => complaint_handling.start_complaint(frm.doctype, frm.doc),
						__("Create")
					);
				}
			},
		});
	}

	function can_complain(frm) {
		if (frm.is_new() || !frappe.model.can_create("Customer Complaint")) return false;
		return !WITH_GOODS.includes(frm.doctype) || (frm.doc.docstatus === 1 && !frm.doc.is_return);
	}

	// Also called where no form of the source is open: `doc` holds its name and its items.
	complaint_handling.start_complaint = function (doctype, doc) {
		const items = WITH_GOODS.includes(doctype) ? doc.items || [] : [];
		if (items.length <= 1) {
			open_complaint(
				doctype,
				doc,
				items.map((row) => row.name)
			);
			return;
		}
		const dialog = new frappe.ui.Dialog({
			title: __("Which goods does the customer complain about?"),
			fields: [
				{
					fieldname: "rows",
					fieldtype: "MultiCheck",
					columns: 1,
					select_all: true,
					options: items.map((row) => ({
						label: frappe.utils.escape_html(
							`${row.idx}. ${row.item_name || row.item_code} · ${row.qty} ${row.uom || ""}`
						),
						value: row.name,
					})),
				},
			],
			primary_action_label: __("Create Complaint"),
			primary_action({ rows }) {
				if (!rows || !rows.length) {
					frappe.msgprint(__("Choose at least one of the goods."));
					return;
				}
				dialog.hide();
				open_complaint(doctype, doc, rows);
			},
		});
		dialog.show();
	};

	function open_complaint(doctype, doc, rows) {
		frappe.model.open_mapped_doc({ method: METHODS[doctype], source_name: doc.name, args: { rows } });
	}
})();
