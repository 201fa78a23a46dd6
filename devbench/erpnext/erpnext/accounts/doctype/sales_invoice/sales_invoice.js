{% include "erpnext/selling/sales_common.js" %}

erpnext.selling.watch("Sales Invoice");

frappe.ui.form.on("Sales Invoice", {
	refresh(frm) {
		if (frm.doc.docstatus !== 1) return;
		const module = "erpnext.accounts.doctype.sales_invoice.sales_invoice";
		if (!frm.doc.is_return) {
			erpnext.selling.add_create_button(frm, __("Return / Credit Note"), `${module}.make_sales_return`);
		}
		frm.page.set_inner_btn_group_as_primary(__("Create"));
	},
});
