"""What the catalogue says of infrastructures, against slow counts in plain Python over the tables."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.insights.plain_catalogue import Tables, asked_for, known_of, said

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.characteristics import chosen, counts, known
from infracommons.insights.release import Release

FIELDS = ("code_repository", "country", "launched", "spdx_licence", "categories", "integrations", "open_api", "bylaws")
few = settings(max_examples=60, deadline=None)
some_fields = st.lists(st.sampled_from(FIELDS), unique=True)
filters_seen = st.builds(
    AwardFilters,
    infrastructure=st.sampled_from([(), (), ("zenodo",), ("arxiv", "dspace"), ("nobody-knows-this",)]),
    category=st.sampled_from([(), (), ("repository_software",), ("discovery_system", "peer_review_system")]),
    year_from=st.sampled_from([None, 2010]),  # about awards: it makes no difference here
    rule=st.sampled_from(["equal_split", "full"]),
)


@few
@given(filters=filters_seen, fields=some_fields)
def test_each_value_is_said_of_as_many_as_the_oracle_counts(
    release: Release, tables: Tables, filters: AwardFilters, fields: list[str]
) -> None:
    rows = counts(release, filters, fields)
    found = {field: {r["value"]: r["infrastructures"] for r in rows if r["field"] == field} for field in fields}
    assert found == {field: dict(said(tables, filters, field)) for field in fields}
    for field in fields:
        numbers = [row["infrastructures"] for row in rows if row["field"] == field]
        assert numbers == sorted(numbers, reverse=True)


@few
@given(filters=filters_seen, fields=some_fields)
def test_what_is_known_of_how_many_is_the_oracles(
    release: Release, tables: Tables, filters: AwardFilters, fields: list[str]
) -> None:
    assert known(release, filters, fields) == {field: known_of(tables, filters, field) for field in fields}
    assert chosen(release, filters) == len(asked_for(tables, filters))


def test_the_release_says_something_and_not_everything(release: Release) -> None:
    told = known(release, AwardFilters(), ["country", "integrations", "open_api"])
    assert 0 < told["integrations"] < chosen(release, AwardFilters())
    assert told["country"]
