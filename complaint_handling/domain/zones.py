"""The same moment on the clocks of two time zones, as naive times of each."""

from datetime import datetime, timezone, tzinfo


def between_zones(moment: datetime, from_zone: tzinfo, to_zone: tzinfo) -> datetime:
	"""Turn a naive wall-clock time of one zone into that of another.

	An hour that comes twice means its first time, one that is left out is read with the offset before it.
	Raises ValueError for an aware moment.
	"""
	if moment.tzinfo is not None:
		raise ValueError(f"Zones convert naive times, not {moment.isoformat()}")
	if from_zone is to_zone:
		return moment
	utc = moment - from_zone.utcoffset(moment)
	# The offset is nearly always that of the same clock time over there, and then no aware time is needed.
	guess = utc + to_zone.utcoffset(moment)
	if guess - to_zone.utcoffset(guess) == utc:
		return guess
	return utc.replace(tzinfo=timezone.utc).astimezone(to_zone).replace(tzinfo=None, fold=0)
