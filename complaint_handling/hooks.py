app_name = "complaint_handling"
app_title = "Complaint Handling"
app_publisher = "Complaint Handling contributors"
app_description = "Customer complaint handling for ERPNext"
app_email = "maintainers@complaint-handling.example"
app_license = "GPL-3.0-or-later"

required_apps = ["frappe/erpnext"]
export_python_type_annotations = True
require_type_annotated_api_methods = True
