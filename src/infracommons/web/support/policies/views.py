"""The pages of the policies: all of them over time, one, what is asked for by which, and what changed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from infracommons.exhibits.draw.render import Size, svg
from infracommons.exhibits.exhibit import Exhibit
from infracommons.exhibits.kinds.policy_timeline import policy_timeline
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.formats import FORMATS
from infracommons.insights.policies.effect import known_day
from infracommons.insights.policies.events import events_of, newest_events
from infracommons.insights.policies.filters import PolicyFilters, matched
from infracommons.insights.policies.load import Policies
from infracommons.insights.policies.requirements import asking_for, strength_on
from infracommons.insights.policies.timeline import day_words
from infracommons.vocabulary.countries import country_name
from infracommons.vocabulary.policies import CHECKED, LEVELS, SOURCE_KINDS, Instrument
from infracommons.web.shared.paged import address
from infracommons.web.support.policies import presenters
from infracommons.web.support.policies.answers import filtered, of_policies

_SIZES: tuple[Size, ...] = ("wide", "narrow")


@of_policies
@filtered
def policies(request: HttpRequest, policies: Policies, asked: PolicyFilters) -> HttpResponse:
    """Show the policies that match on a timeline by region, with the list that is its table."""
    found = matched(policies, asked)
    # The drawing is of no release; its panel is not shown here.
    exhibit = policy_timeline(policies, found.instruments, "", AwardFilters())
    context = _list_context(request, policies, asked) | {
        "exhibit": exhibit,
        "drawings": _drawings(exhibit),
        "rows": presenters.rows(policies, found.instruments),
        "undecided": found.undecided,
        "downloads": _downloads("policies_file", asked),
        "clause_downloads": _downloads("policy_clauses_file", asked),
    }
    return render(request, "support/policies/policies.html", context)


@of_policies
def policy(request: HttpRequest, policies: Policies, code: str) -> HttpResponse:
    """Show one policy: its facts, clauses by requirement, what changed, what it affects, and its sources."""
    one = _known(policies.instruments, code, "policy")
    sources = {source.code: source for source in one.sources}
    context = {
        "policy": one,
        "region": policies.regions[one.region].label,
        "kind": policies.kinds[one.kind],
        "countries": ", ".join(country_name(code) for code in one.countries),
        "level": LEVELS[one.level],
        "adopted": day_words(one.adopted),
        "in_force": day_words(one.in_force),
        "ended": day_words(one.ended) if one.ended else "",
        "held": presenters.held_words(one, timezone.now().date()),
        "parts": [
            (term, [(clause, presenters.applies_words(one, clause), sources[clause.source]) for clause in clauses])
            for term, clauses in presenters.by_requirement(policies, one)
        ],
        "events": events_of(one),
        "categories": presenters.category_links(policies, one),
        "follows": _named(policies, one.supersedes),
        "followed_by": _named(policies, policies.superseded_by.get(one.code, ())),
        "related": _named(policies, one.related),
        "checked": CHECKED[one.checked],
        "sources": [
            (source, SOURCE_KINDS[source.kind], known.words if (known := known_day(source.checked_on)) else "")
            for source in one.sources
        ],
    }
    return render(request, "support/policies/policy.html", context)


@of_policies
@filtered
def requirements(request: HttpRequest, policies: Policies, asked: PolicyFilters) -> HttpResponse:
    """Show which policy asks for what, and how strongly."""
    found = matched(policies, asked)
    context = _list_context(request, policies, asked) | {
        "requirements": list(policies.requirements.values()),
        "rows": presenters.matrix(policies, found.instruments),
        "undecided": found.undecided,
    }
    return render(request, "support/policies/requirements.html", context)


@of_policies
def requirement(request: HttpRequest, policies: Policies, code: str) -> HttpResponse:
    """Show which policies ask for one thing, with their clauses."""
    term = _known(policies.requirements, code, "requirement")
    everyone = list(policies.instruments.values())
    context = {
        "requirement": term,
        "asking": asking_for(everyone, code),
        "silent": [one for one in everyone if strength_on(one, code) == "not said"],
        "tally": presenters.tally([strength_on(one, code) for one in everyone]),
        "count": len(everyone),
    }
    return render(request, "support/policies/requirement.html", context)


@of_policies
@filtered
def changes(request: HttpRequest, policies: Policies, asked: PolicyFilters) -> HttpResponse:
    """Show what happened to the policies that match, newest first."""
    found = matched(policies, asked).instruments
    context = _list_context(request, policies, asked) | {"events": newest_events(found, timezone.now().date())}
    return render(request, "support/policies/changes.html", context)


def _list_context(request: HttpRequest, policies: Policies, asked: PolicyFilters) -> dict[str, Any]:
    """Return what every list of policies shows: its filters, and where they lead."""
    return {
        "here": request.path,
        "asked": asked,
        "query": presenters.query_of(asked),
        "form": presenters.filter_form(policies, asked),
        "chips": presenters.chips(request.path, policies, asked),
        "total": len(policies.instruments),
        "feed": address(reverse("policy_feed", args=["atom"]), asked),
    }


def _drawings(exhibit: Exhibit) -> list[tuple[str, SafeString]]:
    """Return the drawing for each width, as SVG that we made; nothing where nothing is drawn."""
    if not exhibit.is_drawn:
        return []
    return [(size, mark_safe(svg(exhibit, "page", size))) for size in _SIZES]  # noqa: S308 - drawn here, text escaped


def _downloads(page: str, asked: PolicyFilters) -> list[dict[str, str]]:
    """Return label and address of exactly what is listed, in each form."""
    forms = [(name, form.label) for name, form in FORMATS.items()]
    if page == "policies_file":
        forms.append(("json", "JSON, complete"))
    return [{"label": label, "href": address(reverse(page, args=[name]), asked)} for name, label in forms]


def _named(policies: Policies, codes: tuple[str, ...]) -> list[Instrument]:
    return [policies.instruments[code] for code in codes]


def _known(among: Any, code: str, what: str) -> Any:  # noqa: ANN401 - a mapping of instruments or of terms
    if code not in among:
        message = f"There is no {what} “{code}” here."
        raise Http404(message)
    return among[code]
