from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from tests.web.catalogue.compare.conftest import cells

from infracommons.insights.release import Release
from infracommons.web.catalogue.claims.append import Author
from infracommons.web.catalogue.claims.create import change_slug
from infracommons.web.catalogue.compare.asked import ComparisonAsked
from infracommons.web.catalogue.compare.comparison import Comparison, compare
from infracommons.web.catalogue.models import Infrastructure
from infracommons.web.catalogue.models.claim import AuthorKind
from infracommons.web.shared.published import releases

pytestmark = pytest.mark.usefixtures("small_catalogue")


def of(release: Release | None, *ids: str) -> Comparison:
    found = Infrastructure.objects.in_bulk(ids, field_name="infrastructure_id")
    return compare(tuple(found[one] for one in ids), ComparisonAsked(ids=ids), release)


def test_without_a_release_awards_are_unknown(client: Client) -> None:
    found = of(None, "zenodo", "arxiv")

    assert all(cell.is_unknown for cell in (*cells(found, "awards"), *cells(found, "counted_usd")))
    assert "there is no release of awards yet" in client.get("/compare?ids=zenodo,arxiv").content.decode()


def test_awards_and_sums_are_those_of_the_release_with_the_way_to_their_rows(
    shown_rows: Callable[[object], Client], many: Callable[..., object]
) -> None:
    client = shown_rows(many(3))
    release = releases().current()

    found = of(release, "zenodo", "arxiv")

    assert cells(found, "awards")[0].words == ("3",)
    assert cells(found, "counted_usd")[0].words == ("30.00",)
    assert cells(found, "awards")[1].words == ("unknown",)  # this release does not know arXiv
    page = client.get("/compare?ids=zenodo,arxiv").content.decode()
    assert '<a href="/funding/awards/?infrastructure=zenodo">30.00</a>' in page
    assert "Awards are those of release one, counted by equal split" in page
    for place in ("/funding/", "/funding/risk/"):
        assert (
            f'href="{place}?infrastructure=zenodo"' in page
        )  # arXiv, which this release does not know, would be refused
        assert client.get(f"{place}?infrastructure=zenodo").status_code == 200


def test_awards_without_an_amount_are_never_a_zero(
    shown_rows: Callable[[object], Client], many: Callable[..., dict[str, list[dict[str, object]]]]
) -> None:
    rows = many(2, amount=None, amount_usd=None, amount_status="unknown")
    rows["attribution"] = []
    shown_rows(rows)

    cell = cells(of(releases().current(), "zenodo"), "counted_usd")[0]

    assert cell.words == ("unknown",)
    assert cell.because == "No amount of 2 awards can be counted."


def test_some_awards_without_an_amount_are_counted_beside_the_sum(
    shown_rows: Callable[[object], Client], many: Callable[..., dict[str, list[dict[str, object]]]]
) -> None:
    rows = many(2)
    rows["attribution"] = [row for row in rows["attribution"] if row["award_id"] == "award-0001"]
    rows["award"][0] |= {"amount_usd": None, "amount_status": "unknown"}
    shown_rows(rows)

    cell = cells(of(releases().current(), "zenodo"), "counted_usd")[0]

    assert cell.words == (f"{Decimal(10):.2f}",)
    assert cell.because == "1 award not in the sum."


def test_no_awards_is_said_in_words(shown_rows: Callable[[object], Client], many: Callable[..., object]) -> None:
    shown_rows(many(0))
    found = of(releases().current(), "zenodo")

    assert cells(found, "awards")[0].words == ("none found",)
    assert cells(found, "counted_usd")[0].words == ("no award to add up",)


def test_a_release_from_before_an_id_changed_still_counts(
    shown_rows: Callable[[object], Client], many: Callable[..., object]
) -> None:
    shown_rows(many(3))
    zenodo = Infrastructure.objects.get(infrastructure_id="zenodo")
    change_slug(zenodo, "zenodo-at-cern", by=Author(AuthorKind.CURATOR, "a curator"))

    cell = cells(of(releases().current(), "zenodo-at-cern"), "awards")[0]

    assert cell.words == ("3",)
    assert cell.pieces[0].href == "/funding/awards/?infrastructure=zenodo"
