frappe.treeview_settings["Complaint Category"] = {
	breadcrumb: "Complaint Handling",
	title: __("Complaint Categories"),
	root_label: __("All Complaint Categories"),
	get_tree_root: false,
	get_tree_nodes: "complaint_handling.api.categories.get_tree_nodes",
	get_label(node) {
		const escape = frappe.utils.escape_html;
		const label = `<span>${escape(__(node.data.value || node.label))}</span>`;
		const marks = [];
		if (node.data.is_past) marks.push(`<span class="indicator-pill red">${__("Read Again")}</span>`);
		if (node.data.codes) marks.push(`<span class="text-muted small">${escape(node.data.codes)}</span>`);
		return [label, ...marks].join(" ");
	},
	onload(treeview) {
		treeview.make_tree();
	},
};
