"""Maps of countries: each amount in its class, every country in the table, and what no map shows in words."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from tests.web.conftest import write_release

from infracommons.exhibits.draw.render import svg, vega_lite
from infracommons.exhibits.draw.theme import LIGHT, themed, unmixed
from infracommons.exhibits.exhibit import Exhibit
from infracommons.exhibits.registry import exhibit
from infracommons.exhibits.shapes import is_dot, shapes
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.awards import award_total
from infracommons.insights.release import Release

Row = dict[str, Any]
Made = Callable[..., Release]
ALL = AwardFilters()


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Return a function that opens a release: awards (country of both ends, dollars), countries of infrastructures."""

    def release_of(*awards: tuple[str | None, str | None], based: tuple[str | None, ...] = (None,)) -> Release:
        rows: dict[str, list[Row]] = {
            "infrastructure": [
                {
                    "infrastructure_id": f"i{n}",
                    "name": f"I{n}",
                    "aliases": [],
                    "summary": "Keeps.",
                    "category_codes": [],
                }
                for n in range(len(based))
            ],
            "characteristic": [
                {"infrastructure_id": f"i{n}", "field": "country", "value": code, "label": code, "said_by": "curator"}
                for n, code in enumerate(based)
                if code
            ],
            "organisation": [
                {
                    "organisation_id": f"org:{n}",
                    "name": f"Giver {n}",
                    "country_code": code,
                    "is_us_federal": code == "US",
                }
                for n, (code, _) in enumerate(awards)
            ],
            "award": [_award(n, code, usd) for n, (code, usd) in enumerate(awards)],
            "support": [
                {
                    "award_id": f"award-{n}",
                    "infrastructure_id": "i0",
                    "decision": "supports",
                    "decided_by": "model",
                    "reason": "said so",
                    "support_type": "direct",
                }
                for n in range(len(awards))
            ],
            "attribution": [
                {"award_id": f"award-{n}", "infrastructure_id": "i0", "rule": "equal_split", "amount_usd": Decimal(usd)}
                for n, (_, usd) in enumerate(awards)
                if usd
            ],
        }
        write_release(tmp_path, rows)
        return Release(tmp_path / "one")

    return release_of


def _award(number: int, code: str | None, usd: str | None) -> Row:
    amount = Decimal(usd) if usd else None
    return {
        "award_id": f"award-{number}",
        "funder_organisation_id": f"org:{number}",
        "funder_name": f"Giver {number}",
        "recipient_country_code": code,
        "award_year": 2020,
        "amount": amount,
        "currency": "USD",
        "amount_usd": amount,
        "amount_status": "known" if usd else "unknown",
        "source": "nsf",
    }


def classes(shown: Exhibit) -> dict[str, str]:
    return {row["properties"]["code"]: row["class"] for row in shown.drawn_rows}


SPREAD = (
    ("US", "90000000"), ("GB", "4000000"), ("LU", "20000"), ("DE", None), ("AQ", "5"), (None, "7000"),
    ("US", "1000000"),
)  # fmt: skip


@pytest.mark.parametrize("name", ["recipient-map", "funder-map"])
def test_every_country_is_in_the_table_and_in_its_class_on_the_map(made: Made, name: str) -> None:
    release = made(*SPREAD)
    shown = exhibit(release, name, ALL)
    assert {row["country"] for row in shown.rows} == {"US", "GB", "LU", "DE", "AQ", "unknown"}
    assert sum(row["counted_usd"] for row in shown.rows) == award_total(release, ALL).counted_usd
    on_map = classes(shown)
    assert on_map["US"] == "10 million or more"
    assert on_map["GB"] == "1 to 10 million"
    assert on_map["LU"] == "Under 100,000"
    assert on_map["DE"] == "Awards, but no sum"
    assert on_map["FR"] == "No award known"
    assert "AQ" not in on_map


def test_a_country_too_small_to_see_is_a_dot_and_others_without_awards_are_not_drawn_as_dots(made: Made) -> None:
    drawn = {
        row["properties"]["code"]: row["geometry"]["type"]
        for row in exhibit(made(*SPREAD), "funder-map", ALL).drawn_rows
    }
    assert drawn["LU"] == "Point"
    assert "MT" not in drawn


