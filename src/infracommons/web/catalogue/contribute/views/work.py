"""What a signed-in person has under way: drafts, proposals, stewardships, and values that wait to be checked."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from infracommons.web.catalogue.claims.profile import age_in_days
from infracommons.web.catalogue.claims.workflow import CLOSED, DRAFT, REVISION, WITHDRAWN, WORDS
from infracommons.web.catalogue.contribute.parts import person_of
from infracommons.web.catalogue.contribute.sections import parts_of_profile
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.models import Infrastructure, Proposal, Stewardship
from infracommons.web.catalogue.models.stewardship import StewardshipState

_MOST_CLOSED = 50


@dataclass(frozen=True)
class Old:
    """A value past its age, with the section of the form in which it is."""

    field: FieldDefinition
    days: int
    section: str


@require_safe
@never_cache
@login_required
def my_work(request: HttpRequest) -> HttpResponse:
    """Show all of it on one page."""
    person = person_of(request)
    mine = Proposal.objects.filter(proposer=person).select_related("infrastructure")
    ships = Stewardship.objects.filter(person=person).select_related("infrastructure")
    today = timezone.now().date()
    context = {
        "drafts": mine.filter(state__in=(DRAFT, REVISION)),
        "waiting": _worded(mine.exclude(state__in=(DRAFT, REVISION, *CLOSED))),
        "closed": _worded(mine.filter(state__in=CLOSED).exclude(state=WITHDRAWN, submitted_at=None)[:_MOST_CLOSED]),
        "stewardships": [
            (ship, old_values(ship.infrastructure, today) if ship.state == StewardshipState.GRANTED else [])
            for ship in ships
        ],
    }
    return render(request, "catalogue/contribute/work.html", context)


def old_values(infrastructure: Infrastructure, today: date) -> list[Old]:
    """Return what is past its age, the oldest first."""
    found = [
        Old(field, age, part.code)
        for part in parts_of_profile()
        for field in part.fields
        if field.max_age_days and (entry := infrastructure.profile.get(field.code))
        if (age := age_in_days(entry, today)) > field.max_age_days
    ]
    return sorted(found, key=lambda old: -old.days)


def _worded(proposals: QuerySet[Proposal]) -> list[tuple[Proposal, str]]:
    return [(proposal, WORDS[proposal.state]) for proposal in proposals]
