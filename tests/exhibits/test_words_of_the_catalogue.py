"""What exhibits of the catalogue and of reliance say at the edges: nothing, one, ties, and what is not known."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.web.conftest import write_release

from infracommons.exhibits.registry import exhibit
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.release import Release

Row = dict[str, Any]
Made = Callable[..., Release]
ALL = AwardFilters()
PRACTICES = ("status-items", "openness", "community", "governance", "plans")
VALUES = ("countries", "licences", "categories", "business-forms", "revenue-sources", "persistent-identifiers")


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Return a function that opens a release of infrastructures `names` with what is said of them and their awards.

    Said: (infrastructure, field, value). Works with: (infrastructure, other). Awards: (infrastructure, funder, usd).
    """

    def release_of(
        *names: str,
        said: tuple[tuple[str, str, str], ...] = (),
        works_with: tuple[tuple[str, str], ...] = (),
        awards: tuple[tuple[str, str, int], ...] = (),
    ) -> Release:
        rows: dict[str, list[Row]] = {
            "infrastructure": [
                {
                    "infrastructure_id": one,
                    "name": one.title(),
                    "aliases": [],
                    "summary": "Keeps.",
                    "category_codes": ["index_or_directory" if one == "shelf" else "repository_software"],
                }
                for one in names
            ],
            "characteristic": [_said(one, field, value) for one, field, value in said]
            + [_said(one, "integrations", other, other) for one, other in works_with],
            "award": [_award(place, funder, usd) for place, (_, funder, usd) in enumerate(awards)],
            "support": [_support(place, one) for place, (one, _, _) in enumerate(awards)],
            "attribution": [
                {
                    "award_id": f"award-{place}",
                    "infrastructure_id": one,
                    "rule": "equal_split",
                    "amount_usd": Decimal(usd),
                }
                for place, (one, _, usd) in enumerate(awards)
            ],
        }
        write_release(tmp_path, rows)
        return Release(tmp_path / "one")

    return release_of


def _said(one: str, field: str, value: str, other: str | None = None) -> Row:
    link = f"https://example.org/{one}/{value}"
    return {
        "infrastructure_id": one,
        "field": field,
        "value": value,
        "label": value.replace("_", " "),
        "other_infrastructure_id": other,
        "link": link,
        "said_by": "curator",
    }


def _award(place: int, funder: str, usd: int) -> Row:
    return {
        "award_id": f"award-{place}",
        "funder_organisation_id": funder,
        "funder_name": funder.upper(),
        "award_year": 2020,
        "amount": Decimal(usd),
        "currency": "USD",
        "amount_usd": Decimal(usd),
        "amount_status": "known",
        "source": "nsf",
    }


def _support(place: int, one: str) -> Row:
    return {
        "award_id": f"award-{place}",
        "infrastructure_id": one,
        "decision": "supports",
        "decided_by": "model",
        "reason": "said so",
        "support_type": "direct",
    }


@pytest.mark.parametrize("name", [*PRACTICES, *VALUES, "launched"])
def test_where_nobody_has_said_anything_it_says_so_and_draws_nothing(made: Made, name: str) -> None:
    shown = exhibit(made("shelf"), name, ALL)
    assert shown.title.startswith(("Nothing is known of", "No year of launch is known yet"))
    assert shown.sentence == (
        "Of 1 infrastructure nobody has said anything yet. What nobody has said is unknown; it does not mean no."
    )
    assert not shown.is_drawn


@pytest.mark.parametrize("name", [*PRACTICES, *VALUES, "launched"])
def test_where_no_infrastructure_matches_that_is_what_it_says(made: Made, name: str) -> None:
    assert exhibit(made("shelf"), name, AwardFilters(category=("peer_review_system",))).sentence == (
        "No infrastructure matches."
    )


def test_a_single_answer_reads_in_the_singular(made: Made) -> None:
    shown = exhibit(made("shelf", "box", said=(("shelf", "open_api", "available"),)), "openness", ALL)
    assert shown.title == "Most often available: Open API, 1 of 2"
    assert "1 of 12 answers is known and 1 says available." in shown.sentence
    row = next(row for row in shown.rows if row["practice"] == "Open API")
    assert (row["available"], row["unknown"]) == (1, 1)


