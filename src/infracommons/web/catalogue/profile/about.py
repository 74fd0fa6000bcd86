"""The pages about the catalogue itself: what is listed, how much is known, what waits to be listed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from infracommons.vocabulary.figures import counted
from infracommons.web.catalogue.claims import workflow
from infracommons.web.catalogue.claims.flag_rules import RULES
from infracommons.web.catalogue.claims.state import latest_change
from infracommons.web.catalogue.models import Infrastructure, Proposal, TermEvent
from infracommons.web.catalogue.models.infrastructure import Listing
from infracommons.web.catalogue.models.proposal import ProposalKind
from infracommons.web.catalogue.profile.asked import Nothing, answered
from infracommons.web.catalogue.profile.coverage import Coverage
from infracommons.web.catalogue.profile.coverage import coverage as coverage_of
from infracommons.web.catalogue.profile.state import conditional
from infracommons.web.catalogue.profile.values import search_address
from infracommons.web.catalogue.search.index import catalogue_index

_VERDICTS = ("yes", "no", "unknown")
_WAITING = (workflow.SUBMITTED, workflow.REVISION)


@dataclass(frozen=True)
class Suggestion:
    """One suggestion: its name as given, the day, and its state or the reason in words."""

    name: str
    on: date
    state: str


@require_safe
def inclusion(request: HttpRequest) -> HttpResponseBase:
    """Show what is listed and why, and the rules of openness with how many they make a yes."""

    def answer() -> HttpResponse:
        found = dict(Infrastructure.objects.values_list("listing").annotate(Count("id")).order_by())
        counts = {str(listing): found.get(listing, 0) for listing in Listing}
        flags = [{"rule": rule, "cells": _cells(rule.code)} for rule in RULES]
        return render(request, "catalogue/profile/inclusion.html", {"counts": counts, "flags": flags})

    return answered(request, Nothing, lambda _asked: conditional(request, (), answer))


def _cells(code: str) -> list[dict[str, object]]:
    index = catalogue_index()
    return [
        {"verdict": verdict, "count": index.having(code, verdict).bit_count(), "href": search_address(code, verdict)}
        for verdict in _VERDICTS
    ]


@require_safe
def coverage(request: HttpRequest) -> HttpResponseBase:
    """Show how much is known of what is listed."""

    def answer() -> HttpResponse:
        today = timezone.now().date()
        found = coverage_of((latest_change(), TermEvent.objects.count()), today)
        context = {"coverage": found, "today": today, "answer": _sentence(found)}
        return render(request, "catalogue/profile/coverage.html", context)

    return answered(request, Nothing, lambda _asked: conditional(request, (), answer))


def _sentence(found: Coverage) -> str:
    asked, known = sum(one.asked for one in found.sections), sum(one.known for one in found.sections)
    evidence, checked = (sum(getattr(one, name) for one in found.fields) for name in ("with_evidence", "checked"))
    return (
        f"{known:,} of {counted(asked, 'question')} about {counted(found.infrastructures, 'infrastructure')} are "
        f"answered, {evidence:,} of these with evidence; {checked:,} were checked in the last 12 months."
    )


@require_safe
def suggested(request: HttpRequest) -> HttpResponseBase:
    """Show what was suggested and is not listed, and what was declined with a reason."""

    def answer(_asked: Nothing) -> HttpResponse:
        waiting = sorted(_waiting(), key=lambda one: (one.on, one.name))
        declined = sorted(_declined(), key=lambda one: one.on, reverse=True)
        return render(request, "catalogue/profile/suggested.html", {"waiting": waiting, "declined": declined})

    return answered(request, Nothing, answer)


def _waiting() -> Iterator[Suggestion]:
    """Yield suggestions whose sender has confirmed the address: what a robot typed is not shown."""
    proposals = Proposal.objects.filter(kind=ProposalKind.SUGGESTION, state__in=_WAITING).select_related(
        "infrastructure"
    )
    for proposal in proposals:
        name = proposal.infrastructure.name if proposal.infrastructure else proposal.name
        yield Suggestion(name, (proposal.submitted_at or proposal.created_at).date(), workflow.WORDS[proposal.state])
    under_way = proposals.exclude(infrastructure=None).values("infrastructure")
    for row in Infrastructure.objects.filter(listing=Listing.SUGGESTED).exclude(pk__in=under_way):
        yield Suggestion(row.name, row.created_at.date(), Listing(row.listing).label)


def _declined() -> Iterator[Suggestion]:
    for row in Infrastructure.objects.filter(listing=Listing.DECLINED):
        yield Suggestion(row.name, row.changed_at.date(), row.listing_reason or "unknown; none was given")
