"""What the supported versions of Frappe do differently, each with its reason."""

import frappe

# A permission hook without an objection. Before 16 the first hook that does not return None decides alone, so
# anything else would switch the host's own hook off and widen access; since 16 hooks only deny, and None denies.
NO_OBJECTION: bool | None = True if int(frappe.__version__.split(".")[0]) >= 16 else None
