"""The pages of a release; each asks the insights its question and hands the answer to a template."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from infracommons.insights import exclusions as exclusion_insight
from infracommons.insights import overview, totals
from infracommons.insights import records as record_insight
from infracommons.insights.award import award_evidence
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.awards import award_list, award_total, by_decision
from infracommons.insights.exclusions import ExclusionFilters
from infracommons.insights.formats import FORMATS
from infracommons.insights.funders import funder_facts
from infracommons.insights.infrastructures import infrastructure_facts, infrastructures_named
from infracommons.insights.infrastructures import infrastructures as every_infrastructure
from infracommons.insights.paging import ROWS_A_PAGE, pages
from infracommons.insights.records import RecordFilters
from infracommons.insights.release import Release, Row
from infracommons.insights.tables import published_tables
from infracommons.web.funding import wording
from infracommons.web.funding.award_page import award_page
from infracommons.web.funding.filter_form import filter_form, names_by_field
from infracommons.web.funding.filtered import filtered
from infracommons.web.funding.presenters import awards_address, chips, downloads, page_links, query_of
from infracommons.web.funding.rows import (
    award_rows,
    funder_rows,
    infrastructure_rows,
    reason_rows,
    rule_rows,
    year_rows,
)
from infracommons.web.funding.summary import summary
from infracommons.web.shared.paged import address
from infracommons.web.shared.published import of_release

Context = dict[str, Any]
NOT_FOUND = 404
NEEDS_REVIEW, REJECTED = "needs_review", "rejected"


@of_release
def home(request: HttpRequest, release: Release) -> HttpResponse:
    """Show the release: its headline, its sources, and how its records add up."""
    filters = AwardFilters()
    accounts = overview.source_accounts(release)
    excluded = ExclusionFilters(stage=overview.BEFORE_AWARDS, source=tuple(account.source for account in accounts))
    context = {
        "summary": summary(request.path, award_total(release, filters), filters),
        "made_on": datetime.fromisoformat(release.manifest["made_at"]).date(),
        "by_rule": rule_rows(totals.by_rule(release, filters), filters),
        "counts": release.manifest["counts"],
        "roles": wording.ROLES,
        "accounts": accounts,
        "excluded_address": address(reverse("exclusions"), excluded),
        "others": overview.other_sources(release),
        "reasons": reason_rows(overview.exclusion_reasons(release)),
        "years": year_rows(totals.by_year(release, filters), filters),
    }
    return render(request, "funding/home.html", context)


@of_release
@filtered(AwardFilters)
def awards(request: HttpRequest, release: Release, filters: AwardFilters) -> HttpResponse:
    """Show the awards that match, a page at a time, with what they add up to."""
    found = award_list(release, filters)
    context = _list_context(request, release, filters) | {
        "form": filter_form(release, filters),
        "rows": award_rows(found.rows, names_by_field(release)["infrastructure"]),
        "order": wording.SORTS[filters.sort],
        "summary": summary(request.path, found.total, filters),
        "others": by_decision(release, filters),
        "pages": page_links(request.path, filters, found.pages, len(found.rows), ROWS_A_PAGE),
        "downloads": downloads("awards_file", filters),
        "named": infrastructures_named(release, filters.q),
        **_undecided(filters),
    }
    return _page(request, "funding/awards.html", context, beyond=filters.page > found.pages)


@of_release
def award(request: HttpRequest, release: Release, award_id: str) -> HttpResponse:
    """Show one award with all that stands behind it."""
    evidence = award_evidence(release, award_id)
    if evidence is None:
        message = f"This release has no award “{award_id}”."
        raise Http404(message)
    return render(request, "funding/award.html", award_page(evidence))


@of_release
@filtered(AwardFilters)
def infrastructures(request: HttpRequest, release: Release, filters: AwardFilters) -> HttpResponse:
    """Show what counts for each infrastructure, in the order of their names unless asked otherwise."""
    found = {row["infrastructure_id"]: row for row in totals.by_infrastructure(release, filters)}
    everyone = every_infrastructure(release)
    rows = [row | found[row["infrastructure_id"]] for row in everyone if row["infrastructure_id"] in found]
    if filters.sort == "largest":
        rows.sort(key=lambda row: row["counted_usd"], reverse=True)
    others = [row for row in everyone if not row["supports"]]
    context = _list_context(request, release, filters) | {
        "rows": infrastructure_rows(rows, filters),
        "named_only": [row for row in others if row[NEEDS_REVIEW] or row[REJECTED]],
        "unnamed": [row for row in others if not row[NEEDS_REVIEW] and not row[REJECTED]],
        "count": len(everyone),
        "by_name": address(request.path, filters.narrowed(sort=AwardFilters().sort)),
        "by_amount": address(request.path, filters.narrowed(sort="largest")),
        "downloads": downloads("totals_file", filters, "infrastructure"),
    }
    return render(request, "funding/infrastructures.html", context)


@of_release
@filtered(AwardFilters)
def infrastructure(
    request: HttpRequest, release: Release, filters: AwardFilters, infrastructure_id: str
) -> HttpResponse:
    """Show one infrastructure: facts, totals under every rule, funders and years."""
    facts = infrastructure_facts(release, infrastructure_id)
    if facts is None:
        message = f"The catalogue has no infrastructure “{infrastructure_id}”."
        raise Http404(message)
    own = filters.narrowed(infrastructure=(infrastructure_id,))
    context = _one_context(request, release, filters, own) | {
        "facts": facts,
        "for_it": f"for {facts['name']}",
        "categories": ", ".join(wording.value_words("reason", code) for code in facts["category_codes"]),
        "decisions": by_decision(release, own),
        "funders": funder_rows(totals.by_funder(release, own), own),
        "funder_downloads": downloads("totals_file", own, "funder"),
        **_undecided(own),
    }
    return render(request, "funding/infrastructure.html", context)


@of_release
@filtered(AwardFilters)
def funders(request: HttpRequest, release: Release, filters: AwardFilters) -> HttpResponse:
    """Show what each funder gives, largest first."""
    every = funder_rows(totals.by_funder(release, filters), filters)
    start, last = (filters.page - 1) * ROWS_A_PAGE, pages(len(every))
    rows = every[start : start + ROWS_A_PAGE]
    context = _list_context(request, release, filters) | {
        "rows": rows,
        "count": len(every),
        "pages": page_links(request.path, filters, last, len(rows), ROWS_A_PAGE),
        "downloads": downloads("totals_file", filters, "funder"),
    }
    return _page(request, "funding/funders.html", context, beyond=filters.page > last)


@of_release
@filtered(AwardFilters)
def funder(request: HttpRequest, release: Release, filters: AwardFilters, organisation_id: str) -> HttpResponse:
    """Show one funder: facts, totals under every rule, infrastructures and years."""
    facts = funder_facts(release, organisation_id)
    if facts is None:
        message = f"No award of this release names a funder “{organisation_id}”."
        raise Http404(message)
    own = filters.narrowed(funder=(organisation_id,))
    context = _one_context(request, release, filters, own) | {
        "facts": facts,
        "infrastructures": infrastructure_rows(totals.by_infrastructure(release, own), own),
        "infrastructure_downloads": downloads("totals_file", own, "infrastructure"),
    }
    return render(request, "funding/funder.html", context)


@of_release
@filtered(AwardFilters)
def years(request: HttpRequest, release: Release, filters: AwardFilters) -> HttpResponse:
    """Show what was given in each year, newest first."""
    context = _list_context(request, release, filters) | {
        "years": year_rows(totals.by_year(release, filters), filters),
        "downloads": downloads("totals_file", filters, "year"),
    }
    return render(request, "funding/years.html", context)


@of_release
@filtered(RecordFilters)
def records(request: HttpRequest, release: Release, filters: RecordFilters) -> HttpResponse:
    """Show the records that make up the awards."""
    found = record_insight.records(filters).page(release, filters.page)
    context = _rows_context(request.path, filters, found) | {"downloads": downloads("records_file", filters)}
    return _page(request, "funding/records.html", context, beyond=filters.page > found.pages)


@of_release
@filtered(ExclusionFilters)
def exclusions(request: HttpRequest, release: Release, filters: ExclusionFilters) -> HttpResponse:
    """Show why records are in no total, and which."""
    found = exclusion_insight.exclusions(filters).page(release, filters.page)
    context = _rows_context(request.path, filters, found) | {
        "reasons": reason_rows(overview.exclusion_reasons(release)),
        "downloads": downloads("exclusions_file", filters),
    }
    return _page(request, "funding/exclusions.html", context, beyond=filters.page > found.pages)


@of_release
def tables(request: HttpRequest, release: Release) -> HttpResponse:
    """Show the whole tables to take away."""
    context: Row = {"tables": published_tables(release), "forms": list(FORMATS.items())}
    return render(request, "funding/downloads.html", context)


def _list_context(request: HttpRequest, release: Release, filters: AwardFilters) -> Context:
    """Return what every list over awards shows: its filters, and what the awards add up to."""
    return {
        "here": request.path,
        "filters": filters,
        "query": query_of(filters.narrowed()),
        "chips": chips(request.path, filters, names_by_field(release)),
        "summary": summary(request.path, award_total(release, filters), filters),
    }


def _one_context(request: HttpRequest, release: Release, asked: AwardFilters, own: AwardFilters) -> Context:
    """Return what the pages of one infrastructure and one funder share; `own` are the filters with it among them."""
    return {
        "here": request.path,
        "chips": chips(request.path, asked, names_by_field(release)),
        "summary": summary(request.path, award_total(release, own), own, asked),
        "by_rule": rule_rows(totals.by_rule(release, own), own),
        "years": year_rows(totals.by_year(release, own), own),
        "year_downloads": downloads("totals_file", own, "year"),
    }


def _rows_context(path: str, filters: Any, found: Any) -> Context:  # noqa: ANN401 - filters of either kind
    return {
        "here": path,
        "filters": filters,
        "chips": chips(path, filters, {}),
        "rows": found.rows,
        "count": found.count,
        "pages": page_links(path, filters, found.pages, len(found.rows), ROWS_A_PAGE),
    }


def _undecided(filters: AwardFilters) -> Context:
    """Return the addresses of awards that name what is asked for, but are no support or not yet."""
    return {
        "review_address": awards_address(filters, decision=NEEDS_REVIEW),
        "rejected_address": awards_address(filters, decision=REJECTED),
    }


def _page(request: HttpRequest, template: str, context: Context, *, beyond: bool) -> HttpResponse:
    """Answer with the page, or 404 with the same page, which then says how many pages there are."""
    return render(request, template, context | {"is_beyond": beyond}, status=NOT_FOUND if beyond else None)
