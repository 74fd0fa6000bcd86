"""What awards add up to by infrastructure, by funder and by year, under a named rule."""

from collections.abc import Iterator
from dataclasses import replace

import pyarrow as pa

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.awards import Total, award_total
from infracommons.insights.counted import ask
from infracommons.insights.release import Release, Row
from infracommons.vocabulary.tables import RULES


def by_rule(release: Release, filters: AwardFilters) -> list[Total]:
    """Return the total under each of the four rules, side by side."""
    return [award_total(release, replace(filters, rule=rule)) for rule in RULES]


def by_infrastructure(release: Release, filters: AwardFilters) -> list[Row]:
    """Return infrastructure_id, name, awards, counted, counted_usd of each infrastructure, largest first.

    An award stands in the row of every infrastructure it supports, so rows may add up to more than the total.
    """
    question = """
    SELECT each.infrastructure_id, name, awards, counted, counted_usd FROM (
      SELECT infrastructure_id, count(*) AS awards, count(counted_usd) AS counted,
        CAST(coalesce(sum(counted_usd), 0) AS DECIMAL(38, 2)) AS counted_usd
      FROM pair GROUP BY infrastructure_id
    ) AS each JOIN infrastructure ON infrastructure.infrastructure_id = each.infrastructure_id
    ORDER BY counted_usd DESC, awards DESC, each.infrastructure_id"""
    return ask(release, filters, question)


def by_funder(release: Release, filters: AwardFilters) -> list[Row]:
    """Return funder (id, or `unknown`), name, awards, counted, counted_usd of each funder, largest first."""
    question = """
    SELECT coalesce(funder_organisation_id, 'unknown') AS funder, min(funder_name) AS name,
      count(*) AS awards, count(counted_usd) AS counted,
      CAST(coalesce(sum(counted_usd), 0) AS DECIMAL(38, 2)) AS counted_usd,
      min(award_year) AS first_year, max(award_year) AS last_year
    FROM matched GROUP BY funder_organisation_id ORDER BY counted_usd DESC, awards DESC, funder"""
    return ask(release, filters, question)


def by_year(release: Release, filters: AwardFilters) -> list[Row]:
    """Return award_year (None where unknown), awards, counted, counted_usd of each year, newest first."""
    question = """
    SELECT award_year, count(*) AS awards, count(counted_usd) AS counted,
      CAST(coalesce(sum(counted_usd), 0) AS DECIMAL(38, 2)) AS counted_usd
    FROM matched GROUP BY ALL ORDER BY award_year DESC NULLS LAST"""
    return ask(release, filters, question)


_SUMS = [("awards", pa.int64()), ("counted", pa.int64()), ("counted_usd", pa.decimal128(38, 2))]
_YEARS = [("first_year", pa.int64()), ("last_year", pa.int64())]
_BY = {
    "infrastructure": (
        by_infrastructure,
        pa.schema([("infrastructure_id", pa.string()), ("name", pa.string()), *_SUMS]),
    ),
    "funder": (by_funder, pa.schema([("funder", pa.string()), ("name", pa.string()), *_SUMS, *_YEARS])),
    "year": (by_year, pa.schema([("award_year", pa.int64()), *_SUMS])),
}
GROUPINGS = tuple(_BY)


def grouped(release: Release, filters: AwardFilters, by: str) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    """Return the rows of `by_infrastructure`, `by_funder` or `by_year` and the rule, in batches; else KeyError."""
    question, columns = _BY[by]
    schema = columns.append(pa.field("counted_rule", pa.string()))
    rows = [row | {"counted_rule": filters.rule} for row in question(release, filters)]
    return schema, iter(pa.Table.from_pylist(rows, schema).to_batches())
