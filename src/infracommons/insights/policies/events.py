"""What happened to policies, as a log: adopted, in force, changed, ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from infracommons.insights.policies.effect import known_day
from infracommons.vocabulary.part_dates import PartDate, part_date
from infracommons.vocabulary.policies import Instrument, Source


@dataclass(frozen=True)
class PolicyEvent:
    """Something that happened, the day as far as it is known, and the source that tells of it."""

    instrument: Instrument
    on: PartDate
    what: str
    source: Source


def events_of(one: Instrument) -> list[PolicyEvent]:
    """Return the log of one policy, oldest first; what has no known day is in no log."""
    sources = {source.code: source for source in one.sources}
    of_days = sources[one.days_source] if one.days_source else one.sources[0]
    days = [(one.adopted, "Adopted."), (one.in_force, "In force."), (one.ended, "No longer in force.")]
    told = [PolicyEvent(one, on, what, of_days) for text, what in days if (on := known_day(text))]
    told += [PolicyEvent(one, part_date(change.day), change.what, sources[change.source]) for change in one.changes]
    return sorted(told, key=lambda event: event.on)


def newest_events(instruments: Iterable[Instrument], until: date) -> list[PolicyEvent]:
    """Return what happened to these policies up to a day, newest first."""
    found = [event for one in instruments for event in events_of(one) if event.on.last <= until]
    return sorted(found, key=lambda event: event.on, reverse=True)
