app_name = "complaint_handling"
app_title = "Complaint Handling"
app_publisher = "Complaint Handling contributors"
app_description = "Customer complaint handling for ERPNext"
app_email = "maintainers@complaint-handling.example"
app_license = "GPL-3.0-or-later"

required_apps = ["frappe/erpnext"]
export_python_type_annotations = True
require_type_annotated_api_methods = True

after_install = "complaint_handling.install.after_install"
after_migrate = "complaint_handling.install.after_migrate"
before_uninstall = "complaint_handling.uninstall.before_uninstall"
after_uninstall = "complaint_handling.uninstall.after_uninstall"

doctype_js = {
	"Sales Order": "public/js/create_complaint.js",
	"Delivery Note": "public/js/create_complaint.js",
	"Sales Invoice": "public/js/create_complaint.js",
	"Customer": "public/js/create_complaint.js",
	"Issue": "public/js/create_complaint.js",
	"Customer Complaint": "public/js/workflow_dialog.js",
	"Complaint Handling Slip": "public/js/workflow_dialog.js",
	"Complaint 8D Report": "public/js/workflow_dialog.js",
	"Complaint Revisit": "public/js/workflow_dialog.js",
}
override_doctype_dashboards = {
	"Sales Order": "complaint_handling.integrations.erpnext.sales_order.add_connections",
	"Delivery Note": "complaint_handling.integrations.erpnext.delivery_note.add_connections",
	"Sales Invoice": "complaint_handling.integrations.erpnext.sales_invoice.add_connections",
	"Customer": "complaint_handling.integrations.erpnext.customer.add_connections",
	"Issue": "complaint_handling.integrations.erpnext.issue.add_connections",
	"Item": "complaint_handling.integrations.erpnext.goods.add_item_connections",
	"Batch": "complaint_handling.integrations.erpnext.goods.add_batch_connections",
}

scheduler_events = {
	"cron": {"*/5 * * * *": ["complaint_handling.jobs.escalation.escalate_overdue_complaints"]},
}

fixtures = [
	{
		"dt": "Role",
		"filters": [
			[
				"name",
				"in",
				[
					"Complaint Agent",
					"Complaint Auditor",
					"Complaint Coordinator",
					"Complaint Department Manager",
					"Complaint General Manager",
					"Complaint Handler",
					"Complaint Reviewer",
					"Complaint Vice President",
				],
			]
		],
	},
]
