import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.naming import set_name_by_naming_series
from frappe.permissions import add_user_permission, remove_user_permission
from frappe.utils import getdate, today, validate_email_address
from frappe.utils.nestedset import NestedSet, update_nsm


class EmployeeUserDisabledError(frappe.ValidationError):
	pass


class InactiveEmployeeStatusError(frappe.ValidationError):
	pass


class Employee(NestedSet):
	nsm_parent_field = "reports_to"

	def autoname(self) -> None:
		set_name_by_naming_series(self)
		self.employee = self.name

	def validate(self) -> None:
		self.employee = self.name
		names = (self.first_name, self.middle_name, self.last_name)
		self.employee_name = " ".join(name for name in names if name)
		self.validate_dates()
		self.validate_emails()
		self.validate_leaving()
		if self.reports_to == self.name:
			frappe.throw(_("Employee cannot report to himself."))
		if self.user_id:
			self.validate_user()
		else:
			self.release_former_user()

	def validate_dates(self) -> None:
		if self.date_of_birth and getdate(self.date_of_birth) > getdate(today()):
			frappe.throw(_("Date of Birth cannot be greater than today."))
		self.validate_from_to_dates("date_of_birth", "date_of_joining")
		self.validate_from_to_dates("date_of_joining", "relieving_date")

	def validate_emails(self) -> None:
		for address in (self.company_email, self.personal_email):
			if address:
				validate_email_address(address, True)
		preferred = frappe.scrub(self.prefered_contact_email) if self.prefered_contact_email else None
		self.prefered_email = self.get(preferred) if preferred else None

	def validate_leaving(self) -> None:
		if self.status != "Left":
			return
		if frappe.db.exists("Employee", {"reports_to": self.name, "status": "Active"}):
			frappe.throw(
				_("Active employees still report to {0}. Let them report to another one first.").format(
					self.employee_name
				),
				InactiveEmployeeStatusError,
			)
		if not self.relieving_date:
			frappe.throw(_("Please enter relieving date."))

	def validate_user(self) -> None:
		enabled = frappe.db.get_value("User", self.user_id, "enabled")
		if enabled is None:
			self.user_id = None
			return
		if self.status == "Active" and not enabled:
			frappe.throw(_("User {0} is disabled").format(self.user_id), EmployeeUserDisabledError)
		other = frappe.db.get_value(
			"Employee", {"user_id": self.user_id, "status": "Active", "name": ("!=", self.name)}
		)
		if other:
			frappe.throw(
				_("User {0} is already assigned to Employee {1}").format(self.user_id, other),
				frappe.DuplicateEntryError,
			)

	def release_former_user(self) -> None:
		former = frappe.db.get_value("Employee", self.name, "user_id")
		if not former:
			return
		user = frappe.get_doc("User", former)
		validate_employee_role(user, ignore_emp_check=True)
		user.save(ignore_permissions=True)
		remove_user_permission("Employee", self.name, former)

	def on_update(self) -> None:
		update_nsm(self)
		if self.user_id:
			self.update_user()
			self.update_user_permissions()

	def update_user(self) -> None:
		"""Give the user the role Employee and the employee's name, birth date and gender."""
		user = frappe.get_doc("User", self.user_id)
		user.flags.ignore_permissions = True
		if "Employee" not in [row.role for row in user.roles]:
			user.append_roles("Employee")
		if self.employee_name and not (user.first_name and user.last_name):
			user.first_name = self.first_name
			user.middle_name = self.middle_name
			user.last_name = self.last_name
		user.birth_date = self.date_of_birth or user.birth_date
		user.gender = self.gender or user.gender
		user.save()

	def update_user_permissions(self) -> None:
		"""Restrict the user to this employee and the company, or lift that, as the check box says."""
		if not self.has_value_changed("user_id") and not self.has_value_changed("create_user_permission"):
			return
		exists = frappe.db.exists(
			"User Permission", {"allow": "Employee", "for_value": self.name, "user": self.user_id}
		)
		if exists and not self.create_user_permission:
			remove_user_permission("Employee", self.name, self.user_id)
			remove_user_permission("Company", self.company, self.user_id)
		elif not exists and self.create_user_permission:
			add_user_permission("Employee", self.name, self.user_id)
			add_user_permission("Company", self.company, self.user_id)

	def on_trash(self) -> None:
		NestedSet.validate_if_child_exists(self)
		super().on_trash(allow_root_deletion=True)

	def after_rename(self, old: str, new: str, merge: bool = False) -> None:
		self.db_set("employee", new)


def validate_employee_role(doc: Document, method: str | None = None, ignore_emp_check: bool = False) -> None:
	"""Take the role Employee from a user who is no employee."""
	if not ignore_emp_check and frappe.db.exists("Employee", {"user_id": doc.name}):
		return
	for row in doc.get("roles", {"role": "Employee"}):
		frappe.msgprint(_("User {0}: Removed Employee role as there is no mapped employee.").format(doc.name))
		doc.remove(row)


def get_holiday_list_for_employee(employee: str | None, raise_exception: bool = True) -> str | None:
	"""Return the employee's holiday list, else that of the company."""
	if employee:
		holiday_list, company = frappe.get_cached_value("Employee", employee, ["holiday_list", "company"])
	else:
		holiday_list = None
		company = frappe.db.get_single_value("Global Defaults", "default_company")
	if not holiday_list and company:
		holiday_list = frappe.get_cached_value("Company", company, "default_holiday_list")
	if not holiday_list and raise_exception:
		frappe.throw(
			_("Please set a default Holiday List for Employee {0} or Company {1}").format(employee, company)
		)
	return holiday_list


def is_holiday(employee: str, date: str | None = None, raise_exception: bool = True) -> bool:
	"""Tell whether the employee has a holiday on the date, today when none is given."""
	holiday_list = get_holiday_list_for_employee(employee, raise_exception)
	if not holiday_list:
		return False
	return bool(
		frappe.db.exists("Holiday", {"parent": holiday_list, "holiday_date": getdate(date or today())})
	)
