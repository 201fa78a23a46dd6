"""One digest a recipient and sweep: the escalation log is the outbox, a row waits while `notify_at` is set.

A sweep runs as many jobs; its last chunk sends the digests of all. What waits for working time is sent by the
sweep that finds the time reached. Each recipient is one transaction: the notice, the mail and the mark on the
rows are committed together, so that nothing is lost or told twice when a job is killed.
"""

from datetime import datetime, timedelta

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Min
from frappe.utils import now_datetime

from complaint_handling.constants import COMPLAINT, EIGHT_D, ESCALATION_LOG, MILESTONE, PROCEDURE
from complaint_handling.services.access.reading_rules import SOURCE_TABLE
from complaint_handling.services.clock.clock_copies import OPEN, RUNNING
from complaint_handling.services.sweep import bulk, digest_text, notices
from complaint_handling.services.sweep.recipients import Recipients

# A milestone that cannot be swept, or a worker that died, holds the digests up no longer than this.
LONGEST_WAIT = timedelta(minutes=8)

FIELDS = (
	"name",
	"reference_doctype",
	"reference_name",
	"milestone",
	"stage",
	"complaint",
	"level",
	"kind",
	"action",
	"deadline",
	"reason",
	"requires_acknowledgement",
	"notify_at",
)
CLOCK_FIELDS = (
	"name",
	"reference_doctype",
	"reference_name",
	"complaint",
	"company",
	"department",
	"procedure",
	"responsible_user",
	"state",
	"breached",
	"tell_customer",
)


def enqueue(until: datetime) -> None:
	"""Hand the digests to the host's queue; they let the chunks of the sweep go first."""
	frappe.enqueue(
		"complaint_handling.services.sweep.digests.send_due",
		queue="long",
		job_id="complaint-digests",
		deduplicate=True,
		until=until,
	)


def send_due(now: datetime | None = None, until: datetime | None = None) -> int:
	"""Tell every recipient who waits, commit each, and return the number of digests.

	With `until`, the moment up to which a sweep asked, nothing is sent while milestones of it are still due.
	"""
	now = now or now_datetime()
	if until and _must_wait(until, now):
		return 0
	return sum(_send_safely(recipient, now) for recipient in _waiting(now))


def _must_wait(until: datetime, now: datetime) -> bool:
	oldest = _oldest_waiting(now)
	if not oldest:
		return True
	clock = DocType(MILESTONE)
	still_due = frappe.qb.from_(clock).select(clock.name).limit(1)
	is_swept = not still_due.where((clock.next_action_at <= until) & clock.state.isin(RUNNING)).run()
	return not is_swept and oldest > now - LONGEST_WAIT


def _oldest_waiting(now: datetime) -> datetime | None:
	log = DocType(ESCALATION_LOG)
	rows = frappe.qb.from_(log).select(Min(log.notify_at)).where(log.notify_at <= now).run()
	return rows[0][0]


def _waiting(now: datetime) -> list[str]:
	log = DocType(ESCALATION_LOG)
	recipients = frappe.qb.from_(log).select(log.escalated_to).distinct()
	rows = recipients.where((log.notify_at <= now) & log.escalated_to.isnotnull()).run()
	return sorted(recipient for (recipient,) in rows)


def _send_safely(recipient: str, now: datetime) -> int:
	"""Send one digest; a failure is logged and tried again by the next sweep, the other recipients are told."""
	frappe.db.savepoint("digest")
	try:
		sent = _send(recipient, now)
	except bulk.LOST_LOCKS:
		frappe.db.rollback()
		return 0
	except Exception:
		frappe.db.rollback(save_point="digest")
		frappe.log_error(title=f"Digest of escalations could not be sent to {recipient}")
		sent = False
	if not frappe.flags.in_test:
		# One commit a recipient: whoever has been told is not told again by the job that follows a killed one.
		frappe.db.commit()  # nosemgrep: frappe-manual-commit
	return int(sent)


def _send(recipient: str, now: datetime) -> bool:
	rows = _take(recipient, now)
	current = _current(recipient, rows)
	sent = bool(current) and _tell(recipient, current)
	told = {row.milestone for row in current} if sent else set()
	_mark_told([row.name for row in rows if row.milestone in told], now)
	_mark_lapsed([row for row in rows if row.milestone not in told])
	return sent


