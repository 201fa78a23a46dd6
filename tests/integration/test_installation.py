"""The app is on the site with everything it asks for."""

from pathlib import Path

import frappe


def test_app_is_installed_after_the_apps_it_requires() -> None:
	installed = frappe.get_installed_apps()
	required = [
		app.rpartition("/")[2] for app in frappe.get_hooks("required_apps", app_name="complaint_handling")
	]
	assert required == ["erpnext"]
	for app in ("frappe", *required):
		assert installed.index(app) < installed.index("complaint_handling")


def test_module_belongs_to_the_app() -> None:
	assert frappe.db.get_value("Module Def", "Complaint Handling", "app_name") == "complaint_handling"


def test_every_record_file_of_the_module_is_on_the_site() -> None:
	folder = frappe.get_app_path("complaint_handling", "complaint_handling", "doctype")
	shipped = {frappe.get_file_json(path)["name"] for path in _record_files(folder)}
	stored = set(frappe.get_all("DocType", filters={"module": "Complaint Handling"}, pluck="name"))
	assert shipped == stored


def _record_files(folder: str) -> list[str]:
	return [str(path) for path in sorted(Path(folder).glob("*/*.json")) if path.stem == path.parent.name]
