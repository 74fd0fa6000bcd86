"""What exhibits of money say at the edges: ties, one row, nothing known, nothing at all, more rows than are drawn."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.web.conftest import write_release

from infracommons.exhibits.bars import MOST_DRAWN
from infracommons.exhibits.findings import NOTHING, listed, share
from infracommons.exhibits.registry import exhibit, exhibit_kinds
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.awards import award_total
from infracommons.insights.release import Release
from infracommons.vocabulary.tables import RULES

Row = dict[str, Any]
Made = Callable[..., Release]
MINE = (
    "overview-headline", "years", "years-awards", "rules", "infrastructures", "currencies", "unknowns",
    "unknowns-by-source", "funders", "recipients", "funder-regions", "funder-countries", "recipient-countries",
    "across-borders", "us-federal", "support-types", "support-types-by-year", "activities", "category-reach",
)  # fmt: skip


def award(number: int, usd: int | None, **other: Any) -> Row:
    """Return an award of 1 January 2020 from org:1 to org:2 to one infrastructure, `shelf`, unless told otherwise."""
    amount = None if usd is None else Decimal(usd)
    return {
        "award_id": f"award-{number:03}",
        "funder_organisation_id": "org:1",
        "funder_name": "Giver 1",
        "recipient_organisation_id": "org:2",
        "recipient_name": "Taker 2",
        "start_date": date(2020, 1, 1),
        "award_year": 2020,
        "amount": amount,
        "currency": "USD",
        "amount_usd": amount,
        "amount_status": "unknown" if usd is None else "known",
        "source": "nsf",
        "to": ("shelf",),
    } | other


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Return a function that writes and opens a release of awards; those to several infrastructures share equally."""

    def release_of(*awards: Row, types: tuple[str, ...] = ("direct",)) -> Release:
        names = sorted({one for row in awards for one in row["to"]} | {"shelf"})
        pairs = [(row, one) for row in awards for one in row["to"]]
        rows: dict[str, list[Row]] = {
            "organisation": [
                {"organisation_id": f"org:{n}", "name": f"Body {n}", "is_us_federal": n == 1} for n in range(1, 40)
            ],
            "infrastructure": [
                {
                    "infrastructure_id": one,
                    "name": one.title(),
                    "aliases": [],
                    "summary": "Keeps.",
                    "category_codes": [],
                }
                for one in names
            ],
            "award": [{key: value for key, value in row.items() if key != "to"} for row in awards],
            "support": [
                {
                    "award_id": row["award_id"],
                    "infrastructure_id": one,
                    "decision": "supports",
                    "decided_by": "model",
                    "reason": "said so",
                    "support_type": types[place % len(types)],
                }
                for place, (row, one) in enumerate(pairs)
            ],
            "attribution": [
                {"award_id": row["award_id"], "infrastructure_id": one, "rule": rule, "amount_usd": usd}
                for row, one in pairs
                for rule in RULES
                if (usd := _counted(row, rule)) is not None
            ],
        }
        write_release(tmp_path, rows)
        return Release(tmp_path / "one")

    return release_of


def _counted(row: Row, rule: str) -> Decimal | None:
    shares: Decimal | None = row["amount_usd"]
    if shares is None or rule == "full":
        return shares
    several = len(row["to"])
    return shares / several if several == 1 or rule == "equal_split" else None


def test_all_of_these_exhibits_are_there() -> None:
    assert set(MINE) <= set(exhibit_kinds())


@pytest.mark.parametrize("name", MINE)
def test_where_nothing_matches_it_says_so_and_draws_nothing(made: Made, name: str) -> None:
    shown = exhibit(made(award(1, 10)), name, AwardFilters(year_from=2100))
    assert shown.title == NOTHING
    assert shown.sentence == "No award matches these filters, so there is nothing to show."
    assert not shown.is_drawn


@pytest.mark.parametrize(
    "name", [name for name in MINE if name not in ("unknowns", "unknowns-by-source", "years-awards")]
)
def test_where_no_amount_is_known_it_says_that_and_how_many_awards(made: Made, name: str) -> None:
    shown = exhibit(made(award(1, None), award(2, None)), name, AwardFilters())
    assert shown.title == "No award here has an amount that counts"
    assert shown.sentence.startswith("2 awards match, but none of them is in the sum")
    assert not shown.is_drawn
    assert shown.made.share_unknown == 1


