"""Set-based reads and writes for jobs: one statement for many rows, with locks in one order."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import frappe

# After these nothing of the transaction is left to go on with.
LOST_LOCKS = (frappe.QueryDeadlockError, frappe.QueryTimeoutError)

Rows = Mapping[str, Mapping[str, Any]]


def lock(doctype: str, names: Collection[str], fields: Sequence[str] = ("name",)) -> list[frappe._dict]:
	"""Lock rows by name until the transaction ends and return them as they are committed now, by name.

	By primary key and in its order, so that two jobs wait for one another instead of blocking each other;
	no gap is locked.
	"""
	if not names:
		return []
	columns = ", ".join("*" if field == "*" else f"`{field}`" for field in fields)
	return frappe.db.sql(
		f"select {columns} from `tab{doctype}` force index (primary)"
		" where name in %(names)s order by name for update",
		{"names": sorted(set(names))},
		as_dict=True,
	)


def select(
	doctype: str, fields: Sequence[str], field: str, values: Collection[str], order_by: str = "name"
) -> list[frappe._dict]:
	"""Return the rows whose field has one of these values.

	A plain statement: the host's list query takes longer to build than to run where the values are many.
	"""
	if not values:
		return []
	columns = ", ".join(f"`{column}`" for column in fields)
	return frappe.db.sql(
		f"select {columns} from `tab{doctype}` where `{field}` in %(values)s order by {order_by}",
		{"values": sorted(set(values))},
		as_dict=True,
	)


def insert(doctype: str, rows: Sequence[Mapping[str, Any]]) -> None:
	"""Insert rows that all have the same fields by one statement, without the hooks of documents."""
	if not rows:
		return
	fields = list(rows[0])
	row = f"({', '.join(['%s'] * len(fields))})"
	frappe.db.sql(
		f"insert into `tab{doctype}` ({', '.join(f'`{field}`' for field in fields)})"
		f" values {', '.join([row] * len(rows))}",
		[values[field] for values in rows for field in fields],
	)


def update(doctype: str, rows: Rows) -> None:
	"""Give each row, by name, its own values of the same fields; leaves `modified` alone.

	One statement: an open form is neither refused by it nor, its columns being guarded, able to undo it.
	"""
	if not rows:
		return
	fields = list(next(iter(rows.values())))
	values: list[Any] = []
	cases = []
	for field in fields:
		cases.append(f"`{field}` = case `name` {'when %s then %s ' * len(rows)}end")
		for name, row in rows.items():
			values += (name, row[field])
	frappe.db.sql(
		f"update `tab{doctype}` set {', '.join(cases)} where `name` in ({', '.join(['%s'] * len(rows))})",
		(*values, *rows),
	)
