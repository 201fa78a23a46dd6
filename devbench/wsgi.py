"""What the web server serves: one site of a bench, with the files that a proxy would serve.

Runs inside the bench's Python, with the bench's `sites` folder as SITES_PATH and the site's name in
DEVBENCH_SITE. Works on any bench.
"""

import os

from werkzeug.middleware.shared_data import SharedDataMiddleware

import frappe.app
from frappe.middlewares import StaticDataMiddleware

_sites = os.environ.get("SITES_PATH", ".")

frappe.app._site = os.environ["DEVBENCH_SITE"]
frappe.app._sites_path = _sites

application = SharedDataMiddleware(frappe.app.application, {"/assets": os.path.join(_sites, "assets")})
application = StaticDataMiddleware(application, {"/files": os.path.abspath(_sites)})
