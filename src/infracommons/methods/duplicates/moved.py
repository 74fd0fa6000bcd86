"""Finds the award that goes on under a second record: moved to a new host with its investigator, or re-issued.

Measured on pairs of UKRI awards that share a title. What tells an award that moved from one that shares its title with a
partner's is, in order: the same investigator; that the second record starts about when the first ends; and the money.
Where an award moves, the first record keeps the value of the whole, so that the second has the value of the remaining
time; where two awards follow one another, or one is split between two hosts, each has its own value.
"""

from datetime import timedelta
from decimal import Decimal

from infracommons.methods.duplicates.facts import Facts
from infracommons.methods.duplicates.verdict import Kind, Link

OVERLAP_DAYS = 200  # closing the first record often takes months after the second was opened
HANDOVER_DAYS = 31  # a month between them is no break
BREAK_DAYS = 200  # a longer break needs the same text
LONG_BREAK_DAYS = 420  # moving while on leave
LONGEST_BREAK_DAYS = 1100  # three years: with the same text and the same investigator only
REMAINDER = (Decimal("0.5"), Decimal(2))  # second value, as a multiple of what even spending would leave for its time
TOKEN_AMOUNT = 1000  # a value below this stands for "not published"
_ONE_DAY = timedelta(days=1)


def went_on(one: Facts, other: Facts) -> Link | None:
    """Return the link between two records of one publisher where one award goes on under the second, else None."""
    if one.source != other.source or one.funder_key is None or one.funder_key != other.funder_key:
        return None
    if one.title_key is None or one.title_key != other.title_key or one.recipient_key is None:
        return None
    succession = _Succession.of(one, other)
    return succession.link() if succession else None


class _Succession:
    """Two records of one title in time: what the rules ask of them."""

    def __init__(self, first: Facts, second: Facts, spans: tuple[timedelta, timedelta], gap: timedelta) -> None:
        self.first, self.second, self.gap = first, second, gap.days
        self.extends = second.end_date > first.end_date  # type: ignore[operator] - dates are there, see of()
        self.is_same_host = first.recipient_key == second.recipient_key
        self.is_same_investigator = bool(first.investigator_keys & second.investigator_keys)
        self.has_texts = first.text_key is not None and second.text_key is not None
        self.is_same_text = self.has_texts and first.text_key == second.text_key
        self.remainder = _remainder(first, second, *spans)

    @classmethod
    def of(cls, one: Facts, other: Facts) -> "_Succession | None":
        first, second = sorted((one, other), key=_in_time)
        if not (first.start_date and first.end_date and second.start_date and second.end_date):
            return None
        spans = first.end_date - first.start_date, second.end_date - second.start_date
        gap = second.start_date - first.end_date
        if not -OVERLAP_DAYS <= gap.days <= LONGEST_BREAK_DAYS:
            return None
        return cls(first, second, (max(spans[0], _ONE_DAY), max(spans[1], _ONE_DAY)), gap)

    @property
    def is_split(self) -> bool:
        """The second value is more than the first can have left: each record has money of its own."""
        return self.remainder is not None and self.remainder > REMAINDER[1]

    @property
    def is_remainder(self) -> bool:
        """The second value is about what the first has left."""
        return self.remainder is not None and REMAINDER[0] <= self.remainder <= REMAINDER[1]

    def link(self) -> Link | None:
        rule = self._rule()
        if rule is None:
            return None
        rank, words = rule
        kind: Kind = "instalment" if self.is_split else "duplicate"
        return Link(
            self.first.record_id,
            self.second.record_id,
            kind,
            f"{words}; {self._timing()}; {self._money()}",
            rank,
            distance=abs(self.gap),
            lane=f"went on:{self.first.source}",
            is_exclusive=rank == _OTHER_INVESTIGATOR,
        )

    def _rule(self) -> tuple[int, str] | None:
        if self.is_same_investigator and not self.is_same_host:
            return self._moved()
        if self.is_same_investigator and self.is_same_text:
            if self.gap < -1:
                return 2, "same title, text, investigator and host, re-issued before its end"
            if self.gap <= LONG_BREAK_DAYS and self.is_remainder:
                return 2, "same title, text, investigator and host"
        is_handed_over = not self.is_same_investigator and not self.is_same_host and self.is_same_text
        if is_handed_over and -1 <= self.gap <= LONG_BREAK_DAYS and self.is_remainder:
            return _OTHER_INVESTIGATOR, "same title and text, handed over to another investigator at another host"
        return None

    def _moved(self) -> tuple[int, str] | None:
        """The investigator took the award along; the less the texts say, the closer time and money must fit."""
        if self.is_same_text:
            if self.is_split:
                fits = self.gap >= -HANDOVER_DAYS
            else:
                fits = self.remainder is not None or abs(self.gap) <= HANDOVER_DAYS
            return (1, "moved to a new host: same title, text and investigator") if fits else None
        if not self.has_texts:
            fits = self.remainder is not None and self.extends and -HANDOVER_DAYS <= self.gap <= LONG_BREAK_DAYS
            return (1, "moved to a new host: same title and investigator, no text to compare") if fits else None
        if self.is_remainder and -HANDOVER_DAYS <= self.gap <= BREAK_DAYS:
            return 1, "moved to a new host: same title and investigator, text reworded"
        return None

    def _timing(self) -> str:
        end, start = self.first.end_date, self.second.start_date
        return f"{self.first.record_id} ends {end}, {self.second.record_id} starts {start}"

    def _money(self) -> str:
        if self.remainder is None:
            return "a value is not published"
        if self.is_split:
            return "each has money of its own"
        return f"the second has {self.remainder:.2f} of what even spending leaves of the first"


_OTHER_INVESTIGATOR = 3


def _in_time(facts: Facts) -> tuple[str, str, str]:
    return str(facts.start_date), str(facts.end_date), facts.record_id


def _remainder(first: Facts, second: Facts, first_span: timedelta, second_span: timedelta) -> Decimal | None:
    """Return the second value over what is left of the first for that time, if it was to last for both spans."""
    if first.amount is None or second.amount is None or first.currency != second.currency:
        return None
    if min(first.amount, second.amount) < TOKEN_AMOUNT:
        return None
    return second.amount * (first_span + second_span).days / (first.amount * second_span.days)