def test_practices_that_lead_together_are_named_together_and_unknown_is_never_no(made: Made) -> None:
    both = (("shelf", "bylaws", "available"), ("box", "privacy_policy", "available"), ("box", "bylaws", "considering"))
    release = made("shelf", "box", said=both)
    shown = exhibit(release, "governance", ALL)
    assert shown.title == "Most often available: Bylaws and Privacy policy, 1 of 2 each"
    bylaws = next(row for row in shown.rows if row["practice"] == "Bylaws")
    assert (bylaws["available"], bylaws["considering"], bylaws["not_planning"], bylaws["unknown"]) == (1, 1, 0, 0)
    assert all(sum(value for key, value in row.items() if key != "practice") == 2 for row in shown.rows)


def test_where_no_practice_is_available_the_title_does_not_claim_one(made: Made) -> None:
    shown = exhibit(made("shelf", said=(("shelf", "bylaws", "not_planning"),)), "governance", ALL)
    assert shown.title == "No practice is known to be available"
    assert shown.is_drawn


def test_values_name_their_leaders_and_say_how_many_are_unknown(made: Made) -> None:
    two = made("shelf", "box", "crate", said=(("shelf", "country", "Malawi"), ("box", "country", "Chile")))
    shown = exhibit(two, "countries", ALL)
    assert shown.title == "Chile and Malawi: 1 each of the 2 whose country is known"
    assert shown.sentence == "The country is known of 2 of 3 infrastructures: 2 different answers; 1 is unknown."


def test_one_value_of_all_reads_plainly_and_in_capitals(made: Made) -> None:
    shown = exhibit(made("shelf", said=(("shelf", "business_form", "volunteer_community"),)), "business-forms", ALL)
    assert shown.title == "Volunteer community: 1 of the 1 whose business form is known"
    assert shown.sentence == "The business form is known of all 1 infrastructure: 1 different answer."


def test_a_single_year_of_launch_is_not_called_a_half(made: Made) -> None:
    assert exhibit(made("shelf", said=(("shelf", "launched", "2011"),)), "launched", ALL).title == "Launched in 2011"


def test_half_of_the_launches_are_those_up_to_the_middle(made: Made) -> None:
    years = (("shelf", "launched", "2001"), ("box", "launched", "2003"), ("crate", "launched", "2010"))
    shown = exhibit(made("shelf", "box", "crate", said=years), "launched", ALL)
    assert shown.title == "At least half were launched by 2003"


NEEDS = (
    ("a", "need_themes", "staff"), ("a", "funding_needs", "hosting"), ("b", "funding_needs", "staff"),
    ("b", "funding_needs", "hosting"), ("c", "funding_needs", "no_term_stated"),
)  # fmt: skip


def test_needs_tell_choice_text_and_unknown_apart(made: Made) -> None:
    shown = exhibit(made("a", "b", "c", "d", said=NEEDS), "needs", ALL)
    assert shown.title == "Needed most often: Staff, by 2 of the 3 that say their needs"
    assert shown.sentence == (
        "Then Hosting, 1. 1 infrastructure chose themes; of 2 a text was coded by its words, 1 of which fits no theme. "
        "Of 1 the needs are unknown."
    )
    assert [(row["theme"], row["chosen"], row["stated"]) for row in shown.rows] == [
        ("Staff", 1, 1), ("Hosting", 0, 1), ("A text that fits no theme", 0, 1), ("Unknown", 0, 0),
    ]  # fmt: skip
    assert (shown.made.awards, shown.made.counted) == (4, 2)
    assert [part.number for part in shown.made.left_out] == [1, 1]
    assert shown.is_drawn


def test_a_text_that_fits_no_theme_alone_is_told_and_not_drawn(made: Made) -> None:
    shown = exhibit(made("c", said=(("c", "funding_needs", "no_term_stated"),)), "needs", ALL)
    assert shown.title == "Nothing is known of funding needs by theme yet"
    assert shown.sentence == "Of 1 infrastructure a text says the needs, but it fits no theme."
    assert not shown.is_drawn


