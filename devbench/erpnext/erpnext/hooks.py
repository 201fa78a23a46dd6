app_name = "erpnext"
app_title = "ERPNext"
app_publisher = "Complaint Handling contributors"
app_description = "Stand-in for ERPNext: the DocTypes, fields and roles that a complaint app touches"
app_email = "maintainers@complaint-handling.example"
app_license = "GPL-3.0-or-later"

stand_in = True

after_install = "erpnext.setup.install.after_install"

doc_events = {
	"User": {
		"validate": "erpnext.setup.doctype.employee.employee.validate_employee_role",
		"on_update": "erpnext.portal.utils.set_default_role",
	},
}
