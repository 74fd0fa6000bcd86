"""The page of a comparison and its files; reading one changes nothing, neither here nor with the reader."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from infracommons.web.catalogue.compare.adding import MOST_CHOICES, Match, matches, nearly
from infracommons.web.catalogue.compare.asked import MOST, ComparisonAsked, address, read
from infracommons.web.catalogue.compare.chosen import BAD, FOUND, NOT_FOUND, Chosen, Notice, choose
from infracommons.web.catalogue.compare.comparison import compare as comparison_of
from infracommons.web.catalogue.compare.files import FORMS
from infracommons.web.catalogue.compare.files.about import about
from infracommons.web.catalogue.compare.page import page_context
from infracommons.web.shared.published import current_release
from infracommons.web.shared.views import bad_filters

_NO_INDEX = "noindex, nofollow"


@require_safe
def compare(request: HttpRequest) -> HttpResponseBase:
    """Show the infrastructures that the address names beside each other."""
    chosen = _chosen(request)
    if not isinstance(chosen, Chosen):
        return chosen
    if chosen.asked.add:
        added = _added(chosen)
        return HttpResponseRedirect(address(added)) if isinstance(added, ComparisonAsked) else _page(request, added)
    return _page(request, chosen)


@require_safe
def compare_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """Send what the page shows as a file; where the page has something to object to, show that instead."""
    if form not in FORMS:
        message = f"There is no download as “{form}”; there are {', '.join(FORMS)}."
        raise Http404(message)
    chosen = _chosen(request, form)
    if not isinstance(chosen, Chosen):
        return chosen
    if chosen.status != FOUND:
        return _page(request, chosen)
    if not chosen.columns:
        notice = Notice("A file needs at least one infrastructure. Choose some here, then download.")
        return _page(request, replace(chosen, notices=(*chosen.notices, notice), status=BAD))
    release = current_release()
    comparison = comparison_of(chosen.columns, chosen.asked, release)
    told = about(chosen.asked, comparison, release, request.build_absolute_uri)
    response = HttpResponse(FORMS[form].bytes_of(comparison, told), content_type=FORMS[form].media_type)
    name = f"infracommons-compare-{chosen.asked.as_of or timezone.now().date()}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Robots-Tag"] = _NO_INDEX
    return response


def _chosen(request: HttpRequest, form: str = "") -> Chosen | HttpResponseBase:
    """Return what the address names, or the answer instead: problems in it, or the address to go to."""
    parsed = read(request.META.get("QUERY_STRING", ""))
    if parsed.problems:
        return bad_filters(request, parsed.problems, address(parsed.asked, form))
    if not parsed.is_tidy:
        return HttpResponseRedirect(address(parsed.asked, form))
    chosen = choose(parsed.asked)
    return HttpResponseRedirect(address(chosen.asked, form)) if chosen.is_moved else chosen


def _added(chosen: Chosen) -> ComparisonAsked | Chosen:
    """Return the comparison with the one that is meant, or the same with what has to be said first."""
    asked, found = chosen.asked, matches(chosen.asked.add)
    new = [match for match in found if match[0] not in asked.ids]
    if not found:
        text = f"Nothing that is listed is called “{asked.add}”."
        near = nearly(asked.add)
        more = " Did you mean one of these?" if near else " Check the spelling, or choose from the list."
        return _with_notice(chosen, Notice(text + more, _links(asked, near)), NOT_FOUND)
    if not new:
        return _with_notice(chosen, Notice(f"{found[0][1]} is in this comparison already."), FOUND)
    if len(asked.ids) >= MOST:
        text = f"A comparison holds {MOST}. Remove one, then add {new[0][1] if len(new) == 1 else 'another'}."
        return _with_notice(chosen, Notice(text), BAD)
    if len(found) == 1 and not chosen.notices:
        return asked.but(ids=(*asked.ids, new[0][0]))
    more = (
        f" {len(new) - MOST_CHOICES:,} more have it in their names: type more of it." if len(new) > MOST_CHOICES else ""
    )
    return _with_notice(chosen, Notice(f"Which one do you mean by “{asked.add}”?{more}", _links(asked, new)), FOUND)


def _links(asked: ComparisonAsked, found: list[Match]) -> tuple[tuple[str, str], ...]:
    return tuple((f"Add {name}", address(asked.but(ids=(*asked.ids, one)))) for one, name in found[:MOST_CHOICES])


def _with_notice(chosen: Chosen, notice: Notice, status: int) -> Chosen:
    return replace(chosen, notices=(notice, *chosen.notices), status=max(chosen.status, status))


def _page(request: HttpRequest, chosen: Chosen) -> HttpResponse:
    response = render(request, "catalogue/compare/compare.html", page_context(chosen), status=chosen.status)
    response.headers["X-Robots-Tag"] = _NO_INDEX
    return response
