"""The list of charts, and the page of one."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from infracommons.exhibits.exhibit import CHAPTERS
from infracommons.exhibits.registry import exhibit, exhibit_kinds
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.paging import ROWS_A_PAGE, pages
from infracommons.insights.release import Release
from infracommons.web.funding.exhibits.addresses import chart_address, file_address
from infracommons.web.funding.exhibits.kind import kind_or_404
from infracommons.web.funding.exhibits.oembed import oembed_address
from infracommons.web.funding.exhibits.shown import shown
from infracommons.web.funding.filter_form import filter_form
from infracommons.web.funding.filtered import filtered
from infracommons.web.funding.page_parts import names_for
from infracommons.web.funding.presenters import chips, page_links
from infracommons.web.funding.wording import FIELDS
from infracommons.web.shared.paged import address
from infracommons.web.shared.published import of_release

NOT_FOUND = 404


@of_release
@filtered(AwardFilters)
def charts(request: HttpRequest, release: Release, filters: AwardFilters) -> HttpResponse:
    """Show every chart there is, by chapter. None is asked for here: a reader's browser asks for each sentence."""
    plain = filters.narrowed(sort=AwardFilters().sort)
    chapters = [
        {
            "label": CHAPTERS[chapter],
            "charts": [
                {
                    "kind": kind,
                    "address": chart_address(kind.name, plain),
                    "sentence_address": address(reverse("chart_sentence", args=[kind.name]), plain),
                }
                for kind in kinds
            ],
        }
        for chapter, kinds in groupby(exhibit_kinds().values(), key=lambda kind: kind.chapter)
    ]
    context = _panel(request, release, filters) | {"chapters": chapters, "count": len(exhibit_kinds())}
    return render(request, "funding/exhibits/charts.html", context)


@of_release
@filtered(AwardFilters)
def chart(request: HttpRequest, release: Release, filters: AwardFilters, name: str) -> HttpResponse:
    """Show one chart with the whole of its table, a page at a time."""
    kind = kind_or_404(name)
    one = shown(request, release, name, filters, level=1, page=filters.page)
    last = pages(one.rows_total)
    is_beyond = filters.page > last
    whole = request.build_absolute_uri(one.address)
    context = _panel(request, release, filters) | {
        "kind": kind,
        "shown": one,
        "is_beyond": is_beyond,
        "table_pages": page_links(request.path, filters, last, len(one.lines), ROWS_A_PAGE),
        "uses": [FIELDS[field] for field in sorted(kind.uses)],
        "whole_address": whole,
        "picture": request.build_absolute_uri(file_address(name, "png", _plain(filters)))
        if one.exhibit.is_drawn
        else "",
        "oembed": request.build_absolute_uri(oembed_address(whole)),
    }
    return render(request, "funding/exhibits/chart.html", context, status=NOT_FOUND if is_beyond else None)


@of_release
@filtered(AwardFilters)
def sentence(request: HttpRequest, release: Release, filters: AwardFilters, name: str) -> HttpResponse:
    """Answer with the finding of one chart, to be put into the list of charts."""
    kind_or_404(name)
    return render(request, "funding/exhibits/sentence.html", {"exhibit": exhibit(release, name, filters)})


def _plain(filters: AwardFilters) -> AwardFilters:
    return filters.narrowed(sort=AwardFilters().sort)


def _panel(request: HttpRequest, release: Release, filters: AwardFilters) -> dict[str, object]:
    """Return what the filter panel and the chips show."""
    return {
        "here": request.path,
        "filters": filters,
        "form": filter_form(release, filters, without=("sort",)),
        "chips": chips(request.path, filters, names_for(release, filters)),
    }
