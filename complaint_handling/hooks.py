app_name = "complaint_handling"
app_title = "Complaint Handling"
app_publisher = "Complaint Handling contributors"
app_description = "Customer complaint handling for ERPNext"
app_email = "maintainers@complaint-handling.example"
app_license = "GPL-3.0-or-later"

add_to_apps_screen = [
	{
		"name": "complaint_handling",
		"logo": "/assets/complaint_handling/images/logo.svg",
		"title": "Complaint Handling",
		"route": "/app/complaint-handling",
	}
]

required_apps = ["frappe/erpnext"]
export_python_type_annotations = True
require_type_annotated_api_methods = True

after_install = "complaint_handling.install.after_install"
after_migrate = "complaint_handling.install.after_migrate"
before_uninstall = "complaint_handling.uninstall.before_uninstall"

app_include_css = "/assets/complaint_handling/css/complaint_handling.css"
doctype_js = {
	"Sales Order": "public/js/create_complaint.js",
	"Delivery Note": "public/js/create_complaint.js",
	"Sales Invoice": "public/js/create_complaint.js",
	"Customer": "public/js/create_complaint.js",
	"Issue": "public/js/create_complaint.js",
	"Customer Complaint": [
		"public/js/workflow_dialog.js",
		"public/js/locked_fields.js",
		"public/js/shown_moment.js",
		"public/js/waits_board.js",
		"public/js/slips.js",
		"public/js/intake_panels.js",
		"public/js/intake_form.js",
		"public/js/intake_decisions.js",
		"public/js/solution_rounds.js",
		"public/js/special_cases.js",
	],
	"Complaint Handling Slip": ["public/js/workflow_dialog.js", "public/js/locked_fields.js"],
	"Complaint Contact": ["public/js/slips.js"],
	"Complaint 8D Report": ["public/js/workflow_dialog.js", "public/js/locked_fields.js"],
	"Complaint Revisit": ["public/js/workflow_dialog.js", "public/js/locked_fields.js"],
	"Complaint Deferral Request": ["public/js/workflow_dialog.js", "public/js/locked_fields.js"],
	"Complaint Procedure": [
		"public/js/shown_moment.js",
		"public/js/simulator_grid.js",
		"public/js/simulator.js",
		"public/js/procedure_simulator.js",
	],
	"Complaint Calendar": [
		"public/js/calendar_dialogs.js",
		"public/js/shown_moment.js",
		"public/js/simulator_grid.js",
		"public/js/simulator.js",
		"public/js/procedure_simulator.js",
	],
}
doctype_list_js = {
	"Customer Complaint": [
		"public/js/create_complaint.js",
		"public/js/new_complaint_dialog.js",
		"public/js/special_cases_list.js",
	],
}
override_doctype_dashboards = {
	"Sales Order": "complaint_handling.integrations.erpnext.sales_order.add_connections",
	"Delivery Note": "complaint_handling.integrations.erpnext.delivery_note.add_connections",
	"Sales Invoice": "complaint_handling.integrations.erpnext.sales_invoice.add_connections",
	"Customer": "complaint_handling.integrations.erpnext.customer.add_connections",
	"Issue": "complaint_handling.integrations.erpnext.issue.add_connections",
	"Item": "complaint_handling.integrations.erpnext.goods.add_item_connections",
	"Batch": "complaint_handling.integrations.erpnext.goods.add_batch_connections",
	"Quality Meeting": "complaint_handling.integrations.erpnext.quality_meeting.add_connections",
}

