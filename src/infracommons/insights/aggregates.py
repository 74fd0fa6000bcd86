"""What awards add up to by any of their sides: year, funder, region, recipient, infrastructure, category and so on."""

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa

from infracommons.insights.award_filters import UNKNOWN, AwardFilters
from infracommons.insights.counted import ask
from infracommons.insights.release import Release, Row


@dataclass(frozen=True)
class Side:
    """One side to group by: what makes the group, its name, and whether an award may stand in several groups."""

    label: str
    value: str  # SQL over the source's columns; NULL where it is not known
    name: str = ""  # SQL; the value where there is none
    source: str = "matched"
    is_overlapping: bool = False


_RECIPIENTS = "matched LEFT JOIN organisation ON organisation_id = recipient_organisation_id"
_PAIRS = """(
  SELECT award_pair.award_no, award_pair.infrastructure_id, award_pair.counted_usd AS part_usd, infrastructure.name,
    CASE WHEN len(category_codes) = 0 THEN ['unknown'] ELSE category_codes END AS category_codes,
    award_pair.support_type, award_pair.activity, award_pair.award_year
  FROM award_pair JOIN infrastructure ON infrastructure.infrastructure_id = award_pair.infrastructure_id)"""
_CATEGORIES = f"(SELECT award_no, part_usd, award_year, unnest(category_codes) AS category FROM {_PAIRS})"  # noqa: S608
SIDES = {
    "year": Side("Year", "CAST(award_year AS VARCHAR)"),
    "funder": Side("Funder", "funder_organisation_id", "min(funder_name)"),
    "funder_region": Side("Funder's region", "funder_region"),
    "funder_country": Side("Funder's country", "funder_country_code"),
    "recipient_country": Side("Recipient's country", "recipient_country_code"),
    "recipient": Side("Recipient", "recipient_organisation_id", "min(organisation.name)", _RECIPIENTS),
    "infrastructure": Side("Infrastructure", "infrastructure_id", "min(name)", _PAIRS, is_overlapping=True),
    "category": Side("Category", "category", source=_CATEGORIES, is_overlapping=True),
    "support_type": Side("Kind of support", "coalesce(support_type, 'not decided')", "", _PAIRS, is_overlapping=True),
    "activity": Side("What direct support pays for", "activity", source=_PAIRS, is_overlapping=True),
    "source": Side("Source", "source"),
    "currency": Side("Currency", "currency"),
    "programme": Side("Programme", "programme"),
}
# Within a group an award counts once, as everywhere: in full its amount, else the sum of its parts there.
_OVERLAPPING = """
SELECT value, any_value(name) AS name, count(*) AS awards, count(part_usd) AS counted,
  CAST(coalesce(sum(part_usd), 0) AS DECIMAL(38, 2)) AS counted_usd,
  min(award_year) AS first_year, max(award_year) AS last_year
FROM (
  SELECT coalesce({value}, 'unknown') AS value, {name} AS name, any_value(award_year) AS award_year,
    CASE WHEN $rule = 'full' THEN max(part_usd) ELSE sum(part_usd) END AS part_usd
  FROM {source} GROUP BY {value}, award_no
) WHERE $part_counted = '' OR ($part_counted = 'yes') = (part_usd IS NOT NULL) GROUP BY value"""
_APART = """
SELECT coalesce({value}, 'unknown') AS value, {name} AS name, count(*) AS awards, count(counted_usd) AS counted,
  CAST(coalesce(sum(counted_usd), 0) AS DECIMAL(38, 2)) AS counted_usd,
  min(award_year) AS first_year, max(award_year) AS last_year
FROM {source} GROUP BY {value}"""
_ORDER = {"year": "ORDER BY value = 'unknown', value DESC"}
_LARGEST = "ORDER BY counted_usd DESC, awards DESC, value"
_SCHEMA = pa.schema(
    [
        ("value", pa.string()),
        ("name", pa.string()),
        ("awards", pa.int64()),
        ("counted", pa.int64()),
        ("counted_usd", pa.decimal128(38, 2)),
        ("first_year", pa.int64()),
        ("last_year", pa.int64()),
        ("grouped_by", pa.string()),
        ("counted_rule", pa.string()),
        ("may_be_summed", pa.bool_()),
    ]
)


@dataclass(frozen=True)
class Aggregate:
    """The groups by one side; where `is_overlapping`, an award may stand in several, and they are never summed."""

    by: str
    rows: list[Row]
    is_overlapping: bool


def aggregate(release: Release, filters: AwardFilters, by: str) -> Aggregate:
    """Return the groups of the matched awards; KeyError where `by` is none of SIDES.

    Each row has value (`unknown` where it is not known), name, awards, counted, counted_usd, first_year and last_year;
    largest first, years newest first.
    """
    side = SIDES[by]
    asked = _asked(filters, by)
    if asked is None:
        return Aggregate(by, [], side.is_overlapping)
    form = _OVERLAPPING if side.is_overlapping else _APART
    question = form.format(value=side.value, name=side.name or "NULL", source=side.source)
    # Whether an award is counted is asked of its part in each group, as when the filters are narrowed to the group.
    more = {"part_counted": filters.counted} if side.is_overlapping else {}
    rows = ask(release, asked, " ".join((question, _ORDER.get(by, _LARGEST))), **more)
    shown = [row for row in rows if by != "category" or not filters.category or row["value"] in filters.category]
    return Aggregate(by, [row | {"name": _name(row)} for row in shown], side.is_overlapping)


def _asked(filters: AwardFilters, by: str) -> AwardFilters | None:
    """Return which awards the groups are made of; None where the filters leave none that could be in any."""
    if by == "activity":  # only direct support has one
        if filters.support_type and "direct" not in filters.support_type:
            return None
        filters = filters.narrowed(support_type=("direct",))
    return filters.narrowed(counted="") if SIDES[by].is_overlapping else filters


def aggregate_file(release: Release, filters: AwardFilters, by: str) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    """Return the same rows for a file; each says by what it was grouped, by which rule, and whether rows add up."""
    found = aggregate(release, filters, by)
    said = {"grouped_by": by, "counted_rule": filters.rule, "may_be_summed": not found.is_overlapping}
    return _SCHEMA, iter(pa.Table.from_pylist([row | said for row in found.rows], _SCHEMA).to_batches())


def _name(row: Row) -> str:
    return UNKNOWN if row["value"] == UNKNOWN else row["name"] or row["value"]
