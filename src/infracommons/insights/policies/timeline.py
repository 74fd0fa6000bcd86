"""Lays the days of policies out region by region: when each was adopted, came into force and ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from infracommons.insights.policies.effect import begins, known_day
from infracommons.insights.policies.load import Policies
from infracommons.vocabulary.figures import UNKNOWN
from infracommons.vocabulary.part_dates import PartDate
from infracommons.vocabulary.policies import NOT_APPLICABLE, Instrument

STILL = "no end known"
ADOPTED, IN_FORCE, ENDED = "Adopted", "In force", "Ended"


@dataclass(frozen=True)
class Span:
    """The days of one policy, in words and as days; a day that is not known is None and reads unknown."""

    instrument: Instrument
    adopted: str
    in_force: str
    ended: str
    days: tuple[tuple[str, PartDate], ...]


def day_words(text: str) -> str:
    """Return a day as readers see it: unknown and not applicable are words.

    >>> day_words("2022-08"), day_words("unknown"), day_words("not_applicable")
    ('August 2022', 'unknown', 'not applicable')
    """
    if text == NOT_APPLICABLE:
        return "not applicable"
    known = known_day(text)
    return known.words if known else UNKNOWN


def timeline(policies: Policies, instruments: Iterable[Instrument]) -> list[Span]:
    """Return the policies in the order of regions, within one by when they begin; those of unknown day last."""
    regions = list(policies.regions)
    return [_span(one) for one in sorted(instruments, key=lambda one: _place(one, regions))]


def _place(one: Instrument, regions: list[str]) -> tuple[int, date, str]:
    since = begins(one) or known_day(one.adopted)
    return regions.index(one.region), since.first if since else date.max, one.code


def _span(one: Instrument) -> Span:
    given = ((ADOPTED, one.adopted), (IN_FORCE, one.in_force), (ENDED, one.ended))
    days = tuple((what, known) for what, text in given if (known := known_day(text)))
    ended = day_words(one.ended) if one.ended else STILL
    return Span(one, day_words(one.adopted), day_words(one.in_force), ended, days)
