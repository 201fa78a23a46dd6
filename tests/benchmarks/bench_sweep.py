"""What the escalation sweep costs: with nothing due, for each due row, and beside bare statements.

Prints one line `name: ratio (limit)` for each figure; exits with 1 when a limit is missed. How each is measured
stands in `docs/performance.md`.
"""

import sys
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent))

import site_of_benchmarks as sites

SMALL, LARGE = "benchmark-small.localhost", "benchmark.localhost"
FEW, MANY = 1_000, 100_000
# One of a hundred is due: ten of a thousand, in chunks of ten on either site.
SHARE, CHUNK = 100, 10
PAIRS = 60
WRITTEN_BY_SWEEPS = (
	"Complaint Escalation Log",
	"Error Log",
	"Notification Log",
	"Email Queue",
	"Email Queue Recipient",
)


def main() -> int:
	"""Measure and return the exit code."""
	sites.prepare(SMALL, LARGE)
	with sites.memory_for_the_data(LARGE):
		sites.fill(SMALL, FEW)
		sites.fill(LARGE, MANY)
		tidy_up(SMALL, LARGE)
		sites.warm_up(LARGE)
		kept = [plan_uses_the_index(), nothing_due(), growth(), beside_bare_statements()]
	return 0 if all(kept) else 1


def plan_uses_the_index() -> bool:
	"""Tell whether the query of the sweep reads the index on `next_action_at`, in its order."""
	import frappe

	from complaint_handling.services.sweep import escalation

	with sites.connected(LARGE):
		values = {"now": frappe.utils.now_datetime(), "running": escalation.RUNNING, "limit": 20_000}
		plan = frappe.db.sql(f"explain {escalation.DUE_QUERY}", values, as_dict=True)
	milestones = plan[0]
	print(
		f"query plan: {milestones.type} of key {milestones.key}, {milestones.rows} row(s), {milestones.Extra}"
	)
	return (milestones.type, milestones.key) == (
		"range",
		"next_action_at",
	) and "filesort" not in milestones.Extra


def nothing_due() -> bool:
	"""Compare a sweep that finds nothing over 100,000 open cases with the bare indexed query."""
	import frappe
	from frappe.utils import now_datetime

	from complaint_handling.services.sweep import escalation

	with sites.connected(LARGE):
		assert escalation.due(now_datetime()) == ([], False), "something is due on the site"
		bare = (
			"select name from `tabComplaint Milestone` where next_action_at <= %s"
			" and state in ('On Track', 'Due Soon', 'Overdue')"
		)
		rounds = [
			(timed(escalation.enqueue_due), timed(lambda: frappe.db.sql(bare, now_datetime())))
			for _ in range(400)
		]
	return report(
		f"sweep with nothing due over {MANY:,} open / bare indexed query",
		median(first for first, _ in rounds) / median(second for _, second in rounds),
		2,
	)


def growth() -> bool:
	"""Compare the cost per due row at 100,000 open cases with that at 1,000, in pairs of like chunks."""
	moment = working_moment()
	large = chunks(due_names(LARGE, moment, first=1, last=MANY), CHUNK)
	pairs = []
	for number in range(PAIRS + 10):
		small = due_names(SMALL, moment, first=number + 1, last=FEW)
		pairs.append((sweep(SMALL, small, moment), sweep(LARGE, next(large), moment)))
	tidy_up(SMALL, LARGE)
	warm = pairs[10:]
	ratio = median(second for _, second in warm) / median(first for first, _ in warm)
	return report(f"cost per due row at {MANY:,} open / at {FEW:,} open", ratio, 1.2)


def beside_bare_statements() -> bool:
	"""Compare sweep and digests with one insert and one update a row through the same connection."""
	bare, told = rounds_of(step=100, number=3)
	print(f"the same with 50 rows a digest: {told / bare:.2f} (reported)", flush=True)
	bare, told = rounds_of(step=10, number=2)
	print(f"one due row: {told * 1e6:.0f} µs, bare {bare * 1e6:.0f} µs (reported)", flush=True)
	assigned = with_assignment(working_moment())
	print(
		f"cost per due row with assignment / bare insert plus update: {assigned / bare:.0f} (reported)",
		flush=True,
	)
	name = "cost per due row with log, next action and digest / bare insert plus update"
	return report(f"{name}, 10,000 due rows, 500 a digest", told / bare, 5)


def rounds_of(step: int, number: int) -> tuple[float, float]:
	"""Return the seconds for a row, bare and swept, when every `step`-th of the cases is due: best of rounds.

	The two sides take turns, so that whatever else runs on the machine meets both.
	"""
	moment, rounds = working_moment(), []
	for first in range(1, number + 2):
		names = due_names(LARGE, moment, first, MANY, step)
		bare = bare_statements(names, moment)
		told = sum(sweep(LARGE, chunk, moment) for chunk in chunks(names, 100)) + digests(moment)
		rounds.append((bare / len(names), told / len(names)))
		tidy_up(LARGE)
	return min(bare for bare, _ in rounds[1:]), min(told for _, told in rounds[1:])


