{% include "erpnext/selling/sales_common.js" %}

erpnext.selling.watch("Delivery Note");

frappe.ui.form.on("Delivery Note", {
	refresh(frm) {
		if (frm.doc.docstatus !== 1) return;
		const module = "erpnext.stock.doctype.delivery_note.delivery_note";
		if (!frm.doc.is_return && flt(frm.doc.per_returned) < 100) {
			erpnext.selling.add_create_button(frm, __("Sales Return"), `${module}.make_sales_return`);
		}
		if (!frm.doc.is_return && flt(frm.doc.per_billed) < 100 && frappe.model.can_create("Sales Invoice")) {
			erpnext.selling.add_create_button(frm, __("Sales Invoice"), `${module}.make_sales_invoice`);
		}
		frm.page.set_inner_btn_group_as_primary(__("Create"));
	},
});
