"""The pages of a release; each asks the insights its question and hands the answer to a template."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from infracommons.insights import exclusions as exclusion_insight
from infracommons.insights import overview
from infracommons.insights import records as record_insight
from infracommons.insights.award import award_evidence
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.awards import award_list, award_total, by_decision
from infracommons.insights.exclusions import ExclusionFilters
from infracommons.insights.formats import FORMATS
from infracommons.insights.paging import ROWS_A_PAGE
from infracommons.insights.records import RecordFilters
from infracommons.insights.release import Release, Row
from infracommons.insights.tables import published_tables
from infracommons.web.funding import wording
from infracommons.web.funding.award_page import award_page
from infracommons.web.funding.filter_form import filter_form, names_by_field
from infracommons.web.funding.filtered import filtered
from infracommons.web.funding.presenters import awards_address, chips, downloads, page_links, query_of
from infracommons.web.funding.rows import award_rows, reason_rows
from infracommons.web.funding.search.results import search_parts
from infracommons.web.funding.summary import summary
from infracommons.web.shared.published import of_release

Context = dict[str, Any]
NOT_FOUND = 404
NEEDS_REVIEW, REJECTED = "needs_review", "rejected"


@of_release
@filtered(AwardFilters)
def awards(request: HttpRequest, release: Release, filters: AwardFilters) -> HttpResponse:
    """Show the awards that match, a page at a time, with what they add up to."""
    found = award_list(release, filters)
    context = _list_context(request, release, filters) | {
        "form": filter_form(release, filters),
        **search_parts(
            release,
            filters,
            award_rows(found.rows, names_by_field(release)["infrastructure"]),
            found=found.total.awards,
        ),
        "order": wording.SORTS[filters.order],
        "summary": summary(request.path, found.total, filters),
        "others": by_decision(release, filters),
        "pages": page_links(request.path, filters, found.pages, len(found.rows), ROWS_A_PAGE),
        "downloads": downloads("awards_file", filters),
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
    rows = [table | {"downloads": _files_of(str(table["name"]))} for table in published_tables(release)]
    return render(request, "funding/downloads.html", {"tables": rows})


def _files_of(table: str) -> list[Row]:
    return [{"label": form.label, "href": reverse("table", args=[table, name])} for name, form in FORMATS.items()]


def _list_context(request: HttpRequest, release: Release, filters: AwardFilters) -> Context:
    """Return what every list over awards shows: its filters, and what the awards add up to."""
    return {
        "here": request.path,
        "filters": filters,
        "query": query_of(filters.narrowed()),
        "chips": chips(request.path, filters, names_by_field(release)),
        "summary": summary(request.path, award_total(release, filters), filters),
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
