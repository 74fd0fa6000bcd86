"""What search engines and browsers ask for: sitemap, robots.txt, OpenSearch."""

from typing import Any

import pytest
from django.test import Client
from lxml import etree

from infracommons.web.catalogue.claims.append import Author
from infracommons.web.catalogue.claims.create import set_listing
from infracommons.web.catalogue.exchange import site_files
from infracommons.web.catalogue.exchange.site_files import OPENSEARCH, SITEMAP
from infracommons.web.catalogue.models import Infrastructure
from infracommons.web.catalogue.models.claim import AuthorKind

pytestmark = pytest.mark.django_db
NS = {"s": SITEMAP}


def parsed(client: Client, path: str) -> Any:
    response = client.get(path)
    assert response.status_code == 200
    return etree.fromstring(response.content)


def test_the_sitemap_names_each_listed_page_with_its_last_change(client: Client, rich: Infrastructure) -> None:
    withdrawn = Infrastructure.objects.get(infrastructure_id="dryad")
    set_listing(withdrawn, "withdrawn", by=Author(AuthorKind.CURATOR, "a test"), reason="It was merged.")
    told = {
        one.findtext("s:loc", namespaces=NS): one.findtext("s:lastmod", namespaces=NS)
        for one in parsed(client, "/sitemap.xml")
    }
    assert told["http://testserver/infrastructures/example-archive/"] == rich.changed_at.isoformat(timespec="seconds")
    assert "http://testserver/stewards/example-foundation/" in told
    assert "http://testserver/infrastructures/dryad/" not in told
    for address in told:
        assert client.get(address.removeprefix("http://testserver")).status_code == 200, address


def test_a_sitemap_too_long_for_one_file_becomes_an_index(
    client: Client, rich: Infrastructure, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = {one.findtext("s:loc", namespaces=NS) for one in parsed(client, "/sitemap.xml")}
    monkeypatch.setattr(site_files, "MOST_ADDRESSES", 10)
    index = parsed(client, "/sitemap.xml?")
    parts = [one.findtext("s:loc", namespaces=NS).removeprefix("http://testserver") for one in index]
    assert index.tag == f"{{{SITEMAP}}}sitemapindex"
    files = [[one.findtext("s:loc", namespaces=NS) for one in parsed(client, part)] for part in parts]
    assert max(map(len, files)) == 10
    assert {address for file in files for address in file} == whole
    assert rich.pk


@pytest.mark.parametrize("page", ["0", "2", "x", "-1", "9" * 5000, "%C2%B2"])
def test_a_part_of_the_sitemap_that_there_is_not_is_a_404(client: Client, page: str) -> None:
    assert client.get(f"/sitemap.xml?page={page}").status_code == 404


def test_robots_are_led_to_the_sitemap_and_kept_from_desks(client: Client) -> None:
    told = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in told
    assert "Disallow: /work/" in told


def test_browsers_can_add_the_search(client: Client) -> None:
    root = parsed(client, "/opensearch.xml")
    templates = [one.get("template") for one in root.findall(f"{{{OPENSEARCH}}}Url")]
    assert "http://testserver/infrastructures/?q={searchTerms}" in templates
