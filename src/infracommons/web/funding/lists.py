"""The lists of what money goes to, comes from and begins in: infrastructures, funders, recipients, years."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from infracommons.insights import totals
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.infrastructures import CatalogueFilters
from infracommons.insights.infrastructures import infrastructures as every_infrastructure
from infracommons.insights.paging import ROWS_A_PAGE, pages
from infracommons.insights.recipients import by_recipient
from infracommons.insights.release import Release, Row
from infracommons.web.funding.filtered import filtered
from infracommons.web.funding.page_parts import Context, answer_parts, exhibits, paged
from infracommons.web.funding.presenters import downloads, page_links
from infracommons.web.funding.rows import funder_rows, infrastructure_rows, largest, recipient_rows, year_rows
from infracommons.web.shared.paged import address
from infracommons.web.shared.published import of_release

Present = Callable[[Sequence[Row], AwardFilters, Decimal], list[Row]]  # of one page, and the largest amount of all


@of_release
@filtered(AwardFilters)
def infrastructures(request: HttpRequest, release: Release, filters: AwardFilters) -> HttpResponse:
    """Show what counts for each infrastructure, in the order of their names unless asked otherwise."""
    everyone = every_infrastructure(release)
    known = {row["infrastructure_id"]: row for row in everyone}
    found = totals.by_infrastructure(release, filters)
    if filters.sort != "largest":
        found.sort(key=lambda row: (row["name"].lower(), row["infrastructure_id"]))

    def with_facts(rows: Sequence[Row], asked: AwardFilters, most: Decimal) -> list[Row]:
        return infrastructure_rows([known[row["infrastructure_id"]] | row for row in rows], asked, most)

    context = _rows_of(request, release, filters, found, with_facts) | {
        "catalogued": len(everyone),
        "without": sum(not row["supports"] for row in everyone),
        "by_name": address(request.path, filters.narrowed(sort=AwardFilters().sort)),
        "by_amount": address(request.path, filters.narrowed(sort="largest")),
        **_named("infrastructures", downloads("totals_file", filters, "infrastructure")),
    }
    return paged(request, "funding/infrastructures.html", context, beyond=context["is_beyond"])


@of_release
@filtered(CatalogueFilters)
def without_awards(request: HttpRequest, release: Release, filters: CatalogueFilters) -> HttpResponse:
    """Show the infrastructures of the catalogue that no award of the release is sure to support."""
    every = every_infrastructure(release)
    rows = [row for row in every if not row["supports"]]
    context = _page_of(request.path, filters, rows) | {"here": request.path, "catalogued": len(every)}
    return paged(request, "funding/without_awards.html", context, beyond=context["is_beyond"])


@of_release
@filtered(AwardFilters)
def funders(request: HttpRequest, release: Release, filters: AwardFilters) -> HttpResponse:
    """Show what each funder gives, largest first."""
    context = _rows_of(request, release, filters, totals.by_funder(release, filters), funder_rows)
    context |= _named("funders", downloads("totals_file", filters, "funder"))
    return paged(request, "funding/funders.html", context, beyond=context["is_beyond"])


@of_release
@filtered(AwardFilters)
def recipients(request: HttpRequest, release: Release, filters: AwardFilters) -> HttpResponse:
    """Show what each recipient receives, largest first."""
    context = _rows_of(request, release, filters, by_recipient(release, filters), recipient_rows)
    context |= _named("recipients", downloads("chart_file", filters, "recipients"))
    return paged(request, "funding/recipients.html", context, beyond=context["is_beyond"])


@of_release
@filtered(AwardFilters)
def years(request: HttpRequest, release: Release, filters: AwardFilters) -> HttpResponse:
    """Show what was given in each year, newest first."""
    context = answer_parts(request, release, filters) | {
        "years": year_rows(totals.by_year(release, filters), filters),
        "downloads": downloads("totals_file", filters, "year"),
        "exhibits": exhibits(request, release, filters, ("years", "years-awards", "support-types-by-year")),
    }
    return render(request, "funding/years.html", context)


def _rows_of(
    request: HttpRequest, release: Release, filters: AwardFilters, every: Sequence[Row], present: Present
) -> Context:
    """Return the page of the rows that is asked for, and what every list over awards shows."""
    page = _page_of(request.path, filters, every)
    return answer_parts(request, release, filters) | page | {"rows": present(page["rows"], filters, largest(every))}


def _named(chart: str, files: list[dict[str, str]]) -> Context:
    """Return what a list is called, the chart of the same rows, and its files."""
    return {"listed": chart.capitalize(), "chart": chart, "downloads": files}


def _page_of(path: str, filters: AwardFilters | CatalogueFilters, every: Sequence[Row]) -> Context:
    start, last = (filters.page - 1) * ROWS_A_PAGE, pages(len(every))
    rows = every[start : start + ROWS_A_PAGE]
    return {
        "rows": rows,
        "count": len(every),
        "pages": page_links(path, filters, last, len(rows), ROWS_A_PAGE),
        "is_beyond": filters.page > last,
    }
