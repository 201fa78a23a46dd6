"""Set a site up as its administrator would; runs in the bench's Python, in the bench's `sites` folder."""

import sys

import frappe
from frappe.installer import update_site_config


def configure(time_zone: str, address: str, purpose: str) -> None:
	"""Answer the set-up wizard's questions without it. `purpose` is `scheduled` or `testing`."""
	settings = frappe.get_doc("System Settings")
	settings.update(
		{
			"setup_complete": 1,
			"language": "en",
			"country": "China",
			"time_zone": time_zone,
			"enable_scheduler": int(purpose == "scheduled"),
		}
	)
	settings.flags.ignore_mandatory = True
	settings.save(ignore_permissions=True)
	for user in ("Administrator", "Guest"):
		frappe.db.set_value("User", user, {"time_zone": time_zone, "language": "en"})
	frappe.db.set_default("desktop:home_page", "workspace")
	frappe.db.commit()
	update_site_config("host_name", address)
	if purpose == "testing":
		update_site_config("allow_tests", 1)
	frappe.clear_cache()


def main() -> None:
	site, time_zone, address, purpose = sys.argv[1:]
	frappe.init(site)
	frappe.connect()
	try:
		configure(time_zone, address, purpose)
	finally:
		frappe.destroy()


if __name__ == "__main__":
	main()
