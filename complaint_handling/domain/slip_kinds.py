"""Kinds of slips, and the rounds in which a department is asked about one case (R-003A-04, R-003A-16)."""

from complaint_handling.domain.words import Word


class SlipKind(Word):
	"""What a slip asks for."""

	COMPLAINT = "Complaint Slip"
	SERVICE = "Service Slip"
	OPINION = "Technical Opinion"
	ENGINEERING = "Process Engineering Request"


ROUNDS = ("First", "Second", "Repeated")


def round_after(earlier: int) -> str:
	"""Return the round of a slip before which a department had so many about the same case.

	Raises ValueError for a negative number.
	"""
	if earlier < 0:
		raise ValueError(f"Nobody had {earlier} slips")
	return ROUNDS[min(earlier, len(ROUNDS) - 1)]
