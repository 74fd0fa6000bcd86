"""Concentration, exposure, continuity and the matrix against slow oracles in plain Python over the matched awards."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.insights.award_filters import REGION_CODES, AwardFilters
from infracommons.insights.concentration import concentration_of, funder_sums, funders_of_each, infrastructure_sums
from infracommons.insights.continuity import continuity_of_each, day_of, endings, running, timeline
from infracommons.insights.counted import ask
from infracommons.insights.exposure import dependence_on_each, without
from infracommons.insights.matrix import MOST_FUNDERS, MOST_INFRASTRUCTURES, OTHERS, funders_by_infrastructure
from infracommons.insights.release import Release
from infracommons.vocabulary.tables import RULES

Row = dict[str, Any]
Tables = dict[str, list[Row]]
ZERO = Decimal(0)
filters_seen: st.SearchStrategy[AwardFilters] = st.builds(
    AwardFilters,
    infrastructure=st.sampled_from([(), (), (), ("zenodo",), ("arxiv", "dspace")]),
    funder=st.sampled_from([(), (), (), ("unknown",), ("ror:021nxhr62",), ("ror:021nxhr62", "unknown")]),
    region=st.sampled_from([(), (), *((code,) for code in REGION_CODES)]),
    year_from=st.sampled_from([None, None, 2010, 2019]),
    year_to=st.sampled_from([None, None, 2020]),
    decision=st.sampled_from(["supports", "any", "any", "needs_review"]),
    rule=st.sampled_from(RULES),
    prices=st.sampled_from([None, None, 2015]),
)
some_filters = given(filters=filters_seen)
few = settings(max_examples=40, deadline=None)


def given_to(release: Release, f: AwardFilters) -> dict[tuple[str, str], Decimal]:
    """Return the money of each (infrastructure, funder) that has any."""
    awards = {row["award_id"]: row for row in ask(release, f, "SELECT * FROM matched")}
    sums: dict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    for pair in ask(release, f, "SELECT * FROM pair"):
        funder = awards[pair["award_id"]]["funder_organisation_id"] or "unknown"
        sums[pair["infrastructure_id"], funder] += pair["counted_usd"] or ZERO
    return {key: usd for key, usd in sums.items() if usd}


def spans(release: Release, f: AwardFilters) -> dict[str, list[Row]]:
    awards = {row["award_id"]: row for row in ask(release, f, "SELECT * FROM matched")}
    found: dict[str, list[Row]] = defaultdict(list)
    for pair in ask(release, f, "SELECT * FROM pair"):
        found[pair["infrastructure_id"]].append(awards[pair["award_id"]])
    return found


@few
@some_filters
def test_concentration_on_the_funders_of_each_is_the_oracles(release: Release, filters: AwardFilters) -> None:
    by_infrastructure: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for (slug, funder), usd in given_to(release, filters).items():
        by_infrastructure[slug][funder] = usd
    rows = funders_of_each(release, filters)
    assert {row["infrastructure_id"] for row in rows} == set(by_infrastructure)
    assert rows == sorted(rows, key=lambda row: (-row["counted_usd"], row["infrastructure_id"]))
    for row in rows:
        own = by_infrastructure[row["infrastructure_id"]]
        whole = sum(own.values(), ZERO)
        assert (row["counted_usd"], row["funders"]) == (whole, len(own))
        assert row["top_funder"] == min(own, key=lambda funder: (-own[funder], funder))
        assert row["top_share"] == pytest.approx(float(max(own.values()) / whole))
        assert row["herfindahl"] == pytest.approx(float(sum((usd / whole) ** 2 for usd in own.values())))


@few
@some_filters
def test_sums_of_funders_and_infrastructures_are_the_oracles(release: Release, filters: AwardFilters) -> None:
    matched = ask(release, filters, "SELECT * FROM matched")
    funders: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for row in matched:
        funders[row["funder_organisation_id"] or "unknown"] += row["counted_usd"] or ZERO
    found = {row["funder"]: row["counted_usd"] for row in funder_sums(release, filters)}
    assert found == {funder: usd for funder, usd in funders.items() if usd}
    slugs: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for (slug, _), usd in given_to(release, filters).items():
        slugs[slug] += usd
    assert {r["infrastructure_id"]: r["counted_usd"] for r in infrastructure_sums(release, filters)} == slugs


def test_measures_leave_out_members_without_money() -> None:
    found = concentration_of([Decimal(30), Decimal(0), Decimal(10)])
    assert (found.members, found.top_one, found.top_five) == (2, 0.75, 1.0)
    assert concentration_of([]).gini is None


@few
@some_filters
def test_what_hangs_on_each_funder_is_the_oracles(release: Release, filters: AwardFilters) -> None:
    sums = given_to(release, filters.narrowed(funder=()))
    whole: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for (slug, _), usd in sums.items():
        whole[slug] += usd
    rows = {row["funder"]: row for row in dependence_on_each(release, filters)}
    assert set(rows) == {funder for _, funder in sums}
    for funder, row in rows.items():
        own = {slug: usd for (slug, giver), usd in sums.items() if giver == funder}
        assert row["counted_usd"] == sum(own.values(), ZERO)
        assert row["infrastructures"] == len(own)
        assert row["dependent"] == sum(2 * usd >= whole[slug] for slug, usd in own.items())
        assert row["sole"] == sum(usd == whole[slug] for slug, usd in own.items())


@few
@some_filters
def test_what_would_be_lost_is_the_oracles(release: Release, tables: Tables, filters: AwardFilters) -> None:
    federal = {row["organisation_id"] for row in tables["organisation"] if row["is_us_federal"]}
    sums = given_to(release, filters.narrowed(funder=()))
    for rows, gone in (
        (without(release, filters), set(filters.funder)),
        (without(release, filters, "us_federal"), federal),
    ):
        assert {row["infrastructure_id"] for row in rows} == {slug for slug, _ in sums}
        for row in rows:
            own = {funder: usd for (slug, funder), usd in sums.items() if slug == row["infrastructure_id"]}
            lost = sum((usd for funder, usd in own.items() if funder in gone), ZERO)
            assert (row["counted_usd"], row["lost_usd"]) == (sum(own.values(), ZERO), lost)
            assert row["left_usd"] == row["counted_usd"] - lost
            assert row["funders_left"] == len(own.keys() - gone)
            assert row["lost_share"] == pytest.approx(float(lost / row["counted_usd"]))


@few
@some_filters
def test_the_matrix_is_the_oracles(release: Release, filters: AwardFilters) -> None:
    found: dict[tuple[str, str], list[int | Decimal]] = {}
    awards = {row["award_id"]: row for row in ask(release, filters, "SELECT * FROM matched")}
    for pair in ask(release, filters, "SELECT * FROM pair"):
        cell = found.setdefault(
            (awards[pair["award_id"]]["funder_organisation_id"] or "unknown", pair["infrastructure_id"]), [0, 0, ZERO]
        )
        cell[0] += 1
        cell[1] += pair["counted_usd"] is not None
        cell[2] += pair["counted_usd"] or ZERO
    rows = funders_by_infrastructure(release, filters)
    assert {(r["funder"], r["infrastructure_id"]): [r["awards"], r["counted"], r["counted_usd"]] for r in rows} == found


@few
@some_filters
def test_a_long_matrix_puts_the_rest_together_and_keeps_every_sum(release: Release, filters: AwardFilters) -> None:
    every = funders_by_infrastructure(release, filters)
    together = funders_by_infrastructure(release, filters, most_pairs=0)
    for part in ("awards", "counted", "counted_usd"):
        assert sum(row[part] for row in every) == sum(row[part] for row in together)
    givers = {row["funder"] for row in together} - {OTHERS}
    getters = {row["infrastructure_id"] for row in together} - {OTHERS}
    assert len(givers) <= MOST_FUNDERS
    assert len(getters) <= MOST_INFRASTRUCTURES
    kept = {(row["funder"], row["infrastructure_id"]): row for row in together}
    for row in every:
        if row["funder"] in givers and row["infrastructure_id"] in getters:
            assert kept[row["funder"], row["infrastructure_id"]] == row


@few
@some_filters
def test_what_ends_and_what_runs_is_the_oracles(release: Release, filters: AwardFilters) -> None:
    today = day_of(release)
    matched = ask(release, filters, "SELECT * FROM matched")
    begun = [row for row in matched if row["start_date"] is not None and row["start_date"] <= today]
    going = [row for row in begun if row["end_date"] is not None and row["end_date"] >= today]
    rows = endings(release, filters)
    assert len(rows) == 25
    assert rows[0]["month"] == today.replace(day=1)
    after = (rows[-1]["month"] + timedelta(days=31)).replace(day=1)
    for row in rows:
        ending = [
            one
            for one in matched
            if one["end_date"] is not None
            and one["end_date"].replace(day=1) == row["month"]
            and one["end_date"] >= today
            and (one["start_date"] is None or one["start_date"] <= today)
        ]
        assert row["awards"] == len(ending)
        assert row["counted_usd"] == sum((one["counted_usd"] or ZERO for one in ending), ZERO)
        assert row["infrastructures"] == len({s for one in ending for s in one["infrastructure_ids"].split("; ")})
    standing = running(release, filters)
    assert (standing["awards"], standing["running"]) == (len(matched), len(going))
    assert standing["ends_soon"] == sum(row["end_date"] < after for row in going)
    in_one = ("running", "ended", "not_begun", "no_end", "no_start")
    assert sum(standing[part] for part in in_one) == len(matched)


@few
@some_filters
def test_how_awards_follow_one_another_is_the_oracles(release: Release, filters: AwardFilters) -> None:
    today = day_of(release)
    own = spans(release, filters)
    rows = continuity_of_each(release, filters)
    assert {row["infrastructure_id"] for row in rows} == set(own)
    for row in rows:
        awards = own[row["infrastructure_id"]]
        ends = [a["end_date"] for a in awards if a["end_date"]]
        assert (row["awards"], row["no_end"]) == (len(awards), len(awards) - len(ends))
        assert row["last_end"] == (max(ends) if ends else None)
        pauses = slow_pauses([(a["start_date"], a["end_date"]) for a in awards if a["start_date"] and a["end_date"]])
        assert row["gaps"] == len(pauses)
        assert row["longest_gap_days"] == (max(pauses) if pauses else None)
        if row["last_end"] is not None:
            assert row["months_left"] == slow_months(today, row["last_end"])


def slow_pauses(dates: list[tuple[date, date]]) -> list[int]:
    """Return the length in days of each pause of over 30 days: stretches that no award covers."""
    found = []
    covered: date | None = None
    for start, end in sorted(span for span in dates if span[0] <= span[1]):
        if covered is not None and (start - covered).days > 30:
            found.append((start - covered).days)
        covered = end if covered is None else max(covered, end)
    return found


def slow_months(today: date, until: date) -> int:
    """Return the whole months between two days; none where the second is past."""
    if until <= today:
        return 0
    months = (until.year - today.year) * 12 + until.month - today.month
    return months - (until.day < today.day)


@few
@some_filters
def test_the_timeline_has_every_award_with_a_first_day(release: Release, filters: AwardFilters) -> None:
    matched = ask(release, filters, "SELECT * FROM matched")
    dated = {row["award_id"]: row for row in matched if row["start_date"] is not None}
    rows = timeline(release, filters)
    assert [row["award_id"] for row in rows] == sorted(dated, key=lambda one: (dated[one]["start_date"], one))
