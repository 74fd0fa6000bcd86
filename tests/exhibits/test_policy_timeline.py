"""The timeline of policies: every policy is in its table, every known day in its drawing."""

from dataclasses import replace
from pathlib import Path

import pytest

from infracommons.exhibits.draw.render import svg, vega_lite
from infracommons.exhibits.kinds.policy_timeline import policy_timeline
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.policies.load import Policies, load_policies

DEFINITIONS = Path(__file__).parents[2] / "definitions"


@pytest.fixture(scope="module")
def policies() -> Policies:
    return load_policies(DEFINITIONS)


def test_every_policy_is_in_the_table_and_every_known_day_is_drawn(policies: Policies) -> None:
    everyone = tuple(policies.instruments.values())
    shown = policy_timeline(policies, everyone, "r", AwardFilters())
    assert {row["policy"] for row in shown.rows} == {one.short_title for one in everyone}
    said = [row[field] for row in shown.rows for field in ("adopted", "in_force", "ended")]
    assert len(shown.drawn_rows) == sum(word not in {"unknown", "not applicable", "no end known"} for word in said)
    undated = shown.made.awards - shown.made.counted
    assert undated
    assert f"{len(everyone) - undated} of {len(everyone)}" in shown.drawn_note
    assert vega_lite(shown)["data"]["values"][0]["day"].startswith("2002-02-14")


def test_a_policy_without_a_known_day_is_in_the_table_alone(policies: Policies) -> None:
    draft = policies.instruments["south-africa-draft-2022"]
    shown = policy_timeline(policies, (draft,), "r", AwardFilters())
    assert [row["adopted"] for row in shown.rows] == ["unknown"]
    assert not shown.is_drawn


def test_names_are_text_in_the_drawing_whatever_is_in_them(policies: Policies) -> None:
    odd = replace(policies.instruments["plan-s-2018"], short_title="<script>alert(1)</script>")
    drawn = svg(policy_timeline(policies, (odd,), "r", AwardFilters()))
    assert "<script" not in drawn
    assert "&lt;script" in drawn


def test_nothing_that_matches_says_so(policies: Policies) -> None:
    shown = policy_timeline(policies, (), "r", AwardFilters())
    assert shown.rows == []
    assert shown.sentence == f"None of {len(policies.instruments)} policies matches."
