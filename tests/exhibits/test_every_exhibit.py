"""What holds of every exhibit, whatever is asked: words that read well, whole tables, rows that lead to awards."""

import re

import pytest

from infracommons.exhibits.draw.render import png, svg, vega_lite
from infracommons.exhibits.exhibit import CHAPTERS
from infracommons.exhibits.registry import exhibit, exhibit_kinds
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.awards import award_total
from infracommons.insights.release import Release

ASKED = {
    "all": AwardFilters(),
    "full": AwardFilters(rule="full", prices=2015),
    "one infrastructure": AwardFilters(infrastructure=("zenodo",), rule="documented_share"),
    "one funder": AwardFilters(funder=("ror:021nxhr62",)),
    "not decided": AwardFilters(decision="needs_review", rule="single_only"),
    "nothing": AwardFilters(year_from=2199),
}
every_kind = pytest.mark.parametrize("name", exhibit_kinds())
every_question = pytest.mark.parametrize("asked", ASKED)


@every_kind
def test_a_kind_says_what_it_shows_and_where_it_belongs(name: str) -> None:
    kind = exhibit_kinds()[name]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)
    assert kind.chapter in CHAPTERS
    assert kind.label[0].isupper()
    assert not kind.label.endswith(".")


@every_kind
@every_question
def test_an_exhibit_reads_well_and_its_table_is_whole(release: Release, name: str, asked: str) -> None:
    shown = exhibit(release, name, ASKED[asked])
    assert shown.name == name
    assert shown.title
    assert not shown.title.endswith(".")
    assert shown.sentence.endswith((".", "!"))
    words = (shown.title, shown.sentence, shown.reading, shown.drawn_note, *shown.made.notes)
    assert not [said for said in words if re.search(r"\b(None(?! of)|nan|inf|NaN|True|False)\b|  |\{|\}", said)]
    assert all({column.name for column in shown.columns} <= row.keys() for row in shown.rows)
    assert shown.made.release_id == release.release_id
    assert shown.made.counted <= shown.made.awards
    if shown.drawing is not None:
        assert shown.reading
        assert shown.drawn_rows


@every_kind
def test_a_drawing_can_stand_on_a_page_that_allows_no_styles(release: Release, name: str) -> None:
    shown = exhibit(release, name, ASKED["all"])
    if shown.drawing is None:
        return
    drawn = svg(shown)
    assert "style=" not in drawn
    assert "<style" not in drawn
    assert "<script" not in drawn
    assert "token:" not in drawn + str(vega_lite(shown))
    assert "var(--" not in svg(shown, "file")
    assert png(shown).startswith(b"\x89PNG")


@every_kind
@pytest.mark.parametrize("asked", ["all", "full", "one funder"])
def test_a_row_leads_to_the_awards_that_it_counts(release: Release, name: str, asked: str) -> None:
    shown = exhibit(release, name, ASKED[asked])
    if shown.behind is None:
        return
    for row in shown.rows[:30]:
        behind = shown.behind(row)
        if behind is None:
            continue
        total = award_total(release, behind)
        if "awards" in row and not behind.counted:
            assert total.awards == row["awards"], row
        if "counted_usd" in row and behind.rule != "full":
            assert total.counted_usd == row["counted_usd"], row
