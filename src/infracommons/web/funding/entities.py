"""The pages of one infrastructure, one funder and one organisation."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from infracommons.exhibits.registry import exhibit
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.awards import award_total, by_decision
from infracommons.insights.funders import funder_facts
from infracommons.insights.infrastructures import infrastructure_facts
from infracommons.insights.organisations import infrastructures_run_by, organisation_facts, organisation_parts
from infracommons.insights.release import Release, Row
from infracommons.web.funding.exhibits.shown import Shown, shown
from infracommons.web.funding.filtered import filtered
from infracommons.web.funding.page_parts import answer_parts, exhibits
from infracommons.web.funding.presenters import awards_address, query_of
from infracommons.web.funding.summary import Summary, summary
from infracommons.web.funding.wording import value_words
from infracommons.web.shared.paged import address
from infracommons.web.shared.published import of_release

NEEDS_REVIEW, REJECTED = "needs_review", "rejected"
OF_INFRASTRUCTURE = ("years", "funders", "support-types", "concentration", "timeline", "endings", "rules")
OF_FUNDER = ("years", "infrastructures", "recipients", "support-types", "category-reach", "rules")
MOST_PARTS = 50


@of_release
@filtered(AwardFilters)
def infrastructure(
    request: HttpRequest, release: Release, filters: AwardFilters, infrastructure_id: str
) -> HttpResponse:
    """Show one infrastructure: facts, and its money by year, funder, type and rule."""
    facts = infrastructure_facts(release, infrastructure_id)
    if facts is None:
        message = f"The catalogue has no infrastructure “{infrastructure_id}”."
        raise Http404(message)
    own = filters.narrowed(infrastructure=(infrastructure_id,))
    context = answer_parts(request, release, filters, own, without=("sort", "infrastructure")) | {
        "facts": facts,
        "for_it": f"for {facts['name']}",
        "categories": [
            {"name": value_words("category", code), "href": _reach(filters, code)} for code in facts["category_codes"]
        ],
        "decisions": by_decision(release, own),
        "review_address": awards_address(own, decision=NEEDS_REVIEW),
        "rejected_address": awards_address(own, decision=REJECTED),
        "exhibits": exhibits(request, release, own, OF_INFRASTRUCTURE),
    }
    return render(request, "funding/infrastructure.html", context)


@of_release
@filtered(AwardFilters)
def funder(request: HttpRequest, release: Release, filters: AwardFilters, organisation_id: str) -> HttpResponse:
    """Show one funder: facts, and its money by year, infrastructure, recipient, type and rule."""
    facts = funder_facts(release, organisation_id)
    if facts is None:
        message = f"No award of this release names a funder “{organisation_id}”."
        raise Http404(message)
    own = filters.narrowed(funder=(organisation_id,))
    context = answer_parts(request, release, filters, own, without=("sort", "funder")) | {
        "facts": facts,
        "exhibits": exhibits(request, release, own, OF_FUNDER),
    }
    return render(request, "funding/funder.html", context)


@of_release
@filtered(AwardFilters)
def organisation(
    request: HttpRequest, release: Release, filters: AwardFilters, organisation_id: str, *, alone: bool = False
) -> HttpResponse:
    """Show one organisation in its three parts: what it gives, what it receives, and what it runs.

    What is part of it counts as its own, unless the reader asks for it `alone`.
    """
    facts = organisation_facts(release, organisation_id)
    if facts is None:
        message = f"This release has no organisation “{organisation_id}”."
        raise Http404(message)
    parts = organisation_parts(release, organisation_id)
    ids = (organisation_id, *(() if alone else (part["organisation_id"] for part in parts)))
    run = infrastructures_run_by(release, list(ids))
    context = answer_parts(request, release, filters) | {
        "facts": facts,
        "parts": parts[:MOST_PARTS],
        "parts_count": len(parts),
        "is_alone": alone,
        "together_address": _same(filters, "organisation", organisation_id),
        "alone_address": _same(filters, "organisation_alone", organisation_id),
        "gives": _side(request, release, filters.narrowed(funder=ids), "infrastructures"),
        "receives": _side(request, release, filters.narrowed(recipient=ids), "funders"),
        "run": run,
        "runs": _runs(request, release, filters, run),
    }
    return render(request, "funding/organisation.html", context)


def _side(request: HttpRequest, release: Release, own: AwardFilters, name: str) -> dict[str, Any]:
    """Return what an organisation gives or receives: its summary, and one exhibit where there is an award."""
    found: Summary = summary(request.path, award_total(release, own), own)
    there: Shown | None = shown(request, release, name, own, level=3) if found.total.awards else None
    return {"summary": found, "shown": there}


def _runs(request: HttpRequest, release: Release, filters: AwardFilters, run: list[Row]) -> dict[str, Any] | None:
    """Return what awards give to the infrastructures it runs, whoever received it; None where it runs none."""
    if not run:
        return None
    own = filters.narrowed(infrastructure=tuple(row["infrastructure_id"] for row in run))
    found = exhibit(release, "infrastructures", own)
    money = {row["infrastructure_id"]: row for row in found.rows}
    rows = [row | {"money": money.get(row["infrastructure_id"])} for row in run]
    return {"summary": summary(request.path, award_total(release, own), own), "rows": rows}


def _same(filters: AwardFilters, page: str, organisation_id: str) -> str:
    return address(reverse(page, args=[organisation_id]), filters.narrowed())


def _reach(filters: AwardFilters, code: str) -> str:
    return reverse("funding_infrastructures") + query_of(filters.narrowed(category=(code,)))