def test_awards_without_an_amount_are_still_counted_by_year_and_among_the_unknown(made: Made) -> None:
    release = made(award(1, None), award(2, None, award_year=None))
    assert exhibit(release, "years-awards", AwardFilters()).title == "Most awards began in 2020"
    unknown = exhibit(release, "unknowns", AwardFilters())
    assert unknown.sentence.startswith("2 of 2 awards have no known amount. 1 of 2 awards has no known year.")
    assert {row["thing"]: row["unknown"] for row in unknown.rows}["year"] == 1
    assert exhibit(release, "unknowns-by-source", AwardFilters()).title == "1 of 1 source leaves amounts unknown"


def test_those_that_lead_together_are_named_together(made: Made) -> None:
    two = made(award(1, 10), award(2, 10, funder_organisation_id="org:3", funder_name="Giver 3", award_year=2021))
    funders = exhibit(two, "funders", AwardFilters())
    assert funders.title == "Giver 1 and Giver 3 gave most"
    assert funders.sentence == "Giver 1 and Giver 3 gave USD 10.00 in 1 award each, 50 % of USD 20.00."
    assert exhibit(two, "years", AwardFilters()).title == "Most was given in 2020 and 2021"


def test_the_only_one_is_told_as_the_only_one(made: Made) -> None:
    shown = exhibit(made(award(1, 10)), "recipients", AwardFilters())
    assert shown.title == "Body 2 is the only recipient known here"
    assert shown.sentence == "Body 2 received USD 10.00 in 1 award, 100 % of USD 10.00."


def test_who_is_not_identified_leads_nothing_and_is_told_apart(made: Made) -> None:
    nobody = award(1, 90, funder_organisation_id=None, funder_name="Somebody")
    shown = exhibit(made(nobody, award(2, 10)), "funders", AwardFilters())
    assert shown.title == "Giver 1 is the only funder known here"
    assert shown.sentence.endswith("Funders not identified: 1 award, USD 90.00.")
    assert [row["name"] for row in shown.rows] == ["Funders not identified", "Giver 1"]
    assert shown.drawn_rows[0]["drawn_colour"] == "token:unknown"


def test_more_rows_than_are_drawn_are_told_and_all_in_the_table(made: Made) -> None:
    many = [award(n, n, recipient_organisation_id=f"org:{n}", recipient_name=f"Taker {n}") for n in range(1, 31)]
    shown = exhibit(made(*many), "recipients", AwardFilters())
    assert (len(shown.rows), len(shown.drawn_rows)) == (30, MOST_DRAWN)
    assert shown.drawn_note == "The 20 largest of 30 recipients are drawn."
    assert "the 5 largest of 30 recipients received 30 %" in shown.sentence
    assert shown.drawn_rows[0]["counted_usd"] == 30


def test_rows_of_one_name_are_drawn_apart(made: Made) -> None:
    rows = made(award(1, 10), award(2, 5, funder_organisation_id="org:3"))
    drawn = exhibit(rows, "funders", AwardFilters()).drawn_rows
    assert [row["drawn_name"] for row in drawn] == ["Giver 1", "Giver 1 (2)"]


def test_rules_say_by_how_much_they_differ_and_on_which_awards(made: Made) -> None:
    release = made(award(1, 60), award(2, 40, to=("shelf", "stack")))
    shown = exhibit(release, "rules", AwardFilters())
    assert shown.title == "The rule of counting moves the total from USD 60.00 to USD 100"
    assert {row["rule"]: row["difference"] for row in shown.rows} == {
        "full": 0, "equal_split": 0, "documented_share": -0.4, "single_only": -0.4,
    }  # fmt: skip
    assert "by single only USD 60.00, 40.0 % less" in shown.sentence
    assert shown.sentence.endswith("What they differ on is 1 award to several infrastructures, USD 40.00 in full.")
    one = exhibit(release, "rules", AwardFilters(infrastructure=("stack",)))
    assert {row["rule"]: row["counted_usd"] for row in one.rows}["full"] == 40
    assert {row["rule"]: row["difference"] for row in one.rows}["full"] == 1


def test_rules_that_agree_say_so(made: Made) -> None:
    shown = exhibit(made(award(1, 60)), "rules", AwardFilters())
    assert shown.title == "The rule of counting makes no difference here"
    assert shown.sentence.endswith(
        "No award here supports several infrastructures, which is what they would differ on."
    )


