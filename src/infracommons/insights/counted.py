"""The one question under every list and total: which awards match, and how much of each counts under the rule.

An award counts once, whatever the rule: under `full` its amount, else the sum of the parts that go to the
infrastructures asked for. So a total is always the sum of its rows.

Questions are SQL over the release's tables and four more, which the filters select:

`matched`, a row an award: award_no (its place in table award, from 0), award_id, funder_organisation_id, funder_name,
funder_region, funder_country_code, is_funder_us_federal, recipient_organisation_id, recipient_country_code, source,
amount_status, currency, award_year, start_date, end_date, names_several (infrastructures, whatever was asked for),
amount, amount_usd, fx_date; counted_rule, counted_usd (under the rule, in the prices asked for; empty where it does not
count), given_usd (the same before prices), not_counted_because (NOT_COUNTED; empty where it counts), found_rank (of the
words sought, 0 the best). Slower, because they are put together from elsewhere: infrastructure_ids, support_types
(joined by `; `), recipient_name, programme, title, description, fx_rate, source_url, licence. A question that names one
of these, or has a `*`, pays for them.

`pair`, a row an award and an infrastructure asked for: award_no, award_id, infrastructure_id, decision, support_type,
activity, counted_usd, given_usd.

`award_pair`: the columns of `pair` with those that `matched` has of the award itself (funder_organisation_id to
fx_date): quicker than a join of the two.

`given`, a row an infrastructure and a funder of its awards: infrastructure_id, funder (`unknown` where it is),
funder_name, awards, counted, counted_usd (empty where none counts). An award for several infrastructures is in several.

Codes are ENUM: quick to group and to compare as they are, slow once they are made text. So group by
`funder_organisation_id`, and say `coalesce(funder_organisation_id, 'unknown')` of the groups.
"""

import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from weakref import WeakKeyDictionary

import pyarrow as pa

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.award_index import matching
from infracommons.insights.kept import Kept
from infracommons.insights.narrow import AWARD_COLUMNS
from infracommons.insights.release import Release, Row
from infracommons.insights.selection import Selection, listed, selecting
from infracommons.vocabulary.tables import AWARD, RULES

NOT_COUNTED = ("amount_unknown", "not_convertible", "not_said_by_rule", "not_priced")
_MOST_ROWS = 3_000_000  # of all tables that selections hold, some 150 bytes each
_ROWS_AT_ONCE = 100_000  # of a download
_FEW, _AMONG = 100, "award_no IN (SELECT award_no FROM wanted)"  # rows found quicker by their numbers
_PUT_TOGETHER = ("infrastructure_ids", "support_types")
_TEXTS = ("recipient_name", "programme", "title", "description", "fx_rate", "source_url", "licence")
_ORDER = {
    "relevance": "found_rank NULLS LAST, award_year DESC NULLS LAST",
    "newest": "award_year DESC NULLS LAST",
    "oldest": "award_year NULLS LAST",
    "largest": "counted_usd DESC NULLS LAST",
    "smallest": "counted_usd NULLS LAST",
    "title": "lower(title) NULLS LAST",
    "funder": "lower(funder_name) NULLS LAST",
}
_selections: WeakKeyDictionary[Release, Kept[Selection]] = WeakKeyDictionary()
_lock = threading.Lock()


def ask(release: Release, filters: AwardFilters, question: str, **more: Any) -> list[Row]:  # noqa: ANN401
    """Return the answer to a question over `matched`, `pair`, `award_pair` and `given`; `more` are values it binds.

    Answers are kept: a release never changes.
    """
    bound = _named(question, {**filters.parameters(), **more})

    def answer() -> list[Row]:
        selection = selection_of(release, filters)
        statement = f"{_tables(selection, filters.rule, question)} {question}"
        return release.rows(statement, _named(statement, selection.values) | bound)

    key = (selecting(filters), filters.rule, question, repr(sorted(bound.items())))
    return release.kept(key, answer)


def page_of(release: Release, filters: AwardFilters, *, rows: int) -> list[Row]:
    """Return the rows of the page asked for, `rows` a page, in the order that the filters name.

    They have the columns of a download, see `every_row`.
    """
    return rows_from(release, filters, start=(filters.page - 1) * rows, rows=rows)


def rows_from(release: Release, filters: AwardFilters, *, start: int, rows: int) -> list[Row]:
    """Return `rows` such rows, the first `start` left out, whatever the page asked for."""
    place = {"limit": rows, "offset": start}
    found = ask(release, filters, f"{_ordered(filters)} LIMIT $limit OFFSET $offset", **place)
    shown = pa.array([row["award_no"] for row in found], pa.int32())

    def answer() -> list[Row]:
        _, batches = _whole_rows(release, selection_of(release, filters), filters, shown)
        return [row for batch in batches for row in batch.to_pylist()]

    return release.kept((selecting(filters), filters.rule, "rows", tuple(shown.to_pylist())), answer)


def every_row(release: Release, filters: AwardFilters) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    """Return all matched awards, in the same order, in batches: what a download holds.

    Columns: those of table award, infrastructure_ids, support_types, counted_rule, counted_usd, not_counted_because.
    Only their places are sorted as a whole; texts are fetched for some at a time, so that memory does not grow.
    """
    selection = selection_of(release, filters)
    question = _ordered(filters)
    statement = f"{_tables(selection, filters.rule, question)} {question}"
    ordered = release.table(statement, _named(statement, selection.values)).column("award_no").combine_chunks()
    schema, first = _whole_rows(release, selection, filters, ordered.slice(0, _ROWS_AT_ONCE))

    def batches() -> Iterator[pa.RecordBatch]:
        yield from first
        for start in range(_ROWS_AT_ONCE, len(ordered), _ROWS_AT_ONCE):
            yield from _whole_rows(release, selection, filters, ordered.slice(start, _ROWS_AT_ONCE))[1]

    return schema, batches()


