"""Days that may be known by year or month only, and say so: 2002 is not 1 January 2002."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from infracommons.vocabulary.figures import day

_FORM = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_YEAR, _MONTH = 4, 7  # characters


@dataclass(frozen=True, order=True)
class PartDate:
    """A day, a month or a year: the first and the last day that it may mean."""

    first: date
    last: date

    @property
    def text(self) -> str:
        """Return it as files write it: 2002, 2002-02 or 2002-02-14."""
        whole = self.first.isoformat()
        if self.first == self.last:
            return whole
        return whole[:_MONTH] if self.first.month == self.last.month else whole[:_YEAR]

    @property
    def words(self) -> str:
        """Return it as readers see it: 2002, February 2002 or 14 February 2002."""
        if self.first == self.last:
            return day(self.first)
        return f"{self.first:%B %Y}" if self.first.month == self.last.month else str(self.first.year)


def part_date(text: str) -> PartDate:
    """Read a year, a month or a day. Raises ValueError for anything else.

    >>> part_date("2002-02").words, part_date("2002-02").last.isoformat()
    ('February 2002', '2002-02-28')
    """
    try:
        return _read(text)
    except ValueError:
        message = f"{text!r}: not a date such as 2002, 2002-02 or 2002-02-14"
        raise ValueError(message) from None


def _read(text: str) -> PartDate:
    if not _FORM.fullmatch(text):
        raise ValueError(text)
    if len(text) > _MONTH:
        known = date.fromisoformat(text)
        return PartDate(known, known)
    year, month = int(text[:_YEAR]), text[_YEAR + 1 :]
    if not month:
        return PartDate(date(year, 1, 1), date(year, 12, 31))
    return PartDate(date(year, int(month), 1), date(year, int(month), monthrange(year, int(month))[1]))
