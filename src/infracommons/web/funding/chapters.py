"""Pages of exhibits that answer one question together: what for, where, at what risk, on whom."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.release import Release
from infracommons.insights.reliance import most_relied_on
from infracommons.web.funding.filtered import filtered
from infracommons.web.funding.page_parts import Context, answer_parts, exhibits
from infracommons.web.funding.presenters import query_of
from infracommons.web.shared.published import of_release

CHAPTERS = {
    "what-for": (
        "What is the money for?",
        "What an award pays for is read from its own words, so part of it stays unknown.",
        ("support-types", "support-types-by-year", "activities", "category-reach"),
    ),
    "where": (
        "Where does the money come from, and where does it go?",
        "A country is known where the organisation is identified, or where the publisher says it.",
        (
            "funder-regions",
            "recipient-map",
            "recipient-countries",
            "across-borders",
            "us-federal",
            "funder-map",
            "funder-countries",
            "infrastructure-map",
        ),
    ),
    "risk": (
        "What could go missing?",
        "A funder that leaves is a risk where others give little. Only what the sources know is weighed.",
        ("concentration", "concentration-of-each", "exposure", "without-us-federal", "endings", "continuity"),
    ),
    "reliance": (
        "What relies on what?",
        "Whoever goes missing is missed by those that rely on it. Only integrations with evidence are in the network.",
        ("reliance", "reliance-risk", "reliance-without"),
    ),
}
_CHOICES = 12  # of infrastructures without which to see the others


@of_release
@filtered(AwardFilters)
def chapter(request: HttpRequest, release: Release, filters: AwardFilters, name: str) -> HttpResponse:
    """Show the exhibits of one question."""
    return render(request, "funding/chapter.html", _context(request, release, filters, name))


@of_release
@filtered(AwardFilters)
def reliance(request: HttpRequest, release: Release, filters: AwardFilters) -> HttpResponse:
    """Show the network of reliance, and ways to the same page without one of the most relied on."""
    ranked = most_relied_on(release)
    choices = [
        {"name": name, "address": request.path + query_of(filters.narrowed(infrastructure=(slug,)))}
        for slug, name in ranked[:_CHOICES]
    ]
    context = {"choices": choices, "choices_of": len(ranked)}
    return render(request, "funding/reliance.html", _context(request, release, filters, "reliance") | context)


def _context(request: HttpRequest, release: Release, filters: AwardFilters, name: str) -> Context:
    question, note, names = CHAPTERS[name]
    return answer_parts(request, release, filters) | {
        "question": question,
        "note": note,
        "exhibits": exhibits(request, release, filters, names),
    }