permission_query_conditions = {
	"Customer Complaint": "complaint_handling.permissions.complaint_query",
	"Complaint Handling Slip": "complaint_handling.permissions.slip_query",
	"Complaint 8D Report": "complaint_handling.permissions.eight_d_query",
	"Complaint Revisit": "complaint_handling.permissions.revisit_query",
	"Complaint Deferral Request": "complaint_handling.permissions.deferral_query",
	"Complaint Contact": "complaint_handling.permissions.contact_query",
	"Complaint Promise": "complaint_handling.permissions.promise_query",
	"Complaint Re-review": "complaint_handling.permissions.re_review_query",
	"Complaint Evaluation": "complaint_handling.permissions.evaluation_query",
	"Complaint Authority Case": "complaint_handling.permissions.authority_case_query",
	"Complaint Milestone": "complaint_handling.permissions.milestone_query",
	"Complaint Escalation Log": "complaint_handling.permissions.escalation_log_query",
	"Complaint Item": "complaint_handling.permissions.item_query",
	"Complaint Team Member": "complaint_handling.permissions.team_member_query",
	"Complaint Measure": "complaint_handling.permissions.measure_query",
	"Complaint Remedy": "complaint_handling.permissions.remedy_query",
	"Complaint 8D Source": "complaint_handling.permissions.source_query",
	"Complaint 8D Action": "complaint_handling.permissions.action_query",
	"Complaint Document Change": "complaint_handling.permissions.document_change_query",
	"Complaint Check Answer": "complaint_handling.permissions.check_answer_query",
	"Complaint Responsible Party": "complaint_handling.permissions.responsible_party_query",
	"Complaint Improvement": "complaint_handling.permissions.improvement_query",
	"Complaint Training": "complaint_handling.permissions.training_query",
	"Access Log": "complaint_handling.integrations.frappe.access_log.get_permission_query_conditions",
	"Activity Log": "complaint_handling.integrations.frappe.activity_log.get_permission_query_conditions",
	"Comment": "complaint_handling.integrations.frappe.comment.get_permission_query_conditions",
	"Communication": "complaint_handling.integrations.frappe.communication.get_permission_query_conditions",
	"DocShare": "complaint_handling.integrations.frappe.docshare.get_permission_query_conditions",
	"Document Follow": "complaint_handling.integrations.frappe.document_follow.get_permission_query_conditions",
	"Document Share Key": "complaint_handling.integrations.frappe.document_share_key.get_permission_query_conditions",
	"Email Queue": "complaint_handling.integrations.frappe.email_queue.get_permission_query_conditions",
	"Energy Point Log": "complaint_handling.integrations.frappe.energy_point_log.get_permission_query_conditions",
	"File": "complaint_handling.integrations.frappe.file.get_permission_query_conditions",
	"Milestone": "complaint_handling.integrations.frappe.milestone.get_permission_query_conditions",
	"Notification Log": "complaint_handling.integrations.frappe.notification_log.get_permission_query_conditions",
	"Tag Link": "complaint_handling.integrations.frappe.tag_link.get_permission_query_conditions",
	"ToDo": "complaint_handling.integrations.frappe.todo.get_permission_query_conditions",
	"Version": "complaint_handling.integrations.frappe.version.get_permission_query_conditions",
	"View Log": "complaint_handling.integrations.frappe.view_log.get_permission_query_conditions",
	"Workflow Action": "complaint_handling.integrations.frappe.workflow_action.get_permission_query_conditions",
}
has_permission = {
	"Customer Complaint": "complaint_handling.permissions.has_permission",
	"Complaint Handling Slip": "complaint_handling.permissions.has_permission",
	"Complaint 8D Report": "complaint_handling.permissions.has_permission",
	"Complaint Revisit": "complaint_handling.permissions.has_permission",
	"Complaint Deferral Request": "complaint_handling.permissions.has_permission",
	"Complaint Contact": "complaint_handling.permissions.has_permission",
	"Complaint Promise": "complaint_handling.permissions.has_permission",
	"Complaint Re-review": "complaint_handling.permissions.has_permission",
	"Complaint Evaluation": "complaint_handling.permissions.has_permission",
	"Complaint Authority Case": "complaint_handling.permissions.has_permission",
	"Complaint Milestone": "complaint_handling.permissions.has_permission",
	"Complaint Escalation Log": "complaint_handling.permissions.has_permission",
	"Access Log": "complaint_handling.integrations.frappe.access_log.has_permission",
	"Activity Log": "complaint_handling.integrations.frappe.activity_log.has_permission",
	"Comment": "complaint_handling.integrations.frappe.comment.has_permission",
	"Communication": "complaint_handling.integrations.frappe.communication.has_permission",
	"DocShare": "complaint_handling.integrations.frappe.docshare.has_permission",
	"Document Follow": "complaint_handling.integrations.frappe.document_follow.has_permission",
	"Document Share Key": "complaint_handling.integrations.frappe.document_share_key.has_permission",
	"Email Queue": "complaint_handling.integrations.frappe.email_queue.has_permission",
	"Energy Point Log": "complaint_handling.integrations.frappe.energy_point_log.has_permission",
	"File": "complaint_handling.integrations.frappe.file.has_permission",
	"Milestone": "complaint_handling.integrations.frappe.milestone.has_permission",
	"Notification Log": "complaint_handling.integrations.frappe.notification_log.has_permission",
	"Tag Link": "complaint_handling.integrations.frappe.tag_link.has_permission",
	"ToDo": "complaint_handling.integrations.frappe.todo.has_permission",
	"Version": "complaint_handling.integrations.frappe.version.has_permission",
	"View Log": "complaint_handling.integrations.frappe.view_log.has_permission",
	"Workflow Action": "complaint_handling.integrations.frappe.workflow_action.has_permission",
}
auth_hooks = ["complaint_handling.integrations.frappe.requests.guard"]

