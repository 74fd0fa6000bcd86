"""Finds values past their age, has their stewards asked, and by policy calls them uncertain; each is logged once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from django.db import transaction

from infracommons.vocabulary.figures import counted, day
from infracommons.web.catalogue.claims.profile import age_in_days
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.registry import public_fields
from infracommons.web.catalogue.fields.statuses import UNKNOWN
from infracommons.web.catalogue.models import Infrastructure, Stewardship, UpkeepEvent
from infracommons.web.catalogue.models.infrastructure import Listing
from infracommons.web.catalogue.models.stewardship import StewardshipState

STALE, ASKED, UNCERTAIN, RENEWED = "stale", "asked", "uncertain", "renewed"
AGES_TO_UNCERTAIN = 2
PATIENCE = timedelta(days=90)  # from asking until a value is called uncertain
_CHUNK = 200
Known = dict[tuple[int | None, str], datetime]  # when each kind of event was logged, by claim


@dataclass(frozen=True)
class StaleValue:
    """One value past its age; `age` is in days."""

    definition: FieldDefinition
    entry: dict[str, Any]
    age: int

    @property
    def since(self) -> date:
        """The day on which it was last checked, else claimed."""
        return _since(self.entry)

    @property
    def words(self) -> str:
        """How old it is, and how old it may be."""
        verb = "last checked" if self.entry["checked_on"] else "never checked, claimed"
        limit = counted(self.definition.max_age_days or 0, "day")
        return f"{verb} on {day(self.since)}, {counted(self.age, 'day')} ago; to be checked every {limit}"


@dataclass
class Aged:
    """How much one run logged."""

    stale: int = 0
    uncertain: int = 0
    asked: int = 0


def stale_values(infrastructure: Infrastructure, today: date) -> list[StaleValue]:
    """Return the public values of a profile that are past their age, in the order of the profile."""
    found = []
    for definition in public_fields():
        entry = infrastructure.profile.get(definition.code)
        if entry is None or definition.max_age_days is None or _says_nothing(entry):
            continue
        if (age := age_in_days(entry, today)) > definition.max_age_days:
            found.append(StaleValue(definition, entry, age))
    return found


def _says_nothing(entry: dict[str, Any]) -> bool:
    return entry["value"] is None and entry["status"] in {"", UNKNOWN} and not entry["evidence"]


def _since(entry: dict[str, Any]) -> date:
    return date.fromisoformat(entry["checked_on"] or entry["at"][:10])


def log_ages(now: datetime) -> tuple[Aged, list[tuple[Infrastructure, list[StaleValue]]]]:
    """Log what has grown stale, what its stewards are now asked about, and what became uncertain.

    Returns the counts, and for each infrastructure the values whose stewards are to be asked in one letter. A second
    run logs nothing more: each claim has each kind of event at most once.
    """
    done = Aged()
    to_ask: list[tuple[Infrastructure, list[StaleValue]]] = []
    for infrastructures in _chunks():
        with transaction.atomic():
            to_ask += _log(infrastructures, now, done)
    return done, to_ask


def _chunks() -> Iterator[list[Infrastructure]]:
    listed = Infrastructure.objects.filter(listing=Listing.LISTED).order_by("pk").iterator(chunk_size=_CHUNK)
    while chunk := list(islice(listed, _CHUNK)):
        yield chunk


def _log(
    infrastructures: list[Infrastructure], now: datetime, done: Aged
) -> list[tuple[Infrastructure, list[StaleValue]]]:
    """Log what is new of a few infrastructures; return whose stewards are to be asked about what."""
    kinds = (STALE, ASKED, UNCERTAIN)
    logged = UpkeepEvent.objects.filter(infrastructure__in=infrastructures, kind__in=kinds)
    known: Known = {(claim, kind): at for claim, kind, at in logged.values_list("claim_id", "kind", "at")}
    granted = Stewardship.objects.filter(
        infrastructure__in=infrastructures, state=StewardshipState.GRANTED, person__is_active=True
    )
    with_stewards = set(granted.values_list("infrastructure_id", flat=True))
    aged = [(infrastructure, stale_values(infrastructure, now.date())) for infrastructure in infrastructures]
    fresh = [event for one, values in aged for value in values for event in _news(one, value, known, now)]
    UpkeepEvent.objects.bulk_create(fresh, ignore_conflicts=True)
    to_ask = []
    for infrastructure, values in aged:
        unasked = [value for value in values if (value.entry["claim"], ASKED) not in known]
        if infrastructure.pk in with_stewards and (asked := [v for v in unasked if _is_asked(infrastructure, v, now)]):
            to_ask.append((infrastructure, asked))
    done.stale += sum(event.kind == STALE for event in fresh)
    done.uncertain += sum(event.kind == UNCERTAIN for event in fresh)
    done.asked += sum(len(asked) for _, asked in to_ask)
    return to_ask


def _is_asked(infrastructure: Infrastructure, value: StaleValue, now: datetime) -> bool:
    """Note that the team is asked; false where another run has just asked it: nobody gets two letters."""
    event = {"infrastructure": infrastructure, "field": value.definition.code, "detail": value.words, "at": now}
    return UpkeepEvent.objects.get_or_create(claim_id=value.entry["claim"], kind=ASKED, defaults=event)[1]


def _news(infrastructure: Infrastructure, value: StaleValue, known: Known, now: datetime) -> Iterator[UpkeepEvent]:
    claim = value.entry["claim"]

    def event(kind: str, detail: str) -> UpkeepEvent:
        code = value.definition.code
        return UpkeepEvent(
            infrastructure=infrastructure, field=code, claim_id=claim, kind=kind, detail=detail, at=now
        )  # fmt: skip

    if (claim, STALE) not in known:
        yield event(STALE, value.words)
    if (claim, UNCERTAIN) in known:
        return
    asked = known.get((claim, ASKED))
    if value.age > AGES_TO_UNCERTAIN * (value.definition.max_age_days or 0):
        yield event(UNCERTAIN, f"{value.words}; more than twice its age")
    elif asked is not None and now - asked >= PATIENCE:
        yield event(UNCERTAIN, f"no answer since its team was asked on {day(asked.date())}")
