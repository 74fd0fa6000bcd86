"""What one set of filters selects is worked out once, shared by threads, and gone when nobody holds it."""

import gc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from infracommons.insights import counted
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.awards import award_total
from infracommons.insights.concentration import funders_of_each, infrastructure_sums
from infracommons.insights.counted import ask, every_row, selection_of
from infracommons.insights.exposure import dependence_on_each, without
from infracommons.insights.kept import Kept
from infracommons.insights.matrix import funders_by_infrastructure
from infracommons.insights.release import Release
from infracommons.insights.totals import by_infrastructure
from infracommons.vocabulary.tables import RULES


@pytest.fixture
def own(golden_release: Path) -> Release:
    """A release that no other test asks."""
    return Release((golden_release / "current").resolve())


def tables(release: Release) -> set[str]:
    return {row["name"] for row in release.rows("SELECT table_name AS name FROM duckdb_tables()")}


DIRECT = AwardFilters(support_type=("direct",))


def test_order_page_and_rule_select_the_same(own: Release) -> None:
    first = selection_of(own, DIRECT)
    assert selection_of(own, AwardFilters(support_type=("direct",), rule="full", sort="title", page=3)) is first
    assert selection_of(own, AwardFilters(support_type=("direct",), prices=2020)) is not first


def test_a_selection_asked_under_every_rule_is_made_once(own: Release) -> None:
    before = tables(own)
    for rule in RULES:
        award_total(own, DIRECT.narrowed(rule=rule))
        by_infrastructure(own, DIRECT.narrowed(rule=rule))
    assert len(tables(own) - before - {"narrow_award", "narrow_pair", "narrow_category"}) == 1


def test_what_each_funder_gives_is_added_up_once_for_all_that_is_asked_of_it(own: Release) -> None:
    own.narrow()
    before = tables(own)
    for question in (funders_of_each, infrastructure_sums, dependence_on_each, without, funders_by_infrastructure):
        assert question(own, AwardFilters(year_from=2015))
    (made,) = tables(own) - before
    assert made.startswith("given_equal_split")


def test_its_tables_go_when_it_is_pushed_out_but_not_while_a_download_reads(
    own: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.narrow()
    before = tables(own)
    monkeypatch.setitem(counted._selections, own, Kept(1, lambda _: 1))
    monkeypatch.setattr(counted, "_ROWS_AT_ONCE", 2)
    award_total(own, DIRECT)
    held = tables(own) - before
    assert held
    schema, batches = every_row(own, AwardFilters(decision="any"))
    other = tables(own) - before
    assert not held & other
    award_total(own, DIRECT.narrowed(prices=2020))
    rows = sum(batch.num_rows for batch in batches)
    assert rows == award_total(own, AwardFilters(decision="any")).awards
    del batches, schema
    selection_of(own, AwardFilters(q="open"))
    gc.collect()
    assert not (tables(own) - before) & (held | other)


def test_threads_may_ask_what_is_new_to_all_of_them(own: Release) -> None:
    asked = [AwardFilters(decision="any", year_from=year, rule=rule) for year in range(2000, 2010) for rule in RULES]
    with ThreadPoolExecutor(8) as threads:
        at_once = list(threads.map(lambda filters: award_total(own, filters), asked * 2))
    fresh = Release(own.folder)
    assert at_once == [award_total(fresh, filters) for filters in asked] * 2


def test_an_answer_is_the_askers_own(own: Release) -> None:
    question = "SELECT count(*) AS awards FROM matched"
    ask(own, AwardFilters(), question)[0]["awards"] = -1
    assert ask(own, AwardFilters(), question)[0]["awards"] >= 0
    own.query(question.replace("matched", "award"))[0]["awards"] = -1
    assert own.query(question.replace("matched", "award"))[0]["awards"] > 0


def test_questions_about_awards_reach_no_other_file_either(own: Release, tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("a\n1\n")
    with pytest.raises(duckdb.PermissionException):
        ask(own, AwardFilters(), f"FROM read_csv('{tmp_path}/other.csv'), matched")


def test_an_award_pair_has_the_awards_own_columns(own: Release) -> None:
    joined = ask(
        own,
        DIRECT,
        """
      SELECT pair.award_id, infrastructure_id, pair.counted_usd, award_year, funder_name, end_date
      FROM pair JOIN matched ON matched.award_no = pair.award_no ORDER BY 1, 2""",
    )
    same = ask(
        own,
        DIRECT,
        """
      SELECT award_id, infrastructure_id, counted_usd, award_year, funder_name, end_date
      FROM award_pair ORDER BY 1, 2""",
    )
    assert joined == same != []
