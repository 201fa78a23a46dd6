{% include "erpnext/selling/sales_common.js" %}

erpnext.selling.watch("Sales Order");

frappe.ui.form.on("Sales Order", {
	delivery_date(frm) {
		for (const row of frm.doc.items || []) row.delivery_date = row.delivery_date || frm.doc.delivery_date;
		frm.refresh_field("items");
	},

	refresh(frm) {
		if (frm.doc.docstatus !== 1) return;
		add_status_buttons(frm);
		if (!["Closed", "On Hold"].includes(frm.doc.status)) add_create_buttons(frm);
		frm.page.set_inner_btn_group_as_primary(__("Create"));
	},
});

frappe.ui.form.on("Sales Order Item", {
	items_add(frm, cdt, cdn) {
		if (frm.doc.delivery_date) {
			frappe.model.set_value(cdt, cdn, "delivery_date", frm.doc.delivery_date);
		}
	},
});

function add_create_buttons(frm) {
	const module = "erpnext.selling.doctype.sales_order.sales_order";
	if (flt(frm.doc.per_delivered) < 100 && frappe.model.can_create("Delivery Note")) {
		erpnext.selling.add_create_button(frm, __("Delivery Note"), `${module}.make_delivery_note`);
	}
	if (flt(frm.doc.per_billed) < 100 && frappe.model.can_create("Sales Invoice")) {
		erpnext.selling.add_create_button(frm, __("Sales Invoice"), `${module}.make_sales_invoice`);
	}
}

function add_status_buttons(frm) {
	if (!frm.has_perm("submit")) return;
	const is_stopped = ["Closed", "On Hold"].includes(frm.doc.status);
	const choices = is_stopped
		? [[__("Re-open"), "Draft"]]
		: [
				[__("Hold"), "On Hold"],
				[__("Close"), "Closed"],
			];
	for (const [label, status] of choices) {
		frm.add_custom_button(label, () => set_status(frm, status), __("Status"));
	}
}

async function set_status(frm, status) {
	await frappe.xcall("erpnext.selling.doctype.sales_order.sales_order.update_status", {
		status,
		name: frm.doc.name,
	});
	frm.reload_doc();
}
