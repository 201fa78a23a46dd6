"""What two versions of a document differ in, field by field and row by row, and one that takes over a part of it.

Rows are matched by a natural key, not by their place: a target is the same target wherever it stands in the table.
A key that stands twice is counted. Which order rows stand in is no difference; added rows follow the row that they
follow in the other version.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from complaint_handling.domain.words import Word

Row = Mapping[str, Any]
Key = tuple[Any, ...]


@dataclass(frozen=True)
class TableShape:
	"""The columns of a table that are compared, and those that say which row is which."""

	fieldname: str
	key: tuple[str, ...]
	columns: tuple[str, ...]


@dataclass(frozen=True)
class Shape:
	"""The fields and tables of a document that are compared."""

	fields: tuple[str, ...]
	tables: tuple[TableShape, ...] = ()


class Kind(Word):
	"""How a field or row differs."""

	CHANGED = "Changed"
	ONLY_OURS = "Only Ours"
	ONLY_SHIPPED = "Only Shipped"


@dataclass(frozen=True)
class Difference:
	"""One field, or one row of a table, that differs: what stands on either side, only what differs of it.

	`table` is empty for a field of the document itself, whose key is its name. Of a row that is there on one side
	only the other side is None.
	"""

	table: str
	key: Key
	kind: Kind
	ours: Row | None
	shipped: Row | None

	@property
	def id(self) -> str:
		"""A name of the difference that stays the same as long as both sides do not change their keys."""
		return "|".join((self.table, *map(str, self.key)))


def differences(ours: Row, shipped: Row, shape: Shape) -> tuple[Difference, ...]:
	"""Return what differs: the fields first, then table by table; both sides hold comparable values."""
	fields = [
		Difference("", (name,), Kind.CHANGED, {name: ours.get(name)}, {name: shipped.get(name)})
		for name in shape.fields
		if ours.get(name) != shipped.get(name)
	]
	rows = [
		found
		for table in shape.tables
		for found in _of_table(table, ours.get(table.fieldname) or (), shipped.get(table.fieldname) or ())
	]
	return (*fields, *rows)


def take_over(ours: Row, shipped: Row, shape: Shape, accepted: Collection[str]) -> dict[str, Any]:
	"""Return our values with the accepted differences, named by their ids, taken from the shipped version.

	Raises KeyError for an id that names no difference.
	"""
	found = {difference.id: difference for difference in differences(ours, shipped, shape)}
	taken = [found[each] for each in accepted]
	values = dict(ours)
	for difference in taken:
		if not difference.table and difference.shipped:
			values.update(difference.shipped)
	for table in shape.tables:
		keys = {difference.key for difference in taken if difference.table == table.fieldname}
		values[table.fieldname] = _merged(
			_keyed(table, ours.get(table.fieldname) or ()),
			_keyed(table, shipped.get(table.fieldname) or ()),
			keys,
			len(table.key),
		)
	return values


def _of_table(table: TableShape, ours: Iterable[Row], shipped: Iterable[Row]) -> Iterable[Difference]:
	own, theirs = _keyed(table, ours), _keyed(table, shipped)
	for key in (*own, *(key for key in theirs if key not in own)):
		found = _of_row(table, key, own.get(key), theirs.get(key))
		if found:
			yield found


def _of_row(table: TableShape, key: Key, ours: Row | None, shipped: Row | None) -> Difference | None:
	if ours is None:
		return Difference(table.fieldname, key, Kind.ONLY_SHIPPED, None, shipped)
	if shipped is None:
		return Difference(table.fieldname, key, Kind.ONLY_OURS, ours, None)
	changed = [name for name in table.columns if ours.get(name) != shipped.get(name)]
	if not changed:
		return None
	return Difference(
		table.fieldname,
		key,
		Kind.CHANGED,
		{name: ours.get(name) for name in changed},
		{name: shipped.get(name) for name in changed},
	)


def _keyed(table: TableShape, rows: Iterable[Row]) -> dict[Key, Row]:
	"""Return the compared columns of rows by their key; from the second of its kind on the key is numbered."""
	seen: Counter[Key] = Counter()
	keyed: dict[Key, Row] = {}
	for row in rows:
		key = tuple(row.get(name) for name in table.key)
		seen[key] += 1
		numbered = key if seen[key] == 1 else (*key, seen[key])
		keyed[numbered] = {name: row.get(name) for name in table.columns}
	return keyed


def _merged(own: dict[Key, Row], theirs: dict[Key, Row], taken: Collection[Key], width: int) -> list[Row]:
	order = [key for key in own if key in theirs or key not in taken]
	shipped_order = list(theirs)
	for place, key in enumerate(shipped_order):
		if key in taken and key not in own:
			alike = [each for each in order if each[:width] == key[:width]]
			order.insert(max(_after(order, shipped_order[:place]), _after(order, alike)), key)
	return [theirs[key] if key in taken else own[key] for key in order]


def _after(order: Sequence[Key], before: Sequence[Key]) -> int:
	"""Return the place behind the last of these rows that is there, else the beginning."""
	return next((order.index(key) + 1 for key in reversed(before) if key in order), 0)
