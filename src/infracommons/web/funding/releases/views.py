"""The pages of releases: the list, one release, and the difference between two."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from infracommons.insights.difference import GROUPINGS, DifferenceFilters, awards_after, changes, difference
from infracommons.insights.making import input_changes, setting_changes, table_changes
from infracommons.insights.package import about
from infracommons.insights.paging import ROWS_A_PAGE, pages
from infracommons.insights.query_string import QueryProblem
from infracommons.insights.releases import StoredRelease, current_id, stored_releases
from infracommons.reports.definition import definitions
from infracommons.web.funding.presenters import page_links
from infracommons.web.funding.releases import moved, rows
from infracommons.web.funding.releases.asked import PageFilters, TwoIds, with_filters
from infracommons.web.funding.releases.files import INPUT
from infracommons.web.funding.releases.stored import found, of_releases
from infracommons.web.funding.releases.wording import GROUPINGS as GROUPING_WORDS
from infracommons.web.shared.views import bad_filters

Context = dict[str, Any]
NOT_FOUND = 404


@of_releases
@with_filters(PageFilters)
def releases(request: HttpRequest, folder: Path, asked: PageFilters) -> HttpResponse:
    """Show every release, newest first, with what moved since the one before."""
    stored = stored_releases(folder)
    every = rows.release_rows(stored, current_id(folder))
    context = _page_of(request.path, asked, every) | {
        "ids": [release.release_id for release in stored],
        "newest": [release.release_id for release in stored[:2]],
    }
    return _page(request, "funding/releases/list.html", context)


@of_releases
@with_filters(PageFilters)
def release(request: HttpRequest, folder: Path, asked: PageFilters, release_id: str) -> HttpResponse:
    """Show one release: what it was made from, what was checked, its tables, how to cite it and to make it again."""
    shown = found(folder, release_id)
    told = shown.manifest
    context = _page_of(request.path, asked, rows.input_rows(told)) | {
        "shown": shown,
        "told": told,
        "made_at": rows.made_at(told),
        "is_current": release_id == current_id(folder),
        "totals": rows.totals(told),
        "settings": sorted(told.get("settings", {}).items()),
        "tables": rows.table_rows(shown),
        "older": _older(folder, shown),
        "citation": about.citation(told),
        "bibtex": about.bibtex(told),
        "content_hash": release_id.rpartition("-")[2],
    }
    return _page(request, "funding/releases/release.html", context)


@of_releases
@with_filters(TwoIds)
def compare(request: HttpRequest, folder: Path, asked: TwoIds) -> HttpResponseBase:
    """Lead on to the difference between the two releases chosen."""
    there = [release.release_id for release in stored_releases(folder)]
    chosen = {"before": asked.before, "after": asked.after}
    allowed = "the id of a release, as in the list of releases"
    if problems := [QueryProblem(name, value, allowed) for name, value in chosen.items() if value not in there]:
        return bad_filters(request, problems, reverse("releases"))
    return HttpResponseRedirect(reverse("release_difference", args=[asked.before, asked.after]))


@of_releases
@with_filters(DifferenceFilters)
def two_releases(request: HttpRequest, folder: Path, asked: DifferenceFilters, before: str, after: str) -> HttpResponse:
    """Show what is different between two releases, and why each total moved."""
    old, new = found(folder, before), found(folder, after)
    told, listed = difference(old, new), changes(old, new, asked)
    is_current = after == current_id(folder)
    linked = awards_after(old, new, [row["award_id"] for row in listed.rows]) if is_current else ()
    inputs = input_changes(old.manifest, new.manifest)
    context = {
        "here": request.path,
        "before": before,
        "after": after,
        "told": told,
        "headline": moved.headline(told, asked.rule),
        "summary": moved.rule_links(request.path, asked),
        "totals": moved.total_rows(told, asked.rule),
        "reasons": moved.reason_rows(told, asked.rule),
        "groups": moved.groups(told, asked.rule),
        "kinds": moved.change_links(request.path, told, asked),
        "rows": moved.change_rows(listed.rows, linked),
        "count": listed.count,
        "pages": page_links(request.path, asked, listed.pages, len(listed.rows), ROWS_A_PAGE),
        "is_beyond": asked.page > listed.pages,
        "downloads": moved.change_files(told, asked),
        "inputs": inputs[:ROWS_A_PAGE],
        "input_count": len(inputs),
        "input_downloads": moved.group_files(before, after, INPUT),
        "settings": setting_changes(old.manifest, new.manifest),
        "tables": table_changes(old.manifest, new.manifest),
        "reports": [told for told in definitions(_reports_folder()) if not told.needs],
    }
    return _page(request, "funding/releases/difference.html", context)


@of_releases
@with_filters(DifferenceFilters)
def movement(
    request: HttpRequest, folder: Path, asked: DifferenceFilters, before: str, after: str, grouping: str
) -> HttpResponse:
    """Show how much each group moved under a rule, all of them."""
    if grouping not in GROUPINGS:
        message = f"There are movements by {', '.join(GROUPINGS)}; not by “{grouping}”."
        raise Http404(message)
    told = difference(found(folder, before), found(folder, after))
    context = _page_of(request.path, asked, moved.group_rows(told, grouping, asked.rule)) | {
        "before": before,
        "after": after,
        "grouping": GROUPING_WORDS[grouping],
        "headline": moved.headline(told, asked.rule),
        "summary": moved.rule_links(request.path, replace(asked, change=())),
        "downloads": moved.group_files(before, after, grouping),
    }
    return _page(request, "funding/releases/movement.html", context)


def _reports_folder() -> Path:
    return Path(settings.INFRACOMMONS_DEFINITIONS) / "reports"


def _older(folder: Path, shown: StoredRelease) -> str | None:
    """Return the id of the release made before this one; None where it is the first."""
    ids = [release.release_id for release in stored_releases(folder)]
    return next(iter(ids[ids.index(shown.release_id) + 1 :]), None)


def _page_of(path: str, asked: Any, every: list[Any]) -> Context:  # noqa: ANN401 - filters of either kind
    """Return the rows of the page asked for, and where it is among all."""
    last, start = pages(len(every)), (asked.page - 1) * ROWS_A_PAGE
    shown = every[start : start + ROWS_A_PAGE]
    return {
        "here": path,
        "rows": shown,
        "count": len(every),
        "pages": page_links(path, asked, last, len(shown), ROWS_A_PAGE),
        "is_beyond": asked.page > last,
    }


def _page(request: HttpRequest, template: str, context: Context) -> HttpResponse:
    """Answer with the page, or 404 with the same page, which then says how many pages there are."""
    return render(request, template, context, status=NOT_FOUND if context["is_beyond"] else None)
