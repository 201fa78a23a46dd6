// Shared by the forms of Sales Order, Delivery Note and Sales Invoice: Frappe puts this file in their scripts.
frappe.provide("erpnext.selling");

erpnext.selling.watch = function (doctype) {
	frappe.ui.form.on(doctype, {
		setup(frm) {
			frm.set_query("customer", () => ({ filters: { disabled: 0 } }));
			frm.set_query("item_code", "items", () => ({
				filters: { disabled: 0, is_sales_item: 1, has_variants: 0 },
			}));
			frm.set_query("batch_no", "items", (doc, cdt, cdn) => ({
				filters: { item: frappe.get_doc(cdt, cdn).item_code },
			}));
			for (const fieldname of ["contact_person", "customer_address", "shipping_address_name"]) {
				frm.set_query(fieldname, () => erpnext.selling.linked_to_customer(frm, fieldname));
			}
		},
		onload(frm) {
			if (frm.is_new()) erpnext.selling.take_over_company(frm);
		},
		company(frm) {
			erpnext.selling.take_over_company(frm);
		},
		customer(frm) {
			return erpnext.selling.take_over_customer(frm);
		},
		conversion_rate: erpnext.selling.calculate_totals,
	});

	frappe.ui.form.on(`${doctype} Item`, {
		item_code(frm, cdt, cdn) {
			return erpnext.selling.take_over_item(frm, cdt, cdn);
		},
		qty: erpnext.selling.calculate_totals,
		rate: erpnext.selling.calculate_totals,
		items_remove: erpnext.selling.calculate_totals,
	});
};

erpnext.selling.linked_to_customer = function (frm, fieldname) {
	const kind = fieldname === "contact_person" ? "contact" : "address";
	return {
		query: `frappe.contacts.doctype.${kind}.${kind}.${kind}_query`,
		filters: { link_doctype: "Customer", link_name: frm.doc.customer },
	};
};

erpnext.selling.take_over_company = async function (frm) {
	if (!frm.doc.company) return;
	const company = await frappe.db.get_value("Company", frm.doc.company, "default_currency");
	const values = company.message || {};
	if (!frm.doc.currency) await frm.set_value("currency", values.default_currency);
	if (!frm.doc.conversion_rate) await frm.set_value("conversion_rate", 1);
	if (!frm.doc.plc_conversion_rate) await frm.set_value("plc_conversion_rate", 1);
	if (!frm.doc.selling_price_list) {
		await frm.set_value("selling_price_list", frappe.defaults.get_default("selling_price_list"));
	}
	if (!frm.doc.price_list_currency) await frm.set_value("price_list_currency", frm.doc.currency);
};

erpnext.selling.take_over_customer = async function (frm) {
	if (!frm.doc.customer) return;
	const details = await frappe.xcall("erpnext.accounts.party.get_party_details", {
		party: frm.doc.customer,
		party_type: "Customer",
		company: frm.doc.company,
	});
	for (const [fieldname, value] of Object.entries(details)) {
		if (frm.fields_dict[fieldname] && value) await frm.set_value(fieldname, value);
	}
};

erpnext.selling.take_over_item = async function (frm, cdt, cdn) {
	const row = frappe.get_doc(cdt, cdn);
	if (!row.item_code) return;
	const details = await frappe.xcall("erpnext.stock.get_item_details.get_item_details", {
		args: {
			item_code: row.item_code,
			company: frm.doc.company,
			set_warehouse: frm.doc.set_warehouse,
		},
	});
	for (const [fieldname, value] of Object.entries(details)) {
		if (frappe.meta.has_field(cdt, fieldname)) await frappe.model.set_value(cdt, cdn, fieldname, value);
	}
	if (!row.qty) await frappe.model.set_value(cdt, cdn, "qty", 1);
	erpnext.selling.calculate_totals(frm);
};

erpnext.selling.calculate_totals = function (frm) {
	const rate = flt(frm.doc.conversion_rate) || 1;
	for (const row of frm.doc.items || []) {
		row.amount = flt(flt(row.qty) * flt(row.rate), precision("amount", row));
		row.base_rate = flt(row.rate) * rate;
		row.base_amount = row.amount * rate;
		row.stock_qty = flt(row.qty) * (flt(row.conversion_factor) || 1);
	}
	const rows = frm.doc.items || [];
	frm.doc.total_qty = rows.reduce((sum, row) => sum + flt(row.qty), 0);
	frm.doc.total = rows.reduce((sum, row) => sum + flt(row.amount), 0);
	for (const fieldname of ["total", "net_total", "grand_total"]) {
		frm.doc[fieldname] = frm.doc.total;
		frm.doc[`base_${fieldname}`] = frm.doc.total * rate;
	}
	frm.doc.rounded_total = Math.round(frm.doc.grand_total);
	frm.refresh_fields();
};

erpnext.selling.add_create_button = function (frm, label, method) {
	frm.add_custom_button(label, () => frappe.model.open_mapped_doc({ method, frm }), __("Create"));
};
