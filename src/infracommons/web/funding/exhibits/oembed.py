"""oEmbed 1.0: tells tools that were given the address of a chart how to show it."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.urls import Resolver404, resolve, reverse

from infracommons.exhibits.draw.render import png_size
from infracommons.exhibits.exhibit import Exhibit
from infracommons.exhibits.registry import exhibit, exhibit_kinds
from infracommons.insights.award_filters import AwardFilters, not_in_release
from infracommons.insights.query_string import parse
from infracommons.insights.release import Release
from infracommons.web.funding.exhibits.addresses import EMBED_HEIGHT, EMBED_WIDTH, embed_snippet, file_address
from infracommons.web.shared.published import of_release

_A_DAY = 86_400  # seconds
_MOST_DIGITS = 6
_BAD, _NOT_FOUND, _NOT_WRITTEN = 400, 404, 501


def oembed_address(whole_address: str) -> str:
    """Return the address that describes the chart at `whole_address`."""
    return f"{reverse('oembed')}?{urlencode({'url': whole_address, 'format': 'json'})}"


@of_release
def oembed(request: HttpRequest, release: Release) -> JsonResponse:
    """Describe the chart whose address is given; only as JSON, and only charts of this site."""
    form = request.GET.get("format", "json")
    if form != "json":
        return _problem(_NOT_WRITTEN, f"format: “{form[:40]}” is not written here; ask for format=json")
    sizes = {name: request.GET.get(name, "") for name in ("maxwidth", "maxheight")}
    for name, text in sizes.items():
        if text and not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS and int(text)):
            return _problem(_BAD, f"{name}: “{text[:40]}” is not a number of pixels, 1 or more")
    asked = request.GET.get("url", "")
    if not asked:
        return _problem(_BAD, "url: missing; give the address of a chart of this site")
    found = _chart_at(request, release, asked)
    if found is None:
        return _problem(_NOT_FOUND, f"url: “{asked[:200]}” is not the address of a chart of this site")
    site = request.build_absolute_uri("/").rstrip("/")
    most = int(sizes["maxwidth"] or EMBED_WIDTH), int(sizes["maxheight"] or EMBED_HEIGHT)
    return _open(JsonResponse(_described(site, exhibit(release, *found), found[1], most)))


def _chart_at(request: HttpRequest, release: Release, asked: str) -> tuple[str, AwardFilters] | None:
    """Return name and filters of the chart that an address of ours shows; None for any other address."""
    try:
        parts = urlsplit(asked)
        match = resolve(parts.path)
    except (ValueError, Resolver404):
        return None
    hosts = {request.get_host(), urlsplit(settings.INFRACOMMONS_ADDRESS).netloc}
    name = match.kwargs.get("name")
    if parts.scheme not in {"http", "https"} or parts.netloc not in hosts or match.url_name != "chart":
        return None
    parsed = parse(AwardFilters, parts.query)
    filters, problems = not_in_release(release, parsed.asked)
    is_one = name in exhibit_kinds() and not parsed.problems and not problems
    return (str(name), filters.narrowed(sort=AwardFilters().sort)) if is_one else None


def _described(site: str, shown: Exhibit, filters: AwardFilters, most: tuple[int, int]) -> dict[str, Any]:
    width, height = min(EMBED_WIDTH, most[0]), min(EMBED_HEIGHT, most[1])
    said = {
        "version": "1.0",
        "type": "rich",
        "title": shown.title,
        "provider_name": "Infracommons",
        "provider_url": f"{site}/",
        "cache_age": _A_DAY,
        "html": embed_snippet(site, shown, filters, width=str(width), height=height),
        "width": width,
        "height": height,
    }
    return said | (_thumbnail(site, shown, filters) if most == (EMBED_WIDTH, EMBED_HEIGHT) else {})


def _thumbnail(site: str, shown: Exhibit, filters: AwardFilters) -> dict[str, Any]:
    """Return the picture; it has one size, so it is told only to those who name no size."""
    if not shown.is_drawn:
        return {}
    width, height = png_size(shown)
    address = site + file_address(shown.name, "png", filters)
    return {"thumbnail_url": address, "thumbnail_width": width, "thumbnail_height": height}


def _problem(status: int, words: str) -> JsonResponse:
    return _open(JsonResponse({"error": words}, status=status))


def _open(response: JsonResponse) -> JsonResponse:
    """Let scripts of any site read the answer: it holds nothing of anyone."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
