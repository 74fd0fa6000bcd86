"""The page of open data, and every file that it offers."""

import re

import pytest
from django.test import Client
from tests.web.catalogue.exchange.conftest import CANARIES

from infracommons.web.catalogue.models import Infrastructure

pytestmark = pytest.mark.django_db


def test_every_file_on_the_page_can_be_taken(client: Client, rich: Infrastructure) -> None:
    page = client.get("/data/catalogue/").content.decode()
    assert "13 infrastructures" in page
    addresses = re.findall(r'href="(/data/catalogue/[^"]+\.[^"]+)"', page)
    assert len(set(addresses)) == len(addresses) == 21
    for address in addresses:
        response = client.get(address)
        content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
        assert (response.status_code, bool(content)) == (200, True), address
        assert response.headers["Content-Disposition"].startswith('attachment; filename="infracommons-')
        assert not any(canary.encode() in content for canary in CANARIES), address
    assert rich.pk


@pytest.mark.parametrize("name", ["claim.doc", "secrets.csv", "catalogue.csv", "claim.sqlite"])
def test_a_file_that_is_not_offered_is_a_404(client: Client, name: str) -> None:
    assert client.get(f"/data/catalogue/{name}").status_code == 404


def test_a_file_is_not_written_for_who_has_it(client: Client, rich: Infrastructure) -> None:
    first = client.get("/data/catalogue/term.csv")
    b"".join(first.streaming_content)  # type: ignore[attr-defined]
    again = client.get("/data/catalogue/term.csv", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert rich.pk
