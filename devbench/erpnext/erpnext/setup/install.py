"""What a new ERPNext site holds after its set-up wizard, as far as a complaint app meets it."""

import frappe
from frappe.custom.doctype.custom_field.custom_field import create_custom_fields

ROLES = (
	"Academics User",
	"Accounts Manager",
	"Accounts User",
	"Analytics",
	"Auditor",
	"Customer",
	"Delivery Manager",
	"Delivery User",
	"Desk User",
	"Employee",
	"Fleet Manager",
	"Fulfillment User",
	"HR Manager",
	"HR User",
	"Item Manager",
	"Maintenance Manager",
	"Maintenance User",
	"Manufacturing Manager",
	"Manufacturing User",
	"Projects Manager",
	"Projects User",
	"Purchase Manager",
	"Purchase Master Manager",
	"Purchase User",
	"Quality Manager",
	"Sales Manager",
	"Sales Master Manager",
	"Sales User",
	"Stock Manager",
	"Stock User",
	"Supplier",
	"Support Team",
)
PORTAL_ROLES = ("Customer", "Supplier")

# DocType, field of the name, field of the parent, root, leaves below it
TREES = (
	(
		"Customer Group",
		"customer_group_name",
		"parent_customer_group",
		"All Customer Groups",
		("Commercial", "Government", "Individual", "Non Profit"),
	),
	("Territory", "territory_name", "parent_territory", "All Territories", ("Rest Of The World",)),
	(
		"Item Group",
		"item_group_name",
		"parent_item_group",
		"All Item Groups",
		("Consumable", "Products", "Raw Material", "Services", "Sub Assemblies"),
	),
	(
		"Supplier Group",
		"supplier_group_name",
		"parent_supplier_group",
		"All Supplier Groups",
		("Electrical", "Hardware", "Local", "Raw Material", "Services"),
	),
	("Sales Person", "sales_person_name", "parent_sales_person", "Sales Team", ()),
	("Department", "department_name", "parent_department", "All Departments", ()),
)
UNITS = (("Nos", 1), ("Box", 0), ("Hour", 0), ("Kg", 0), ("Meter", 0), ("Set", 1), ("Unit", 1))
PRICE_LISTS = (("Standard Selling", "selling"), ("Standard Buying", "buying"))
PRIORITIES = ("Low", "Medium", "High")
GENDERS = ("Female", "Male", "Other")
SALUTATIONS = ("Mr", "Ms")
PRINT_HEADINGS = ("Credit Note", "Debit Note")
CURRENCY = "CNY"


def after_install() -> None:
	"""Insert every record that is missing; a second run changes nothing."""
	create_roles()
	create_trees()
	create_lists()
	create_company_links()
	save_default_settings()
	give_administrator_all_roles()


def create_roles() -> None:
	for role in ROLES:
		_insert("Role", role, role_name=role)
	for role in PORTAL_ROLES:
		doc = frappe.get_doc("Role", role)
		if doc.desk_access:
			doc.desk_access = 0
			doc.save(ignore_permissions=True)


def create_trees() -> None:
	for doctype, name_field, parent_field, root, leaves in TREES:
		_insert(doctype, root, **{name_field: root, "is_group": 1})
		for leaf in leaves:
			_insert(doctype, leaf, **{name_field: leaf, parent_field: root})


def create_lists() -> None:
	for unit, whole in UNITS:
		_insert("UOM", unit, uom_name=unit, must_be_whole_number=whole, enabled=1)
	for gender in GENDERS:
		_insert("Gender", gender, gender=gender)
	for salutation in SALUTATIONS:
		_insert("Salutation", salutation, salutation=salutation)
	for heading in PRINT_HEADINGS:
		_insert("Print Heading", heading, print_heading=heading)
	for priority in PRIORITIES:
		_insert("Issue Priority", priority)
	_insert("Currency", CURRENCY, currency_name=CURRENCY, enabled=1)
	for price_list, side in PRICE_LISTS:
		_insert(
			"Price List", price_list, price_list_name=price_list, currency=CURRENCY, enabled=1, **{side: 1}
		)


def create_company_links() -> None:
	"""Add the company to Frappe's mailbox and messages, as ERPNext does; Issue takes it from there."""
	create_custom_fields(
		{
			"Email Account": [
				{
					"label": "Company",
					"fieldname": "company",
					"fieldtype": "Link",
					"options": "Company",
					"insert_after": "email_id",
				}
			],
			"Communication": [
				{
					"label": "Company",
					"fieldname": "company",
					"fieldtype": "Link",
					"options": "Company",
					"insert_after": "email_account",
					"fetch_from": "email_account.company",
					"read_only": 1,
				}
			],
		}
	)


def save_default_settings() -> None:
	for doctype in ("Selling Settings", "Stock Settings"):
		settings = frappe.get_doc(doctype)
		for field in settings.meta.fields:
			if field.default and not settings.get(field.fieldname):
				settings.set(field.fieldname, field.default)
		if doctype == "Selling Settings":
			settings.selling_price_list = settings.selling_price_list or "Standard Selling"
		settings.save(ignore_permissions=True)


def give_administrator_all_roles() -> None:
	administrator = frappe.get_doc("User", "Administrator")
	administrator.add_roles(*(role for role in ROLES if role not in (*PORTAL_ROLES, "Employee")))


def _insert(doctype: str, name: str, **values: object) -> None:
	if frappe.db.exists(doctype, name):
		return
	doc = frappe.get_doc({"doctype": doctype, "name": name, **values})
	doc.insert(ignore_permissions=True, ignore_mandatory=True)