@pytest.mark.parametrize("name", ["reliance", "reliance-risk", "reliance-without"])
def test_without_integrations_the_network_says_that_none_is_known(made: Made, name: str) -> None:
    shown = exhibit(made("shelf"), name, AwardFilters(infrastructure=("shelf",)))
    assert shown.title in ("No integration is known yet", "Nothing to compare yet", "Nothing is known to rely on Shelf")
    assert shown.sentence.endswith("that none is known does not mean that there is none.")
    assert not shown.is_drawn


def test_the_most_relied_on_are_named_with_ties(made: Made) -> None:
    tied = made("shelf", "box", "crate", works_with=(("crate", "box"), ("crate", "shelf")))
    shown = exhibit(tied, "reliance", ALL)
    assert shown.title == "Box and Shelf are relied on most: by 1 other each"
    assert shown.sentence == (
        "3 of 3 infrastructures are in the network. Directly or through others, most rely on Box and Shelf: 1 each. "
        "Without Crate, others would be cut off from the rest."
    )
    assert sum(row["part"] == "edge" for row in shown.drawn_rows) == 2


def test_one_that_nobody_relies_on_is_not_called_relied_on(made: Made) -> None:
    release = made("shelf", "box", works_with=(("box", "shelf"),))
    shown = exhibit(release, "reliance", AwardFilters(infrastructure=("box",)))
    assert shown.title == "None of these is known to be relied on"
    assert shown.sentence == (
        "1 of 1 infrastructure is in the network. None of them alone keeps others joined to the rest."
    )
    assert not shown.is_drawn


HUB = (("a", "hub"), ("b", "hub"), ("c", "hub"), ("a", "rim"))


def test_a_hub_with_one_funder_is_counted_and_those_of_one_point_are_named_together(made: Made) -> None:
    both = made(
        "a", "b", "c", "hub", "rim",
        works_with=(*HUB, ("b", "rim"), ("c", "rim")),
        awards=(("hub", "org:1", 10), ("rim", "org:2", 30)),
    )  # fmt: skip
    shown = exhibit(both, "reliance-risk", ALL)
    assert shown.title == "2 of 2 much relied-on infrastructures have one known funder"
    assert [row["name"] for row in shown.drawn_rows if row["part"] == "name"] == ["Hub and Rim"]


def test_several_funders_are_not_called_one(made: Made) -> None:
    release = made("a", "b", "c", "hub", "rim", works_with=HUB, awards=(("hub", "org:1", 10), ("hub", "org:2", 30)))
    shown = exhibit(release, "reliance-risk", ALL)
    assert shown.title == "0 of 1 much relied-on infrastructure has one known funder"
    assert shown.rows[0]["top_share"] == 0.75


def test_money_of_one_that_few_rely_on_makes_no_hub(made: Made) -> None:
    release = made("a", "b", "c", "hub", "rim", works_with=HUB, awards=(("rim", "org:1", 10),))
    shown = exhibit(release, "reliance-risk", ALL)
    assert shown.title == "None with a known award is much relied on"
    assert [row["name"] for row in shown.rows] == ["Rim"]


def test_what_would_be_touched_is_told_in_steps_with_where_it_is_said(made: Made) -> None:
    release = made("a", "b", "hub", works_with=(("a", "b"), ("b", "hub")))
    shown = exhibit(release, "reliance-without", AwardFilters(infrastructure=("hub",)))
    assert shown.title == "Without Hub, 2 infrastructures would be touched"
    assert shown.sentence.startswith("1 relies on it directly and 1 through others.")
    assert [(row["name"], row["steps"], row["through"], row["link"]) for row in shown.rows] == [
        ("B", 1, "Hub", "https://example.org/b/hub"),
        ("A", 2, "B", "https://example.org/a/b"),
    ]


def test_without_a_choice_it_asks_for_one(made: Made) -> None:
    assert exhibit(made("a"), "reliance-without", ALL).title == "Choose an infrastructure"
