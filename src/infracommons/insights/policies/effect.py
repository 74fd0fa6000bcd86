"""Since when a policy holds, in three values: it does, it does not, or what is known of its days does not say."""

from datetime import date

from infracommons.vocabulary.part_dates import PartDate, part_date
from infracommons.vocabulary.policies import NOT_APPLICABLE, UNKNOWN, Instrument


def known_day(text: str) -> PartDate | None:
    """Return the day; None where it is unknown, not applicable or not given."""
    return None if text in {"", UNKNOWN, NOT_APPLICABLE} else part_date(text)


def begins(one: Instrument) -> PartDate | None:
    """Return when it begins to hold: its day in force, or of adoption where nothing comes into force."""
    return known_day(one.adopted if one.in_force == NOT_APPLICABLE else one.in_force)


def holds_on(one: Instrument, day: date) -> bool | None:
    """Return whether it holds on a day; None where its days are not known well enough."""
    begun, ended = _reached(begins(one), day), _reached(known_day(one.ended), day) if one.ended else False
    if begun is None and _reached(known_day(one.adopted), day) is False:
        begun = False  # nothing holds before it is adopted
    if begun is False or ended is True:
        return False
    return None if begun is None or ended is None else True


def _reached(since: PartDate | None, day: date) -> bool | None:
    if since is None:
        return None
    return True if since.last <= day else False if since.first > day else None