delete_file_data_content = ["complaint_handling.integrations.frappe.file.delete_unless_held"]

doc_events = {
	"Comment": {
		"validate": "complaint_handling.services.special_cases.legal_holds.refuse_change_of_evidence",
		"on_trash": "complaint_handling.services.special_cases.legal_holds.refuse_deletion",
	},
	"Communication": {
		"validate": "complaint_handling.services.special_cases.legal_holds.refuse_change_of_evidence",
		"on_trash": "complaint_handling.services.special_cases.legal_holds.refuse_deletion",
	},
	"Complaint Contact": {
		"validate": "complaint_handling.services.special_cases.legal_holds.refuse_change_of_evidence",
		"on_trash": "complaint_handling.services.special_cases.legal_holds.refuse_deletion",
	},
	"DocShare": {"validate": "complaint_handling.integrations.frappe.docshare.refuse_share"},
	"Document Follow": {"validate": "complaint_handling.integrations.frappe.document_follow.refuse_follow"},
	"Document Share Key": {
		"before_insert": "complaint_handling.integrations.frappe.document_share_key.refuse_key"
	},
	"Email Queue": {
		"before_insert": "complaint_handling.integrations.frappe.email_queue.leave_out_recipients"
	},
	"Employee": {"on_update": "complaint_handling.integrations.erpnext.employee.follow_user"},
	"File": {
		"before_insert": "complaint_handling.integrations.frappe.file.keep_private",
		"validate": [
			"complaint_handling.integrations.frappe.file.keep_private",
			"complaint_handling.services.special_cases.legal_holds.refuse_change_of_evidence",
		],
		"after_insert": "complaint_handling.integrations.frappe.file.keep_private_link",
		"on_trash": "complaint_handling.services.special_cases.legal_holds.refuse_deletion",
	},
	"Holiday List": {
		"on_change": "complaint_handling.integrations.erpnext.holiday_list.look_again",
		"after_delete": "complaint_handling.integrations.erpnext.holiday_list.look_again",
	},
	"Notification Log": {
		"before_insert": "complaint_handling.integrations.frappe.notification_log.silence",
		"after_insert": "complaint_handling.integrations.frappe.notification_log.remove_silenced",
	},
	"Role": {"before_rename": "complaint_handling.integrations.frappe.role.refuse_rename"},
	"ToDo": {
		"validate": "complaint_handling.integrations.frappe.todo.refuse_assignment",
		"after_insert": "complaint_handling.integrations.frappe.todo.remove_of_imported",
	},
	"Version": {"before_insert": "complaint_handling.integrations.frappe.version.hide_private_values"},
}

scheduler_events = {
	"daily": [
		"complaint_handling.jobs.calendars.warn_of_calendars_that_run_out",
		"complaint_handling.jobs.posts.keep_posts",
		"complaint_handling.jobs.solutions.reopen_unsatisfied_cases",
		"complaint_handling.jobs.solutions.tell_overdue_improvements",
	],
	"cron": {"*/5 * * * *": ["complaint_handling.jobs.escalation.escalate_overdue_complaints"]},
}

jinja = {"methods": ["complaint_handling.printing.complaint_print"]}

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