def test_an_award_of_two_types_stands_in_both_rows_in_full_but_is_split_else(made: Made) -> None:
    release = made(award(1, 40, to=("shelf", "stack")), types=("direct", "adopt"))
    for rule, amounts in (("full", {"direct": 40, "adopt": 40}), ("equal_split", {"direct": 20, "adopt": 20})):
        shown = exhibit(release, "support-types", AwardFilters(rule=rule))
        assert {row["support_type"]: row["counted_usd"] for row in shown.rows} == amounts
    assert "may stand in several rows" in " ".join(shown.made.notes)


def test_the_reach_into_categories_is_said_to_overlap(made: Made, release: Release) -> None:
    shown = exhibit(release, "category-reach", AwardFilters())
    assert "do not add up to a total" in shown.sentence
    assert any("never added up" in note for note in shown.made.notes)
    unplaced = exhibit(made(award(1, 10)), "category-reach", AwardFilters())
    assert [row["name"] for row in unplaced.rows] == ["Category unknown"]
    assert unplaced.sentence == "1 award matches, with USD 10.00, but the category is known of none."


def test_where_only_unknown_funders_give_nobody_leads(made: Made) -> None:
    shown = exhibit(made(award(1, 10, funder_organisation_id=None)), "funders", AwardFilters())
    assert shown.title == "No funder is known here"
    assert not shown.is_drawn
    assert [row["counted_usd"] for row in shown.rows] == [10]


def test_amounts_of_zero_are_told_as_zero(made: Made) -> None:
    shown = exhibit(made(award(1, 0)), "funders", AwardFilters())
    assert shown.title == "The amounts here add up to zero"
    assert shown.sentence == "1 award matches, but what counts is zero."


def test_currencies_say_what_was_converted_and_what_was_not(made: Made) -> None:
    pounds = award(2, 20, currency="GBP", amount=Decimal(15), fx_date=date(2020, 1, 2))
    lost = award(3, None, currency="XAU", amount=Decimal(5), amount_status="not_convertible")
    shown = exhibit(made(award(1, 20), pounds, lost), "currencies", AwardFilters())
    assert shown.title == "50 % of the money was given in 2 currencies other than the US dollar"
    assert shown.sentence == (
        "1 of 3 awards is in US dollars; the others in GBP (1 award) and XAU (1 award), converted at rates from "
        "2 January 2020 to 2 January 2020; 1 award could not be converted for want of a dated rate."
    )
    assert {row["currency"]: row["amount"] for row in shown.rows} == {"USD": 20, "GBP": 15, "XAU": 5}


def test_prices_stand_in_the_head_of_the_column(made: Made) -> None:
    shown = exhibit(made(award(1, 100)), "funders", AwardFilters(prices=2024))
    assert [column.label for column in shown.columns if column.kind == "usd"] == ["USD of 2024"]
    assert shown.rows[0]["counted_usd"] > 100


def test_each_reason_for_being_left_out_leads_to_as_many_awards(made: Made) -> None:
    release = made(
        award(1, 10),
        award(2, None),
        award(3, None, currency="XAU", amount=Decimal(5), amount_status="not_convertible"),
        award(4, 10, to=("shelf", "stack")),
        award(5, 10, award_year=1950, start_date=None),
    )
    said = exhibit(release, "funders", AwardFilters(rule="single_only", prices=2020)).made
    assert (said.awards, said.counted) == (5, 1)
    assert [part.words.split(";")[0] for part in said.left_out] == [
        "no known amount",
        "no dated exchange rate",
        "not support, or a share that the rule cannot say",
        "no price level for the year",
    ]
    for part in said.left_out[:3]:
        assert part.filters is not None
        assert award_total(release, part.filters).awards == part.number == 1
    assert "the list has those that the rule cannot say too" in said.left_out[3].words
    priced = exhibit(release, "funders", AwardFilters(prices=2020)).made.left_out[-1]
    assert priced.filters is not None
    assert (award_total(release, priced.filters).awards, priced.words) == (1, "no price level for the year")


@pytest.mark.parametrize(
    ("names", "said"),
    [(["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C"), (list("ABCDE"), "A, B, C and 2 more")],
)
def test_names_are_listed_as_people_list_them(names: list[str], said: str) -> None:
    assert listed(names) == said


def test_a_share_of_nothing_is_unknown() -> None:
    assert share(Decimal(0), Decimal(0)) == "unknown"
    assert share(Decimal(1), Decimal(4)) == "25 %"