def selection_of(release: Release, filters: AwardFilters) -> Selection:
    """Return what the filters select, kept with the release; its tables live as long as anyone holds it."""
    wanted = selecting(filters)

    def select() -> Selection:
        found = matching(release, filters.q).table if filters.q else None
        return Selection(release.narrow(), wanted, found)

    with _lock:
        kept = _selections.setdefault(release, Kept(_MOST_ROWS, lambda selection: selection.rows))
    return kept.get(wanted, select)


def _named(text: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that the text names, and no other: the engine refuses spare ones."""
    names = set(re.findall(r"\$(\w+)", text))
    return {name: value for name, value in values.items() if name in names}


def _tables(selection: Selection, rule: str, question: str) -> str:
    """Return `matched`, `pair`, `award_pair` and `given`, those that the question names, to stand before it."""
    made = {"matched": _matched, "pair": _pair, "award_pair": _award_pair, "given": _given}
    named = [name for name in made if re.search(rf"\b{name}\b", question)]
    tables = [f"{name} AS NOT MATERIALIZED ({made[name](selection, rule, question)})" for name in named]
    return f"WITH {', '.join(tables)}" if tables else ""


def _matched(selection: Selection, rule: str, question: str) -> str:
    counted, given = selection.amounts(rule)
    columns = ["award_no, award_id, found_rank", *AWARD_COLUMNS, *_amounts(rule, counted, given)]
    matched = f"SELECT {', '.join(columns)} FROM {selection.awards}"  # noqa: S608 - of constants; values are bound
    if _names_one(question, _PUT_TOGETHER):
        matched = f"SELECT * FROM ({matched}) JOIN {selection.listed} USING (award_no)"  # noqa: S608 - as above
    if _names_one(question, _TEXTS):
        texts = f"SELECT award_no, {', '.join(_TEXTS)} FROM numbered_award"  # noqa: S608 - as above
        matched = f"SELECT * FROM ({matched}) JOIN ({texts}) USING (award_no)"  # noqa: S608 - as above
    return matched


def _names_one(question: str, columns: Iterable[str]) -> bool:
    every = "*" in re.sub(r"\w+\(\*\)", "", question)  # but count(*)
    return every or any(re.search(rf"\b{name}\b", question) for name in columns)


def _amounts(rule: str, counted: str, given: str) -> list[str]:
    """Return the columns that say how much counts, and why it does not."""
    return [
        f"'{RULES[RULES.index(rule)]}' AS counted_rule",
        f"{counted} AS counted_usd",
        f"{given} AS given_usd",
        f"""CASE WHEN {counted} IS NOT NULL THEN NULL WHEN amount_status = 'unknown' THEN 'amount_unknown'
          WHEN amount_status = 'not_convertible' THEN 'not_convertible' WHEN {given} IS NULL THEN 'not_said_by_rule'
          ELSE 'not_priced' END AS not_counted_because""",
    ]


def _pair(selection: Selection, rule: str, _question: str) -> str:
    return f"SELECT {_pair_columns(selection, rule)} FROM {selection.pairs}"  # noqa: S608 - of constants; values are bound


def _award_pair(selection: Selection, rule: str, _question: str) -> str:
    return f"SELECT {_pair_columns(selection, rule)}, {', '.join(AWARD_COLUMNS)} FROM {selection.pairs}"  # noqa: S608 - as above


def _given(selection: Selection, rule: str, _question: str) -> str:
    return f"FROM {selection.given(rule)}"


def _pair_columns(selection: Selection, rule: str) -> str:
    counted, given = selection.amounts(rule)
    codes = "infrastructure_id, decision, support_type, activity"
    return f"award_no, award_id, {codes}, {counted} AS counted_usd, {given} AS given_usd"


def _ordered(filters: AwardFilters) -> str:
    return f"SELECT award_no FROM matched ORDER BY {_ORDER[filters.order]}, start_date DESC NULLS LAST, award_id"  # noqa: S608 - of constants


def _whole_rows(
    release: Release, selection: Selection, filters: AwardFilters, places: pa.Array
) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    """Return the rows of a download of the awards at these places, in this order."""
    counted, given = selection.amounts(filters.rule)
    own = ", ".join(f"award.{column.name}" for column in AWARD.columns)
    among = f"award_no IN ({', '.join(map(str, places.to_pylist())) or 'NULL'})" if len(places) <= _FEW else _AMONG
    statement = f"""
      WITH chosen AS NOT MATERIALIZED (
        SELECT award_no, {", ".join(_amounts(filters.rule, counted, given))} FROM {selection.awards} WHERE {among}
      ), listed AS NOT MATERIALIZED (
        {listed(f"(FROM {selection.pairs} WHERE {among})")}
      )
      SELECT {own}, infrastructure_ids, support_types, counted_rule,
        CAST(counted_usd AS DECIMAL(20, 2)) AS counted_usd, not_counted_because
      FROM wanted JOIN chosen USING (award_no) JOIN listed USING (award_no)
      JOIN (FROM numbered_award WHERE {among}) AS award USING (award_no)
      ORDER BY place"""  # noqa: S608 - of constants; values are bound
    wanted = pa.table({"award_no": places, "place": pa.array(range(len(places)), pa.int32())})
    return release.batches(statement, _named(statement, selection.values), wanted=wanted)
