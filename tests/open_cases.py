"""Many open cases at once, by SQL: complaints with a slip each and the clocks of both, for loads and races.

Every row is a copy of a real document of the site with its own name, so that nothing is missing that a save would
have filled. The caller commits, and takes away what it made with `remove`.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import frappe

from complaint_handling.constants import COMPLAINT, ESCALATION_LOG, MILESTONE, SLIP

# The first rows of a set are numbered from 1; a number is part of every name.
COMPLAINT_NAME = "'{prefix}-C-', lpad(number.seq, 7, '0')"
SLIP_NAME = "'{prefix}-S-', lpad(number.seq, 7, '0')"


def make_open_cases(
	template_slip: str,
	holders: Sequence[str],
	first: int,
	last: int,
	due_from: datetime,
	prefix: str = "OPEN",
) -> None:
	"""Insert the cases `first` to `last`: a complaint in handling, an issued slip, three clocks.

	The slip's reply clock and the complaint's solution clock run, the first answer is given. The clocks belong
	to the holders in turn and are due one minute after the other from `due_from` on, none before it.
	"""
	slip = frappe.get_doc(SLIP, template_slip)
	complaint_name, slip_name = (
		f"concat({name.format(prefix=prefix)})" for name in (COMPLAINT_NAME, SLIP_NAME)
	)
	numbers = f"(select seq from seq_{first}_to_{last}) number"
	_copy(COMPLAINT, slip.complaint, numbers, {"name": complaint_name})
	holder = _in_turn(holders)
	_copy(
		SLIP, slip.name, numbers, {"name": slip_name, "complaint": complaint_name, "responsible_user": holder}
	)
	due = f"'{due_from:%Y-%m-%d %H:%M:%S}' + interval number.seq minute"
	running = {
		"complaint": complaint_name,
		"responsible_user": holder,
		"state": "'On Track'",
		"due_at": due,
		"warn_at": "null",
		"next_action_at": due,
		"promise": "null",
		"escalation_level": "0",
		"breached": "0",
	}
	for stage, doctype, reference in (
		("Department Reply", SLIP, slip_name),
		("Solution Approved", COMPLAINT, complaint_name),
	):
		template = frappe.db.get_value(MILESTONE, {"complaint": slip.complaint, "stage": stage})
		name = f"left(md5(concat('{prefix}', '{stage}', number.seq)), 16)"
		_copy(
			MILESTONE,
			template,
			numbers,
			{"name": name, "reference_doctype": f"'{doctype}'", "reference_name": reference, **running},
		)
	_copy(
		MILESTONE,
		template,
		numbers,
		{
			**running,
			"name": f"left(md5(concat('{prefix}', 'First Answer', number.seq)), 16)",
			"reference_doctype": f"'{COMPLAINT}'",
			"reference_name": complaint_name,
			"stage": "'First Answer'",
			"stops_on": "'First Answer Given'",
			"state": "'Met'",
			"next_action_at": "null",
		},
	)


def make_due(
	prefix: str, first: int, last: int, step: int, at: datetime, stage: str = "Department Reply"
) -> int:
	"""Let the clocks of every `step`-th case be due at a moment and return their number."""
	names = [f"{prefix}-S-{number:07d}" for number in range(first, last + 1, step)]
	for start in range(0, len(names), 1000):
		frappe.db.set_value(
			MILESTONE,
			{"reference_name": ("in", names[start : start + 1000]), "stage": stage},
			{
				"due_at": at,
				"next_action_at": at,
				"state": "On Track",
				"breached": 0,
				"warned": 0,
				"escalation_level": 0,
			},
			update_modified=False,
		)
	return len(names)


def remove(prefix: str = "OPEN") -> None:
	"""Take away every case made with a prefix, and what sweeps wrote about it."""
	for doctype in (ESCALATION_LOG, MILESTONE, SLIP):
		frappe.db.delete(doctype, {"complaint": ("like", f"{prefix}-C-%")})
	frappe.db.delete(COMPLAINT, {"name": ("like", f"{prefix}-C-%")})
	for doctype, field in (("Notification Log", "document_name"), ("Email Queue", "reference_name")):
		frappe.db.delete(doctype, {field: ("like", f"{prefix}-_-%")})


def a_minute_before(moment: datetime) -> datetime:
	"""Return the moment at which clocks are due that a sweep at `moment` finds."""
	return moment.replace(microsecond=0) - timedelta(minutes=1)


def _copy(doctype: str, template: str, numbers: str, values: dict[str, str]) -> None:
	columns = frappe.db.get_table_columns(doctype)
	selected = ", ".join(values.get(column, f"template.`{column}`") for column in columns)
	listed = ", ".join(f"`{column}`" for column in columns)
	frappe.db.sql(
		f"insert into `tab{doctype}` ({listed}) select {selected} from {numbers}"
		f" join (select * from `tab{doctype}` where name = %s) template",
		template,
	)


def _in_turn(holders: Sequence[str]) -> str:
	quoted = ", ".join(frappe.db.escape(holder) for holder in holders)
	# Not one after the other: every hundredth case would belong to the same holder.
	return f"elt((number.seq + number.seq div 100) mod {len(holders)} + 1, {quoted})"
