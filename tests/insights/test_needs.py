"""Terms chosen or stated by a text, against a slow count in plain Python."""

import random
from pathlib import Path
from typing import Any

import pytest
from tests.insights.plain_catalogue import asked_for
from tests.web.conftest import write_release

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.characteristics import chosen_or_stated, tellers
from infracommons.insights.release import Release

Row = dict[str, Any]
THEMES = ("staff", "hosting", "research", "no_term_stated")
ASKED = (AwardFilters(), AwardFilters(category=("shelf",)), AwardFilters(infrastructure=("i01", "i02", "i03", "i04")))


@pytest.fixture(scope="module")
def rows() -> dict[str, list[Row]]:
    """Forty infrastructures, some with a choice, some with a text, some with both or nothing, by a fixed seed."""
    chance = random.Random(20260102)  # noqa: S311 - a test
    names = [f"i{n:02}" for n in range(40)]
    said: list[Row] = []
    for name in names:
        for field in ("need_themes", "funding_needs", "open_api"):
            values = chance.sample(THEMES, chance.choice([0, 0, 1, 2, 3]))
            said += [
                {"infrastructure_id": name, "field": field, "value": value, "label": value, "said_by": "steward"}
                for value in values
            ]
    entries = [
        {"infrastructure_id": name, "name": name, "aliases": [], "summary": "Keeps.",
         "category_codes": [chance.choice(["shelf", "box"])]}
        for name in names
    ]  # fmt: skip
    return {"infrastructure": entries, "characteristic": said}


@pytest.mark.parametrize("asked", ASKED)
def test_a_choice_counts_before_a_text_and_each_infrastructure_once_a_term(
    rows: dict[str, list[Row]], asked: AwardFilters, tmp_path: Path
) -> None:
    write_release(tmp_path, rows)
    release = Release(tmp_path / "one")
    members = asked_for(rows, asked)
    themes: dict[str, dict[str, set[str]]] = {name: {"need_themes": set(), "funding_needs": set()} for name in members}
    for row in rows["characteristic"]:
        if row["infrastructure_id"] in members and row["field"] in ("need_themes", "funding_needs"):
            themes[row["infrastructure_id"]][row["field"]].add(row["value"])
    expected = {
        theme: (
            sum(theme in one["need_themes"] for one in themes.values()),
            sum(theme in one["funding_needs"] for one in themes.values() if not one["need_themes"]),
        )
        for theme in THEMES
    }
    found = chosen_or_stated(release, asked, "need_themes", "funding_needs")
    assert {row["value"]: (row["chosen"], row["stated"]) for row in found} == {
        theme: numbers for theme, numbers in expected.items() if sum(numbers)
    }
    sums = [row["chosen"] + row["stated"] for row in found]
    assert sums == sorted(sums, reverse=True)
    assert tellers(release, asked, "need_themes", "funding_needs") == (
        sum(bool(one["need_themes"]) for one in themes.values()),
        sum(bool(one["funding_needs"]) and not one["need_themes"] for one in themes.values()),
    )
