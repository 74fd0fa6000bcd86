"""The pages on which readers find infrastructures: the front page, the search and its help."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from infracommons.web.catalogue.discover.basket import COMPARE, IDS, Basket, read_basket
from infracommons.web.catalogue.discover.headline import figures, recently_changed
from infracommons.web.catalogue.discover.help_page import help_examples
from infracommons.web.catalogue.discover.search_page import search_page
from infracommons.web.catalogue.search.filters import read_filters
from infracommons.web.catalogue.search.index import catalogue_index
from infracommons.web.catalogue.search.search import Found, search
from infracommons.web.shared.views import bad_filters

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

_BAD_REQUEST, _NOT_FOUND = 400, 404


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Show what the site is for, how much is there, and where to begin."""
    index = catalogue_index()
    context = {"figures": figures(index), "changed": recently_changed(index)}
    return render(request, "catalogue/discover/front.html", context)


@require_safe
def discover(request: HttpRequest) -> HttpResponse:
    """Show what matches the filters of the address, a page at a time; the same address gives the same search."""
    index = catalogue_index()
    read = read_filters(request.META.get("QUERY_STRING", ""), index, also=(IDS, COMPARE))
    basket = read_basket(read.rest, index)
    here = read.filters.address(request.path, basket.pairs)
    if read.problems or basket.problems:
        return bad_filters(request, read.problems + basket.problems, here)
    if basket.is_asked_for and basket.can_be_compared:
        return HttpResponseRedirect(f"{reverse('compare')}?ids={','.join(basket.ids)}")
    is_tidy = read.is_tidy and basket.is_tidy
    if not (is_tidy or basket.is_asked_for or _is_part(request)):
        return HttpResponseRedirect(here)
    return _answer(request, search(read.filters, index), basket, here)


@require_safe
def search_help(request: HttpRequest) -> HttpResponse:
    """Show what the search box understands, with examples to run."""
    return render(request, "catalogue/discover/search_help.html", {"examples": help_examples(catalogue_index())})


def _answer(request: HttpRequest, found: Found, basket: Basket, here: str) -> HttpResponse:
    """Answer with the page, or with its changing part where a script asks for that."""
    is_beyond, is_part = found.filters.page > found.pages, _is_part(request)
    context = search_page(found, basket, request.path) | {
        "is_beyond": is_beyond,
        "whole_address": request.build_absolute_uri(here),
    }
    name = "found" if is_part else "discover"
    status = _NOT_FOUND if is_beyond else _BAD_REQUEST if basket.is_asked_for else None
    response = render(request, f"catalogue/discover/{name}.html", context, status=status)
    if is_part:
        response.headers["HX-Push-Url"] = here
    patch_vary_headers(response, ["HX-Request"])
    return response


def _is_part(request: HttpRequest) -> bool:
    """Return whether a script asks for the list alone, not for the page anew as after going back in history."""
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]  # django-htmx puts it there
    return bool(htmx) and not htmx.history_restore_request
