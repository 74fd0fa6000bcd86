"""The network of reliance against slow walks in plain Python over the tables."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.insights.plain_catalogue import Tables, asked_for, pairs_of, steps_to

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.concentration import funders_of_each
from infracommons.insights.release import Release
from infracommons.insights.reliance import edges, most_relied_on, reliance, touched

few = settings(max_examples=40, deadline=None)
slugs = st.sampled_from(["orcid", "crossref", "datacite", "zenodo", "arxiv", "dspace", "fedora", "numpy", "nobody"])
some_gone = st.lists(slugs, min_size=1, max_size=3, unique=True)
filters_seen = st.builds(
    AwardFilters,
    infrastructure=st.one_of(st.just(()), some_gone.map(tuple)),
    category=st.sampled_from([(), (), ("repository_software",), ("persistent_identifier_service",)]),
    decision=st.sampled_from(["supports", "any"]),
    year_from=st.sampled_from([None, 2015]),
    rule=st.sampled_from(["equal_split", "full", "single_only"]),
)


@few
@given(filters=filters_seen)
def test_each_place_in_the_network_is_the_oracles(release: Release, tables: Tables, filters: AwardFilters) -> None:
    pairs = pairs_of(tables)
    members = {end for pair in pairs for end in pair} & asked_for(tables, filters).keys()
    rows = reliance(release, filters)
    assert {row["infrastructure_id"] for row in rows} == members
    for row in rows:
        slug = row["infrastructure_id"]
        assert row["relied_on_by"] == sum(other == slug for _, other in pairs)
        assert row["relies_on"] == sum(one == slug for one, _ in pairs)
        assert row["dependants"] == len(steps_to((slug,), pairs))
    assert rows == sorted(rows, key=lambda row: (-row["relied_on_by"], -row["dependants"], row["name"].lower()))


@few
@given(filters=filters_seen)
def test_the_money_behind_each_is_that_of_its_funders(release: Release, filters: AwardFilters) -> None:
    money = {row["infrastructure_id"]: row for row in funders_of_each(release, filters)}
    for row in reliance(release, filters):
        own = money.get(row["infrastructure_id"], {})
        for name in ("counted_usd", "funders", "top_funder_name", "top_share"):
            assert row[name] == own.get(name)


@few
@given(gone=some_gone.map(tuple))
def test_what_would_be_touched_is_the_oracles(release: Release, tables: Tables, gone: tuple[str, ...]) -> None:
    pairs = pairs_of(tables)
    steps = steps_to(gone, pairs)
    rows = touched(release, gone)
    assert {row["infrastructure_id"]: row["steps"] for row in rows} == steps
    assert [row["steps"] for row in rows] == sorted(row["steps"] for row in rows)
    names = {row["infrastructure_id"]: row["name"] for row in tables["infrastructure"]}
    said = {(row["name"], row["other_name"]): row["link"] for row in edges(release)}
    before = {names.get(one, one): number for one, number in {**steps, **dict.fromkeys(gone, 0)}.items()}
    for row in rows:
        assert before[row["through"]] == row["steps"] - 1, "through one that is a step nearer"
        assert row["link"] == said[row["name"], row["through"]]


def test_the_most_relied_on_come_first_and_nobody_twice(release: Release, tables: Tables) -> None:
    ranked = [slug for slug, _ in most_relied_on(release)]
    pairs = pairs_of(tables)
    assert set(ranked) == {other for _, other in pairs}
    numbers = [sum(other == slug for _, other in pairs) for slug in ranked]
    assert numbers == sorted(numbers, reverse=True)
    assert len(ranked) == len(set(ranked)) > 1
