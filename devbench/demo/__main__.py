"""Sets the scene, plays the case, fills the lists, sums up: `python -m devbench.demo --site SITE --address URL`.

Runs in the bench's Python, in the bench's `sites` folder. The exit code is 1 when the case did not go through or
when something is missing in it.
"""

import argparse
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import cssutils

import frappe
from frappe.utils import strip_html

from devbench.demo import case_004, other_cases, scene, summary
from devbench.demo.people import PASSWORD, PEOPLE
from devbench.demo.stage import Play, Stage


def main() -> int:
	arguments = _arguments()
	# The host's style of mails has colours that its own CSS parser complains about.
	cssutils.log.setLevel(logging.CRITICAL)
	with _connected(arguments.site, arguments.address):
		try:
			return _run(arguments.address)
		except Exception as error:
			frappe.db.rollback()
			print(f"\nThe demo stopped: {type(error).__name__}: {strip_html(str(error))}", file=sys.stderr)
			if arguments.trace:
				raise
			return 1


def _run(address: str) -> int:
	print("\nThe scene: company A, its people, customers and orders ...", flush=True)
	stage = Stage()
	built = scene.build()
	frappe.db.commit()
	print("\nThe case of document 004\n")
	play = Play(built, case_004.KEY)
	if not stage.play(play, case_004.STEPS):
		print(f"It was played before: {play.complaint}. This is how it stands. (make clean: a fresh site)\n")
	other_cases.play_all(built, stage)
	other_cases.sweep(stage)
	outcome = summary.read(play.complaint)
	print(summary.show(outcome))
	shortcomings = summary.shortcomings(outcome)
	for shortcoming in shortcomings:
		print(f"MISSING: {shortcoming}")
	_print_accounts(address)
	return 1 if shortcomings else 0


def _print_accounts(address: str) -> None:
	print(f"Accounts, password of each: {PASSWORD}      Desk: {address}/app")
	for person in PEOPLE:
		print(f"  {person.user:<22} {person.full_name:<16} {person.title}")
	print("", flush=True)


def _arguments() -> argparse.Namespace:
	parser = argparse.ArgumentParser(description=__doc__)
	parser.add_argument("--site", required=True)
	parser.add_argument("--address", required=True, help="where the Desk is served, for the links")
	parser.add_argument("--trace", action="store_true", help="show where an error arose")
	return parser.parse_args()


@contextmanager
def _connected(site: str, address: str) -> Iterator[None]:
	frappe.init(site=site)
	frappe.connect()
	frappe.local.conf.host_name = address
	frappe.set_user("Administrator")
	try:
		yield
	finally:
		frappe.destroy()


if __name__ == "__main__":
	raise SystemExit(main())
