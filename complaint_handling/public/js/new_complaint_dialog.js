// Whoever calls: a complaint starts from an order, a telephone number or a customer, or from an empty form.
frappe.provide("complaint_handling");

complaint_handling.new_complaint = function () {
	const escape = (text) => frappe.utils.escape_html(text || "");
	const dialog = new frappe.ui.Dialog({
		title: __("New Complaint"),
		fields: [
			{
				fieldname: "text",
				fieldtype: "Data",
				label: __("Order Number, Customer or Telephone"),
				placeholder: __("Type what the caller tells you"),
			},
			{ fieldname: "found", fieldtype: "HTML" },
		],
		primary_action_label: __("Empty Form"),
		primary_action() {
			dialog.hide();
			frappe.new_doc("Customer Complaint");
		},
	});
	const found = dialog.get_field("found").$wrapper;
	let asked = 0;
	const search = frappe.utils.debounce(async () => {
		const text = dialog.fields_dict.text.$input.val();
		const turn = ++asked;
		const rows = await frappe.xcall("complaint_handling.api.intake.search_sources", { text });
		if (turn === asked) show(rows, text);
	}, 300);
	dialog.fields_dict.text.$input.on("input", search);
	dialog.fields_dict.text.$input.on("keydown", (event) => {
		if (event.key !== "Enter") return;
		// The host would press the primary button.
		event.preventDefault();
		event.stopPropagation();
		found.find(".source").first().trigger("click");
	});
	dialog.show();

	function show(rows, text) {
		const nothing = text.trim().length > 1 ? __("Nothing found.") : "";
		found.html(
			rows.map((row, number) => line(row, number)).join("") || `<p class="text-muted">${nothing}</p>`
		);
		found.find(".source").on("click", (event) => {
			dialog.hide();
			complaint_handling.start_from(rows[event.currentTarget.dataset.number]);
		});
	}

	function line(source, number) {
		const { title, note } = complaint_handling.source_descriptions[source.kind](source.row, source);
		return `<button type="button" class="source btn btn-default btn-block" data-number="${number}">
			<span class="source-kind text-muted">${__(source.kind)}</span>
			<span class="source-title">${escape(title)}</span>
			<span class="source-note text-muted small">${escape(note)}</span>
		</button>`;
	}
};

(() => {
	const name_of = (row) => [row.first_name, row.last_name].filter(Boolean).join(" ");
	const START = {
		async "Sales Order"({ row }) {
			complaint_handling.start_complaint("Sales Order", await frappe.db.get_doc("Sales Order", row.name));
		},
		Contact({ row, customer }) {
			frappe.new_doc("Customer Complaint", {
				customer,
				contact: row.name,
				complainant_name: name_of(row),
				complainant_phone: row.mobile_no || row.phone,
				complainant_email: row.email_id,
				complainant_position: row.designation,
			});
		},
		Customer({ row }) {
			complaint_handling.start_complaint("Customer", { name: row.name });
		},
	};

	complaint_handling.source_descriptions = {
		"Sales Order": (row) => ({
			title: row.name,
			note: `${row.customer_name || row.customer} · ${frappe.datetime.str_to_user(row.transaction_date)}`,
		}),
		Contact: (row, source) => ({
			title: name_of(row) || row.name,
			note: [row.mobile_no || row.phone, source.customer].filter(Boolean).join(" · "),
		}),
		Customer: (row) => ({ title: row.customer_name || row.name, note: row.customer_group }),
	};
	complaint_handling.start_from = (source) => START[source.kind](source);
})();