def _mark_told(names: list[str], now: datetime) -> None:
	if names:
		values = {"notify_at": None, "notified_on": now}
		frappe.db.set_value(ESCALATION_LOG, {"name": ("in", names)}, values, update_modified=False)


def _mark_lapsed(rows: list[frappe._dict]) -> None:
	"""Take rows out of the outbox that are not told, and say so after what their reason says already."""
	lapsed = _(
		"Not told: answered before the notice was due, in other hands by then, or the recipient may not be told any"
		" more."
	)
	values = {
		row.name: {"notify_at": None, "reason": " ".join(filter(None, (row.reason, lapsed)))} for row in rows
	}
	bulk.update(ESCALATION_LOG, values)


def _tell(recipient: str, rows: list[frappe._dict]) -> bool:
	subject, body = digest_text.compose(recipient, rows)
	about = notices.Reference(rows[0].reference_doctype, rows[0].reference_name)
	return notices.tell(recipient, subject, body, about)


def _take(recipient: str, now: datetime) -> list[frappe._dict]:
	"""Lock the rows that wait for a recipient; another job that has them in hand tells of them."""
	log = DocType(ESCALATION_LOG)
	rows = frappe.qb.from_(log).select(log.name)
	names = rows.where((log.escalated_to == recipient) & (log.notify_at <= now)).run(pluck=True)
	return [row for row in bulk.lock(ESCALATION_LOG, names, FIELDS) if row.notify_at and row.notify_at <= now]


def _current(recipient: str, rows: list[frappe._dict]) -> list[frappe._dict]:
	"""Return what still has to be told, of each milestone its highest level, the highest and oldest first.

	A warning and a breach lapse when their clock is over, or somebody else's, by the time the recipient may be
	told; an escalation does not. Nothing is told of a case that has become one about the recipient.
	"""
	clocks = _clocks_of(rows)
	withheld = _withheld_from(recipient)
	for row in rows:
		row.clock = clocks.get(row.milestone)
	rows = [
		row
		for row in rows
		if not (row.complaint in withheld or row.reference_name in withheld or _has_lapsed(row))
	]
	changed_hands = _changed_hands(recipient, rows)
	highest: dict[str, frappe._dict] = {}
	for row in rows:
		if row.name in changed_hands:
			continue
		if row.milestone not in highest or highest[row.milestone].level < row.level:
			highest[row.milestone] = row
	return sorted(highest.values(), key=lambda row: (-row.level, row.deadline, row.name))


def _has_lapsed(row: frappe._dict) -> bool:
	is_over = not row.clock or row.clock.state not in OPEN
	if row.kind == "Warning":
		return is_over or bool(row.clock.breached)
	return is_over and row.kind == "Breach"


def _changed_hands(recipient: str, rows: list[frappe._dict]) -> set[str]:
	"""Return the warnings and breaches whose clock has another holder than when they were raised.

	The log does not name that holder. Told as well is who is told in the present holder's place; whether he is, is
	asked only where neither the clock nor the reason (who stands in for whom) names the present holder.
	"""
	doubtful = [row for row in rows if row.kind != "Escalation" and not _names_holder(recipient, row)]
	if not doubtful:
		return set()
	recipients = Recipients(row.clock for row in doubtful)
	return {
		row.name
		for row in doubtful
		if recipients.of_responsible(
			row.clock, frappe.get_cached_doc(PROCEDURE, row.clock.procedure), row.notify_at.date()
		).user
		!= recipient
	}


def _names_holder(recipient: str, row: frappe._dict) -> bool:
	holder = row.clock.responsible_user
	return bool(holder) and (holder == recipient or holder in (row.reason or ""))


def _clocks_of(rows: list[frappe._dict]) -> dict[str, frappe._dict]:
	names = {row.milestone for row in rows}
	found = bulk.select(MILESTONE, CLOCK_FIELDS, "name", names)
	return {clock.name: clock for clock in found}


def _withheld_from(user: str) -> set[str]:
	"""Return the complaints about a user, and the 8D reports on them."""
	complaints = frappe.get_all(COMPLAINT, filters={"complained_about_user": user}, pluck="name")
	if not complaints:
		return set()
	filters = {"complaint": ("in", complaints), "parenttype": EIGHT_D}
	return {*complaints, *frappe.get_all(SOURCE_TABLE, filters=filters, pluck="parent")}