def test_the_unknown_and_what_no_map_shows_are_told_in_words(made: Made) -> None:
    shown = exhibit(made(*SPREAD), "recipient-map", ALL)
    assert shown.title == "Recipients in 4 countries received money; half of it or more went to one: United States"
    assert shown.sentence == (
        "United States: USD 91.0 million in 2 awards, 96 % of the USD 95.0 million whose country is known. "
        "In 1 more country no award has a sum. Country unknown: 1 award, USD 7,000."
    )
    assert shown.drawn_note == "Not on the map: Antarctica (USD 5.00 in 1 award)."
    assert any("no position" in note for note in shown.made.notes)


def test_one_country_is_not_told_as_many(made: Made) -> None:
    shown = exhibit(made(("FR", "10")), "funder-map", ALL)
    assert shown.title == "All money whose country is known came from one country: France"


def test_where_no_country_is_known_nothing_is_drawn(made: Made) -> None:
    shown = exhibit(made((None, "10")), "recipient-map", ALL)
    assert (shown.name, shown.title) == ("recipient-map", "No country is known here")
    assert not shown.is_drawn


def test_where_infrastructures_are_based_counts_the_unknown_and_the_international(made: Made) -> None:
    shown = exhibit(made(based=("NL", "NL", "SG", None, "not_applicable")), "infrastructure-map", ALL)
    assert shown.title == "Infrastructures are based in 2 countries; half of them or more in one: Netherlands"
    assert shown.sentence == (
        "Netherlands: 2, 67 % of the 3 whose country is known. International, of no one country: 1. Country unknown: 1."
    )
    assert sum(row["infrastructures"] for row in shown.rows) == 5
    assert sum(row["share"] for row in shown.rows) == pytest.approx(1)
    assert shown.drawn_note == "Not on the map: International, of no one country (1 infrastructure)."
    assert (shown.made.awards, shown.made.counted) == (5, 4)
    assert classes(shown)["NL"] == "2 or more"
    assert classes(shown)["SG"] == "1"


def test_a_filter_of_infrastructures_is_obeyed(made: Made) -> None:
    release = made(based=("NL", "SG"))
    assert [
        row["country"] for row in exhibit(release, "infrastructure-map", AwardFilters(infrastructure=("i1",))).rows
    ] == ["SG"]


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_a_drawn_map_has_each_country_and_is_as_wide_as_asked(made: Made, size: Any) -> None:
    shown = exhibit(made(*SPREAD), "recipient-map", ALL)
    drawn = svg(shown, "page", size)
    root = etree.fromstring(drawn.encode())
    assert root.get("width") == {"wide": "720", "narrow": "320"}[size]
    fills = [str(element.get("fill")) for element in root.iter() if element.get("d")]
    # The legend's sign is one more of each colour.
    assert fills.count("var(--sheet)") == [row["class"] for row in shown.drawn_rows].count("No award known") + 1
    assert fills.count("color-mix(in srgb, var(--accent) 100%, var(--paper))") == 2
    assert all(word in drawn for word in set(classes(shown).values()))


def test_part_of_a_colour_is_the_same_in_files_as_browsers_mix_it() -> None:
    for part in (28, 82):
        page = themed(f"token:accent {part}", "page")
        assert page == f"color-mix(in srgb, var(--accent) {part}%, var(--paper))"
        assert unmixed(f'fill="{page}"') == f'fill="{themed(f"token:accent {part}", "file")}"'
    assert themed("token:accent 100", "file") == LIGHT["accent"]
    assert themed("token:accent 50", "file") == "#85a9ae"
    for odd in ("token:accent 0", "token:accent 101", "token:accent is a name"):
        assert themed(odd, "page") == odd


def test_the_specification_for_download_holds_all_that_it_draws(made: Made) -> None:
    whole = vega_lite(exhibit(made(*SPREAD), "recipient-map", ALL))
    assert "url" not in whole["data"]
    assert len(whole["data"]["values"]) == len(shapes()) - sum(map(is_dot, shapes())) + 1
