"""One award, the account of the sources, and the lists of exclusions and records, against the tables themselves."""

from collections import Counter
from itertools import count
from typing import Any

import pyarrow as pa
import pytest

from infracommons.insights import overview
from infracommons.insights.award import award_evidence
from infracommons.insights.exclusions import ExclusionFilters, exclusions
from infracommons.insights.funders import funder_facts
from infracommons.insights.infrastructures import infrastructure_facts, infrastructures, infrastructures_named
from infracommons.insights.paging import Question, pages
from infracommons.insights.records import RecordFilters, records
from infracommons.insights.release import Release
from infracommons.insights.tables import published_tables, whole_table
from infracommons.vocabulary.tables import PUBLISHED

Tables = dict[str, list[dict[str, Any]]]


def test_an_award_has_every_row_that_stands_behind_it(release: Release, tables: Tables) -> None:
    for award in tables["award"]:
        award_id = award["award_id"]
        evidence = award_evidence(release, award_id)
        assert evidence is not None
        assert evidence.award == award
        own = {row["record_id"] for row in tables["award_record"] if row["award_id"] == award_id}
        assert {row["record_id"] for row in evidence.records} == own
        assert evidence.records[0]["role"] == "canonical"
        mentions = [row["mention_id"] for rows in evidence.mentions.values() for row in rows]
        assert sorted(mentions) == sorted(r["mention_id"] for r in tables["mention"] if r["record_id"] in own)
        expected = {r["infrastructure_id"] for r in tables["support"] if r["award_id"] == award_id}
        assert {row["infrastructure_id"] for row in evidence.supports} == expected
        attributed = [
            (r["infrastructure_id"], rule, usd) for r in evidence.supports for rule, usd in r["attributed"].items()
        ]
        assert sorted(attributed) == sorted(
            (r["infrastructure_id"], r["rule"], r["amount_usd"])
            for r in tables["attribution"]
            if r["award_id"] == award_id
        )
        assert len(evidence.exclusions) == sum(r["record_id"] in own for r in tables["exclusion"])


def test_an_unknown_award_infrastructure_or_funder_is_none(release: Release) -> None:
    assert award_evidence(release, "award-none") is None
    assert infrastructure_facts(release, "nowhere") is None
    assert funder_facts(release, "org:nobody") is None


def test_the_account_of_every_source_adds_up(release: Release) -> None:
    accounts = overview.source_accounts(release)
    assert accounts
    assert all(account.adds_up for account in accounts)
    told = release.manifest["counts"]
    for part in ("canonical", "duplicate", "instalment", "excluded"):
        assert sum(getattr(account, part) for account in accounts) == told[part], part
    assert sum(account.records for account in accounts) == told["records_in"]
    others = {told["source"] for told in overview.other_sources(release)}
    assert others == {"catalogue", "characteristics", "curation", "ecb_rates", "ror"}


def test_the_excluded_number_opens_to_as_many_rows(release: Release) -> None:
    sources = tuple(account.source for account in overview.source_accounts(release))
    found = exclusions(ExclusionFilters(stage=overview.BEFORE_AWARDS, source=sources)).page(release, 1)
    assert found.count == release.manifest["counts"]["excluded"]


def test_reasons_count_every_exclusion_once(release: Release, tables: Tables) -> None:
    expected = Counter((row["stage"], row["reason_code"]) for row in tables["exclusion"])
    reasons = overview.exclusion_reasons(release)
    assert {(row["stage"], row["reason_code"]): row["records"] for row in reasons} == expected
    order = ["normalise", "match", "judge", "convert"]
    assert [order.index(row["stage"]) for row in reasons] == sorted(order.index(row["stage"]) for row in reasons)


def walked(release: Release, question: Question) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for number in count(1):
        page = question.page(release, number)
        rows += page.rows
        if number == page.pages:
            assert page.count == len(rows)
            return rows
    raise AssertionError


@pytest.mark.parametrize(
    "filters",
    [ExclusionFilters(), ExclusionFilters(stage=("judge", "convert")), ExclusionFilters(reason=("bad_date",))],
)
def test_exclusions_are_the_tables_rows_in_pages_and_in_the_download(
    release: Release, tables: Tables, filters: ExclusionFilters
) -> None:
    rows = walked(release, exclusions(filters))
    assert rows == pa.Table.from_batches(*reversed(exclusions(filters).every_row(release))).to_pylist()
    expected = [
        (r["record_id"], r["stage"])
        for r in tables["exclusion"]
        if (not filters.stage or r["stage"] in filters.stage)
        and (not filters.reason or r["reason_code"] in filters.reason)
    ]
    assert [(r["record_id"], r["stage"]) for r in rows] == sorted(expected)
    in_award = {r["record_id"]: r["award_id"] for r in tables["award_record"]}
    assert all(row["award_id"] == in_award.get(row["record_id"]) for row in rows)


@pytest.mark.parametrize("role", ["canonical", "duplicate", "instalment"])
def test_records_of_a_role_are_as_many_as_the_release_counts(release: Release, role: str) -> None:
    rows = walked(release, records(RecordFilters(role=(role,))))
    assert len(rows) == release.manifest["counts"][role] > 0
    assert {row["role"] for row in rows} == {role}
    assert rows == pa.Table.from_batches(*reversed(records(RecordFilters(role=(role,))).every_row(release))).to_pylist()


def test_an_empty_list_has_one_page() -> None:
    assert (pages(0), pages(50), pages(51)) == (1, 1, 2)


def test_every_infrastructure_of_the_catalogue_is_listed_with_its_decisions(release: Release, tables: Tables) -> None:
    rows = infrastructures(release)
    assert len(rows) == len(tables["infrastructure"])
    for decision in ("supports", "rejected", "needs_review"):
        assert sum(row[decision] for row in rows) == sum(r["decision"] == decision for r in tables["support"])
    facts = infrastructure_facts(release, "arxiv")
    assert facts is not None
    assert facts["name"] == "arXiv"


def test_an_infrastructure_is_found_by_a_part_of_its_name_or_alias(release: Release) -> None:
    assert "arxiv" in [row["infrastructure_id"] for row in infrastructures_named(release, "ARXIV")]
    assert infrastructures_named(release, "") == []
    assert infrastructures_named(release, "%") == []


def test_a_funder_has_its_row_of_organisation(release: Release, tables: Tables) -> None:
    funders = {row["funder_organisation_id"] for row in tables["award"]} - {None}
    for organisation in tables["organisation"]:
        facts = funder_facts(release, organisation["organisation_id"])
        assert (facts is not None) == (organisation["organisation_id"] in funders)
        assert facts is None or {name: facts[name] for name in organisation} == organisation


def test_whole_tables_are_the_files_rows(release: Release, tables: Tables) -> None:
    for told in published_tables(release):
        schema, batches = whole_table(release, told["name"])
        assert pa.Table.from_batches(batches, schema).to_pylist() == tables[told["name"]]
        assert told["rows"] == len(tables[told["name"]])
        assert told["bytes"] == release.path(told["name"]).stat().st_size
    assert len(published_tables(release)) == len(PUBLISHED)
