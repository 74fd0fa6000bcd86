"""Finds the award that goes on under a second record: moved to a new host with its investigator, or re-issued.

Measured on pairs of UKRI awards that share a title. An award that moved is told from one that shares its title with a
partner's by the investigator, by the second record starting about when the first ends, and by the money. Where an award
moves, the first record keeps the value of the whole, so that the second has the value of the remaining time; where two
awards follow one another, or one is split between two hosts, each has its own value.
"""

from dataclasses import dataclass
from decimal import Decimal

from infracommons.methods.duplicates.facts import Facts
from infracommons.methods.duplicates.verdict import Kind, Link

OVERLAP_DAYS = 200  # closing the first record often takes months after the second was opened
HANDOVER_DAYS = 31  # a month between them is no break
BREAK_DAYS = 200  # a longer break needs the same text
LONG_BREAK_DAYS = 420  # moving while on leave
LONGEST_BREAK_DAYS = 1100  # three years: with the same text and the same investigator only
REMAINDER = (Decimal("0.4"), Decimal(2))  # second value, as a multiple of what even spending would leave for its time
_OTHER_INVESTIGATOR = 3
TOKEN_AMOUNT = 1000  # a value below this stands for "not published"


def went_on(one: Facts, other: Facts) -> Link | None:
    """Return the link between two records of one publisher where one award goes on under the second, else None."""
    if one.source != other.source or one.funder_key is None or one.funder_key != other.funder_key:
        return None
    if one.title_key is None or one.title_key != other.title_key or not (one.recipient_key and other.recipient_key):
        return None
    if one.amount is not None and other.amount is not None and one.currency != other.currency:
        return None  # no rule can compare them
    succession = _Succession.of(one, other)
    return succession.link() if succession else None


@dataclass(frozen=True)
class _Succession:
    """Two records of one title in time: what the rules ask of them.

    gap: days from the first's end to the second's start. extends: the second ends later. remainder: the second value as
    a multiple of what even spending leaves of the first; None where a value is not published.
    """

    first: Facts
    second: Facts
    gap: int
    extends: bool
    remainder: Decimal | None

    @classmethod
    def of(cls, one: Facts, other: Facts) -> "_Succession | None":
        """Put two records in time; None where dates are missing or too far apart for any rule."""
        first, second = sorted((one, other), key=_in_time)
        if first.start_date is None or first.end_date is None or second.start_date is None or second.end_date is None:
            return None
        gap = (second.start_date - first.end_date).days
        if not -OVERLAP_DAYS <= gap <= LONGEST_BREAK_DAYS:
            return None
        first_days = max((first.end_date - first.start_date).days, 1)
        second_days = max((second.end_date - second.start_date).days, 1)
        remainder = _remainder(first, second, first_days, second_days)
        return cls(first, second, gap, second.end_date > first.end_date, remainder)

    @property
    def is_same_host(self) -> bool:
        """The same recipient by name."""
        return self.first.recipient_key == self.second.recipient_key

    @property
    def is_same_investigator(self) -> bool:
        """At least one person in charge of both."""
        return bool(self.first.investigator_keys & self.second.investigator_keys)

    @property
    def has_texts(self) -> bool:
        """Both have a text of their own."""
        return self.first.text_key is not None and self.second.text_key is not None

    @property
    def is_same_text(self) -> bool:
        """Both have a text of their own, and it is the same."""
        return self.has_texts and self.first.text_key == self.second.text_key

    @property
    def is_more(self) -> bool:
        """The second value cannot be what is left of the first: each record has money of its own."""
        first, second = self.first.amount or 0, self.second.amount or 0
        return second > first and not self.is_remainder

    @property
    def is_remainder(self) -> bool:
        """The second value is about what the first has left."""
        return self.remainder is not None and REMAINDER[0] <= self.remainder <= REMAINDER[1]

    def link(self) -> Link | None:
        """Return the link that the first fitting rule makes."""
        rule = self._rule()
        if rule is None:
            return None
        rank, words = rule
        kind: Kind = "instalment" if self.is_more else "duplicate"
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
            fits = not self.is_more and (self.remainder is not None or abs(self.gap) <= HANDOVER_DAYS)
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
        if self.is_more:
            return "each has money of its own"
        if self.remainder is None:
            return "a value is not published"
        return f"the second has {self.remainder:.2f} of what even spending leaves of the first"


def _in_time(facts: Facts) -> tuple[str, str, str]:
    return str(facts.start_date), str(facts.end_date), facts.record_id


def _remainder(first: Facts, second: Facts, first_days: int, second_days: int) -> Decimal | None:
    """Return the second value over what would be left of the first for that time, if it was to last for both."""
    if first.amount is None or second.amount is None or first.currency != second.currency:
        return None
    if min(first.amount, second.amount) < TOKEN_AMOUNT:
        return None
    return second.amount * (first_days + second_days) / (first.amount * second_days)
