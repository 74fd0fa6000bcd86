"""What search engines and browsers ask a site for: sitemap, robots.txt, OpenSearch."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from lxml import etree

from infracommons.web.catalogue.exchange.answers import changed_at, open_data, site_root
from infracommons.web.catalogue.exchange.public import LISTINGS
from infracommons.web.catalogue.exchange.xml_text import document, to_bytes
from infracommons.web.catalogue.models import Infrastructure, Organisation
from infracommons.web.shared.policies import policies_in_use
from infracommons.web.shared.published import current_release

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
MOST_ADDRESSES = 50_000  # of one file, by the protocol
_PAGES = ("front", "discover", "stewards", "inclusion", "coverage", "suggested", "catalogue_downloads", "api_docs")
_OF_POLICIES = ("policies", "policy_requirements", "policy_changes")
_OF_RELEASE = ("funding_home", "charts", "releases", "reports")  # there once a release is
_CLOSED = ("desk", "my_work", "notices", "compare", "account")


@open_data
def sitemap(request: HttpRequest) -> HttpResponse:
    """Send every page that search engines should know; an index of files where one cannot hold them all."""
    files = -(-_count() // MOST_ADDRESSES)
    if "page" in request.GET:
        return _xml(_urlset(request, _page(request, files)))
    if files <= 1:
        return _xml(_urlset(request, 1))
    root = document(SITEMAP, "sitemapindex")
    latest = changed_at()
    for number in range(1, files + 1):
        _add(root, "sitemap", f"{site_root(request)}{reverse('sitemap')}?page={number}", latest)
    return _xml(root)


def _page(request: HttpRequest, files: int) -> int:
    given = request.GET["page"]
    number = int(given) if given.isascii() and given.isdigit() and len(given) < len(str(10**9)) else 0
    if not 1 <= number <= max(files, 1):
        message = f"There is no part “{given[:20]}” of the sitemap; there are {max(files, 1)}."
        raise Http404(message)
    return number


def _count() -> int:
    return len(_fixed(_PAGES)) + len(_beside()) + int(_infrastructures().count()) + int(_organisations().count())


def _infrastructures() -> Any:  # noqa: ANN401 - a query set of tuples
    listed = Infrastructure.objects.filter(listing=LISTINGS[0]).order_by("pk")
    return listed.values_list("infrastructure_id", "changed_at")


def _organisations() -> Any:  # noqa: ANN401 - a query set of tuples
    running = Organisation.objects.filter(infrastructures__listing=LISTINGS[0])
    newest = running.annotate(newest=Max("infrastructures__changed_at")).order_by("pk")
    return newest.values_list("organisation_id", "newest")


def _fixed(names: Iterable[str]) -> list[str]:
    return [address for name in names if (address := _address(name))]


def _beside() -> list[str]:
    """Return the pages that do not change with the catalogue: those of money, reports and policies."""
    policies = policies_in_use()
    return [
        *_fixed(_OF_RELEASE if current_release() else ()),
        *_fixed(_OF_POLICIES),
        *(reverse("policy", args=[code]) for code in policies.instruments),
        *(reverse("policy_requirement", args=[code]) for code in policies.requirements),
    ]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _addresses() -> Iterator[tuple[str, datetime | None]]:
    latest = changed_at()
    yield from ((address, latest) for address in _fixed(_PAGES))
    yield from ((address, None) for address in _beside())
    for slug, at in _infrastructures().iterator():
        yield reverse("profile", args=[slug]), at
    for slug, at in _organisations().iterator():
        yield reverse("steward", args=[slug]), at


def _urlset(request: HttpRequest, number: int) -> etree._Element:
    root = document(SITEMAP, "urlset")
    first = (number - 1) * MOST_ADDRESSES
    for place, (address, at) in enumerate(_addresses()):
        if first <= place < first + MOST_ADDRESSES:
            _add(root, "url", site_root(request) + address, at)
    return root


def _add(root: etree._Element, name: str, address: str, at: datetime | None) -> None:
    element = etree.SubElement(root, f"{{{SITEMAP}}}{name}")
    etree.SubElement(element, f"{{{SITEMAP}}}loc").text = address
    if at is not None:
        etree.SubElement(element, f"{{{SITEMAP}}}lastmod").text = at.isoformat(timespec="seconds")


def _xml(root: etree._Element, media_type: str = "application/xml; charset=utf-8") -> HttpResponse:
    return HttpResponse(to_bytes(root), content_type=media_type)


@open_data
def robots(request: HttpRequest) -> HttpResponse:
    """Send what programs may visit: all but desks and the endless addresses of comparisons."""
    closed = [f"Disallow: {address}" for name in _CLOSED if (address := _address(name))]
    lines = ["User-agent: *", *closed, f"Sitemap: {site_root(request)}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@open_data
def opensearch(request: HttpRequest) -> HttpResponse:
    """Send how a browser adds the catalogue's search."""
    root = document(OPENSEARCH, "OpenSearchDescription")
    told = {
        "ShortName": "Infracommons",
        "Description": "Search open infrastructure for research",
        "InputEncoding": "UTF-8",
    }
    for name, text in told.items():
        etree.SubElement(root, f"{{{OPENSEARCH}}}{name}").text = text
    discover = f"{site_root(request)}{reverse('discover')}"
    feed = f"{site_root(request)}{reverse('discover_file', args=['atom'])}"
    for kind, address in (("text/html", discover), ("application/atom+xml", feed)):
        place = {"type": kind, "template": f"{address}?q={{searchTerms}}"}
        etree.SubElement(root, f"{{{OPENSEARCH}}}Url", place)
    return _xml(root, "application/opensearchdescription+xml; charset=utf-8")
