import frappe
from frappe import _
from frappe.utils.nestedset import NestedSet

from erpnext.utilities.tree import insert_quietly

DEPARTMENTS = (
	"Accounts",
	"Customer Service",
	"Dispatch",
	"Human Resources",
	"Legal",
	"Management",
	"Marketing",
	"Operations",
	"Production",
	"Purchase",
	"Quality Management",
	"Research & Development",
	"Sales",
)
WAREHOUSES = ("Stores", "Work In Progress", "Finished Goods", "Goods In Transit")

# account, its parent, root type, account type; a parent stands before its children
ACCOUNTS = (
	("Application of Funds (Assets)", None, "Asset", None),
	("Accounts Receivable", "Application of Funds (Assets)", "Asset", None),
	("Debtors", "Accounts Receivable", "Asset", "Receivable"),
	("Income", None, "Income", None),
	("Direct Income", "Income", "Income", None),
	("Sales", "Direct Income", "Income", "Income Account"),
)


class Company(NestedSet):
	nsm_parent_field = "parent_company"

	def validate(self) -> None:
		self.set_abbreviation()
		self.refuse_used_abbreviation()
		if self.parent_company and not frappe.db.get_value("Company", self.parent_company, "is_group"):
			frappe.throw(_("The parent company must be a group"))

	def set_abbreviation(self) -> None:
		initials = "".join(word[0].upper() for word in self.company_name.split())
		self.abbr = (self.abbr or initials).strip()

	def refuse_used_abbreviation(self) -> None:
		if frappe.db.exists("Company", {"abbr": self.abbr, "name": ("!=", self.name)}):
			frappe.throw(_("The abbreviation {0} belongs to another company").format(self.abbr))

	def on_update(self) -> None:
		super().on_update()
		self.create_accounts()
		self.create_warehouses()
		self.create_cost_centers()
		self.create_departments()
		self.set_site_defaults()

	def create_accounts(self) -> None:
		if frappe.db.exists("Account", {"company": self.name}):
			return
		groups = {parent for _account, parent, _root, _type in ACCOUNTS}
		for account, parent, root_type, account_type in ACCOUNTS:
			insert_quietly(
				{
					"doctype": "Account",
					"account_name": account,
					"parent_account": f"{parent} - {self.abbr}" if parent else None,
					"is_group": int(account in groups),
					"root_type": root_type,
					"report_type": "Balance Sheet" if root_type == "Asset" else "Profit and Loss",
					"account_type": account_type,
					"account_currency": self.default_currency,
					"company": self.name,
				}
			)
		self.db_set("default_receivable_account", f"Debtors - {self.abbr}")
		self.db_set("default_income_account", f"Sales - {self.abbr}")

	def create_warehouses(self) -> None:
		if frappe.db.exists("Warehouse", {"company": self.name}):
			return
		root = insert_quietly(
			{"doctype": "Warehouse", "warehouse_name": "All Warehouses", "is_group": 1, "company": self.name}
		)
		for warehouse in WAREHOUSES:
			insert_quietly(
				{
					"doctype": "Warehouse",
					"warehouse_name": warehouse,
					"parent_warehouse": root.name,
					"company": self.name,
				}
			)

	def create_cost_centers(self) -> None:
		if frappe.db.exists("Cost Center", {"company": self.name}):
			return
		root = insert_quietly(
			{"doctype": "Cost Center", "cost_center_name": self.name, "is_group": 1, "company": self.name}
		)
		main = insert_quietly(
			{
				"doctype": "Cost Center",
				"cost_center_name": "Main",
				"parent_cost_center": root.name,
				"company": self.name,
			}
		)
		self.db_set("cost_center", main.name)

	def create_departments(self) -> None:
		if frappe.db.exists("Department", {"company": self.name}):
			return
		for department in DEPARTMENTS:
			insert_quietly(
				{
					"doctype": "Department",
					"department_name": department,
					"parent_department": "All Departments",
					"company": self.name,
				}
			)

	def set_site_defaults(self) -> None:
		"""Make the first company the site's, as ERPNext's set-up wizard does."""
		if not frappe.db.get_single_value("Global Defaults", "default_company"):
			settings = frappe.get_doc("Global Defaults")
			settings.update(
				{
					"default_company": self.name,
					"default_currency": self.default_currency,
					"country": self.country,
				}
			)
			settings.save(ignore_permissions=True)
		if not frappe.db.get_single_value("Stock Settings", "default_warehouse"):
			settings = frappe.get_doc("Stock Settings")
			settings.default_warehouse = f"Stores - {self.abbr}"
			settings.save(ignore_permissions=True)
		if self.default_currency:
			frappe.db.set_value("Currency", self.default_currency, "enabled", 1)

	def on_trash(self) -> None:
		NestedSet.validate_if_child_exists(self)
		super().on_trash(allow_root_deletion=True)
		for doctype in ("Account", "Cost Center", "Warehouse", "Employee", "Department"):
			frappe.db.delete(doctype, {"company": self.name})
		frappe.defaults.clear_default("company", value=self.name)
