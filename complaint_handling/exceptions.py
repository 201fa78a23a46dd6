"""Errors of this app. Each is a ValidationError, so that the Desk shows it and nothing is written."""

import frappe


class FieldLockedError(frappe.ValidationError):
	"""A field was changed that is closed in the document's state."""


class MissingInputError(frappe.ValidationError):
	"""A transition was tried without the reason, date or person that it asks for."""


class PreconditionError(frappe.ValidationError):
	"""A state was entered for which something is still missing."""


class TransitionRefusedError(frappe.PermissionError):
	"""The user may not take this step; also raised for a state written past the Workflow."""


class AuthorityError(frappe.PermissionError):
	"""The amount is above what the user may approve."""


class SelfApprovalError(frappe.PermissionError):
	"""Who proposed a solution, or is complained about, tried to decide on it."""


class ProcedureError(frappe.ValidationError):
	"""A procedure lacks something that running cases need."""


class CalendarError(frappe.ValidationError):
	"""A working calendar cannot answer: it has no working time, or not far enough ahead."""


class AccessRefusedError(frappe.PermissionError):
	"""A share, assignment or follow would give a case to somebody who may not read it."""