def with_assignment(moment: datetime) -> float:
	"""Return the seconds a due row costs when its first level puts a task on somebody's list."""
	import frappe

	names = due_names(LARGE, moment, first=50, last=MANY)[:200]
	with sites.connected(LARGE):
		step = frappe.get_doc("Complaint Escalation Step", {"parent": _procedure(names[0]), "level": 1})
		before = (step.after_value, step.action)
		_set_step(step, 0, "Assign")
	try:
		return sum(sweep(LARGE, chunk, moment) for chunk in chunks(names, 100)) / len(names)
	finally:
		with sites.connected(LARGE):
			_set_step(step, *before)
			frappe.db.delete("ToDo", {"reference_name": ("like", "OPEN-%")})
			frappe.db.delete("Comment", {"reference_name": ("like", "OPEN-%")})
			frappe.db.commit()
		tidy_up(LARGE)


def _procedure(milestone: str) -> str:
	import frappe

	return frappe.db.get_value("Complaint Milestone", milestone, "procedure")


def _set_step(step: object, after_value: float, action: str) -> None:
	import frappe

	values = {"after_value": after_value, "action": action}
	frappe.db.set_value("Complaint Escalation Step", step.name, values, update_modified=False)
	frappe.clear_document_cache("Complaint Procedure", step.parent)
	frappe.db.commit()


def working_moment() -> datetime:
	"""Return the next Wednesday at half past ten, when every recipient may be told."""
	today = datetime.now().replace(hour=10, minute=30, second=0, microsecond=0)
	return today + timedelta(days=(2 - today.weekday()) % 7 or 7)


def due_names(site: str, moment: datetime, first: int, last: int, step: int = SHARE) -> list[str]:
	"""Let the reply clock of every `step`-th slip be due before the moment and return their names."""
	import frappe

	from complaint_handling.services.sweep import escalation
	from tests import open_cases

	with sites.connected(site):
		open_cases.make_due("OPEN", first, last, step, moment - timedelta(minutes=1))
		frappe.db.commit()
		names, _waits = escalation.due(moment)
	return names


def sweep(site: str, names: list[str], moment: datetime) -> float:
	"""Return the seconds that one job needs for a chunk, its commit included."""
	from complaint_handling.services.sweep import escalation

	with sites.connected(site):
		return timed(lambda: escalation.sweep_chunk(names, moment))


def digests(moment: datetime) -> float:
	"""Return the seconds that the digests of a sweep need."""
	from complaint_handling.services.sweep import digests

	with sites.connected(LARGE):
		return timed(lambda: digests.send_due(moment))


def bare_statements(names: list[str], moment: datetime) -> float:
	"""Return the seconds of one plain insert of a log row and one plain update of its milestone, row by row.

	Through the connection and driver of the host; committed as often as chunks are; undone afterwards.
	"""
	import frappe

	from complaint_handling.constants import ESCALATION_LOG, MILESTONE
	from complaint_handling.services.sweep import bulk, escalation_log
	from complaint_handling.services.sweep.escalation_plan import MILESTONE_FIELDS, Plan

	with sites.connected(LARGE):
		milestones = bulk.lock(MILESTONE, names, MILESTONE_FIELDS)
		outcomes = Plan(moment).outcomes(milestones)
		logs = [escalation_log.row_of(entry, moment) for outcome in outcomes for entry in outcome.entries]
		frappe.db.commit()
		cursor, columns = frappe.db._cursor, list(logs[0])
		insert = "insert into `tab{}` ({}) values ({})".format(
			ESCALATION_LOG, ", ".join(f"`{column}`" for column in columns), ", ".join(["%s"] * len(columns))
		)
		fields = list(outcomes[0].values)
		update = (
			f"update `tab{MILESTONE}` set {', '.join(f'`{field}` = %s' for field in fields)} where name = %s"
		)

		def run() -> None:
			for number, (log, outcome) in enumerate(zip(logs, outcomes, strict=True), 1):
				cursor.execute(insert, tuple(log.values()))
				cursor.execute(update, (*outcome.values.values(), outcome.milestone["name"]))
				if number % 100 == 0:
					frappe.db.commit()
			frappe.db.commit()

		seconds = timed(run)
		frappe.db.delete(ESCALATION_LOG, {"name": ("in", [log["name"] for log in logs])})
		restored = {field: milestones[0][field] for field in fields}
		frappe.db.set_value(MILESTONE, {"name": ("in", names)}, restored, update_modified=False)
		frappe.db.commit()
	return seconds


def tidy_up(*names: str) -> None:
	"""Forget what was raised and told, and let nothing be due any more."""
	import frappe
	from frappe.utils import add_to_date, now_datetime

	for site in names:
		with sites.connected(site):
			for doctype in WRITTEN_BY_SWEEPS:
				frappe.db.sql_ddl(f"truncate table `tab{doctype}`")
			frappe.db.sql(
				"update `tabComplaint Milestone` set breached = 0, warned = 0, escalation_level = 0, state = 'On Track',"
				" due_at = %(far)s, next_action_at = %(far)s where reference_name like 'OPEN-S-%%'"
				" and (breached = 1 or next_action_at < %(soon)s)",
				{"far": add_to_date(now_datetime(), days=60), "soon": add_to_date(now_datetime(), days=20)},
			)
			frappe.db.commit()


def chunks(names: list[str], size: int) -> Iterable[list[str]]:
	"""Yield the names in chunks."""
	return iter([names[start : start + size] for start in range(0, len(names), size)])


def timed(function: Callable[[], object]) -> float:
	"""Return the seconds that one call takes."""
	start = perf_counter()
	function()
	return perf_counter() - start


def report(name: str, figure: float, limit: float) -> bool:
	"""Print a figure and tell whether it keeps its limit."""
	print(f"{name}: {figure:.2f} (at most {limit:g})", flush=True)
	return figure <= limit


if __name__ == "__main__":
	sys.exit(main())
