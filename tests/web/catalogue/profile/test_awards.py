"""The awards of a release beside the profile: totals by kind and funder, and each award's source two clicks away."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from tests.web.catalogue.profile.conftest import Page, Read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_catalogue")]
PATH = "/infrastructures/zenodo/"
Rows = dict[str, list[dict[str, Any]]]
Many = Callable[..., Rows]
Shown = Callable[[Rows], Client]


def page_of(client: Client, path: str = PATH) -> Page:
    return Page(client.get(path))


def test_without_a_release_the_profile_says_so(read: Read) -> None:
    page = read(PATH)
    assert page.status == 200
    assert "No release of award data has been made on this site yet" in page.text


def test_an_infrastructure_that_the_release_does_not_know_has_unknown_awards(many: Many, shown_rows: Shown) -> None:
    page = page_of(shown_rows(many(2)), "/infrastructures/arxiv/")
    assert "Its awards are unknown." in page.text


def test_an_infrastructure_without_awards_says_so(many: Many, shown_rows: Shown) -> None:
    rows = many(2)
    rows["support"], rows["attribution"] = [], []
    assert "No award of the current release is sure to support Zenodo." in page_of(shown_rows(rows)).text


def test_totals_name_their_rule_and_open_the_awards_behind_them(many: Many, shown_rows: Shown) -> None:
    page = page_of(shown_rows(many(12, source_url="https://funder.example.org/award")))
    assert "in 12 awards with a known amount, of 12 awards found, 2020." in page.text
    assert "Counted by equal split" in page.text
    assert "USD 120" in page.text
    assert "/funding/awards/?infrastructure=zenodo" in page.links()
    assert "/funding/awards/?infrastructure=zenodo&support_type=adjacent" in page.links()
    assert "7 more on its funding page" in page.text


def test_kinds_of_support_add_up_to_the_total(many: Many, shown_rows: Shown) -> None:
    rows = many(6)
    for support, kind in zip(
        rows["support"], ("direct", "direct", "adopt", "unknown", "adjacent", "direct"), strict=True
    ):
        support["support_type"] = kind
    page = page_of(shown_rows(rows))
    table = page.tree.xpath("//table[caption[@id='by-kind']]/tbody/tr")
    found = {row.xpath("th/span")[0].text: [cell.text_content().strip() for cell in row.xpath("td")] for row in table}
    assert [found[kind][0] for kind in ("Direct", "Adjacent", "Adopt", "Unknown")] == [
        "30.00",
        "10.00",
        "10.00",
        "10.00",
    ]
    assert sum(Decimal(cells[0]) for cells in found.values()) == Decimal("60.00")


def test_an_amount_that_nobody_knows_is_unknown_and_not_zero(many: Many, shown_rows: Shown) -> None:
    rows = many(1, amount=None, amount_usd=None, amount_status="unknown")
    rows["attribution"] = []
    page = page_of(shown_rows(rows))
    kinds = page.tree.xpath("//table[caption[@id='by-kind']]/tbody/tr[th/span/text()='Adjacent']/td[1]")
    assert kinds[0].text_content().strip() == "unknown"


def test_each_awards_source_is_two_clicks_away(many: Many, shown_rows: Shown) -> None:
    source = "https://funder.example.org/award"
    client = shown_rows(many(3, source_url=source))
    page = page_of(client)
    assert source in page.links()
    awards = [link for link in page.links() if link.startswith("/funding/awards/award-")]
    assert len(awards) == 3
    for link in awards:
        assert source in page_of(client, link).links()


def test_a_past_profile_shows_no_awards_of_today(many: Many, shown_rows: Shown) -> None:
    from django.utils import timezone  # noqa: PLC0415

    client = shown_rows(many(3))
    assert "Which awards support it?" not in page_of(client, f"{PATH}?as_of={timezone.now().date()}").text


def test_a_renamed_infrastructure_keeps_the_awards_of_its_former_id(many: Many, shown_rows: Shown) -> None:
    from infracommons.web.catalogue.claims.append import Author  # noqa: PLC0415
    from infracommons.web.catalogue.claims.create import change_slug  # noqa: PLC0415
    from infracommons.web.catalogue.models import Infrastructure  # noqa: PLC0415
    from infracommons.web.catalogue.models.claim import AuthorKind  # noqa: PLC0415

    zenodo = Infrastructure.objects.get(infrastructure_id="zenodo")
    change_slug(zenodo, "zenodo-renamed", by=Author(AuthorKind.CURATOR, "a test"))
    page = page_of(shown_rows(many(3)), "/infrastructures/zenodo-renamed/")
    assert "in 3 awards with a known amount" in page.text


def test_another_release_makes_another_answer(many: Many, shown_rows: Shown, read: Read) -> None:
    before = read(PATH).response["ETag"]
    assert page_of(shown_rows(many(1))).response["ETag"] != before
