"""Which awards and pairs one set of filters selects: SQL over the narrow tables, worked out once where it is long."""

import itertools
import re
import threading
import weakref
from typing import Any

import duckdb
import pyarrow as pa

from infracommons.insights.award_filters import ANY, REGION_CODES, UNKNOWN, AwardFilters
from infracommons.insights.narrow import AWARD_COLUMNS, MONEY, code_type
from infracommons.vocabulary.prices import PRICE_LEVELS
from infracommons.vocabulary.tables import DECISIONS, RULES

_SUPPORTS = DECISIONS[0]
_numbers = itertools.count()


def selecting(filters: AwardFilters) -> AwardFilters:
    """Return the filters with what selects no row left out: order, page and, unless `counted` asks for it, the rule."""
    rule = filters.rule if filters.counted else AwardFilters().rule
    return filters.narrowed(sort="", rule=rule)


def listed(pairs: str) -> str:
    """Return the selection of award_no, infrastructure_ids and support_types (joined by `; `) of these pairs.

    Most awards have one pair, for which joining is not worth its while.
    """
    return f"""
      WITH asked AS MATERIALIZED (
        SELECT award_no, infrastructure_id, CAST(infrastructure_id AS VARCHAR) AS id,
          coalesce(CAST(support_type AS VARCHAR), 'not decided') AS kind,
          count(*) OVER (PARTITION BY award_no) AS pairs
        FROM {pairs}
      )
      SELECT award_no, id AS infrastructure_ids, kind AS support_types FROM asked WHERE pairs = 1
      UNION ALL
      SELECT award_no, string_agg(id, '; ' ORDER BY infrastructure_id),
        string_agg(kind, '; ' ORDER BY infrastructure_id)
      FROM asked WHERE pairs > 1 GROUP BY award_no"""  # noqa: S608 - of constants; values are bound


def _given(pairs: str, amount: str) -> str:
    return f"""
      SELECT infrastructure_id, coalesce(funder, 'unknown'::{code_type("funder_organisation_id")}) AS funder,
        funder_name, awards, counted, CAST(counted_usd AS {MONEY}) AS counted_usd
      FROM (
        SELECT infrastructure_id, funder_organisation_id AS funder, min(funder_name) AS funder_name,
          count(*) AS awards, count({amount}) AS counted, sum({amount}) AS counted_usd
        FROM {pairs} GROUP BY ALL
      )"""  # noqa: S608 - of constants; values are bound


class Selection:
    """The awards and the pairs of one set of filters, under every rule at once.

    `awards` and `pairs` are SQL, which binds `values`; an award with one pair is read from it. Threads may share it.
    Its own tables are dropped with it.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, filters: AwardFilters, found: pa.Table | None) -> None:
        """Take a connection that has the narrow tables, and the awards that the words find: award_id and rank."""
        self.rows = 0  # in its own tables
        self.values: dict[str, Any] = {}
        self._filters, self._connection = filters, connection
        self._number = next(_numbers)
        self._made: set[str] = set()
        self._lock = threading.RLock()
        self._of_award = self._award_conditions()
        self._of_pair = self._pair_conditions()
        if found is not None:
            self._keep_found(found)

    @property
    def awards(self) -> str:
        """A selection in brackets: the columns of narrow_award, and `found_rank`."""
        with self._lock:
            if self._is_whole:
                return self._select("narrow_award", ["is_support", *self._of_award])
            return self._chosen()

    @property
    def pairs(self) -> str:
        """The same of pairs: the columns of narrow_pair, and `found_rank`."""
        with self._lock:
            rows = self._pairs_in_prices()
            return f"(FROM {rows} SEMI JOIN {self.awards} USING (award_no))" if self._filters.counted else rows

    @property
    def listed(self) -> str:
        """A table of award_no, infrastructure_ids and support_types of every selected award."""
        with self._lock:
            return self._own("listed", listed(self.pairs))

    def given(self, rule: str) -> str:
        """A table of what each funder gives to each infrastructure: the columns of `given` in counted.py."""
        with self._lock:
            return self._own(f"given_{rule}", _given(self.pairs, self.amounts(rule)[0]))

    def amounts(self, rule: str) -> tuple[str, str]:
        """Return the columns with the amount counted under the rule: in the prices asked for, and as it was given."""
        return f"{rule}_usd", f"given_{rule}_usd" if self._filters.prices else f"{rule}_usd"

    @property
    def _is_whole(self) -> bool:
        """Whether awards are selected by their own columns alone, as the narrow table of awards has them."""
        f = self._filters
        of_pairs = f.infrastructure or f.category or f.support_type or f.decision != _SUPPORTS
        return not (of_pairs or f.counted or f.prices or "found" in self._made)

    def _chosen(self) -> str:
        """Return the selection of awards by their pairs; only those with several pairs are put together beforehand."""
        f, pairs, amounts = self._filters, self._pairs_in_prices(), _amounts(self._filters)
        same = ("award_id", *AWARD_COLUMNS, "found_rank")  # in each pair of an award
        columns = ", ".join(("award_no", *same, *amounts))
        several = f"""
          SELECT award_no, {", ".join(f"any_value({name}) AS {name}" for name in same)}, {_summed(amounts)}
          FROM {pairs} WHERE names_several GROUP BY award_no"""  # noqa: S608 - of constants; values are bound
        counted = {"": "true", "yes": f"{f.rule}_usd IS NOT NULL", "no": f"{f.rule}_usd IS NULL"}[f.counted]
        return f"""(
          SELECT {columns} FROM (
            SELECT {columns} FROM {pairs} WHERE NOT names_several
            UNION ALL SELECT {columns} FROM {self._own("several", several)}
          ) WHERE {counted})"""  # noqa: S608 - as above

    def _pairs_in_prices(self) -> str:
        rows = self._select("narrow_pair", [*self._of_pair, *self._of_award])
        if self._filters.prices:
            return self._own("pair", _priced(rows, self._filters.prices))
        return self._own("pair", f"FROM {rows}") if "found" in self._made else rows

    def _select(self, table: str, conditions: list[str]) -> str:
        found, rank = "", "NULL::BIGINT AS found_rank"
        if "found" in self._made:
            found, rank = f"JOIN {self._name('found')} USING (award_no)", "found_rank"
        return f"(SELECT {table}.*, {rank} FROM {table} {found} WHERE {' AND '.join(conditions or ['true'])})"  # noqa: S608 - as above

    def _own(self, kind: str, question: str) -> str:
        """Return the name of the selection's own table of this kind, made now where it is missing."""
        name = self._name(kind)
        if kind not in self._made:
            values = {key: value for key, value in self.values.items() if re.search(rf"\${key}\b", question)}
            self._cursor().execute(f"CREATE TABLE {name} AS {question}", values or None)
            self._has(kind)
        return name

    def _keep_found(self, found: pa.Table) -> None:
        cursor = self._cursor()
        cursor.register("found_now", found)
        cursor.execute(
            f"CREATE TABLE {self._name('found')} AS SELECT award_no, rank AS found_rank "  # noqa: S608 - as above
            "FROM found_now JOIN narrow_award USING (award_id)"
        )
        cursor.unregister("found_now")
        self._has("found")

    def _has(self, kind: str) -> None:
        self._made.add(kind)
        weakref.finalize(self, _drop, self._connection, self._name(kind)).atexit = False
        counted = self._cursor().execute(f"SELECT count(*) FROM {self._name(kind)}").fetchall()  # noqa: S608 - as above
        self.rows += counted[0][0]

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        return self._connection.cursor()

    def _name(self, kind: str) -> str:
        return f"{kind}_{self._number}"

    def _award_conditions(self) -> list[str]:
        f = self._filters
        conditions = [
            self._one_of(column, values, may_lack=may_lack)
            for column, values, may_lack in (
                ("funder_organisation_id", f.funder, True),
                ("recipient_organisation_id", f.recipient, True),
                ("funder_region", tuple(REGION_CODES[code] for code in f.region), True),
                ("funder_country_code", f.funder_country, True),
                ("recipient_country_code", f.country, True),
                ("source", f.source, False),
                ("amount_status", f.amount_status, False),
            )
            if values
        ]
        if f.year_from is not None:
            conditions.append(f"award_year >= {f.year_from:d}")
        if f.year_to is not None:
            conditions.append(f"award_year <= {f.year_to:d}")
        return conditions + (["award_year IS NULL"] if f.undated else [])

    def _pair_conditions(self) -> list[str]:
        f = self._filters
        asked = (("infrastructure_id", f.infrastructure), ("support_type", f.support_type))
        conditions = [self._one_of(column, values) for column, values in asked if values]
        if f.decision != ANY:
            conditions.append(f"decision = '{DECISIONS[DECISIONS.index(f.decision)]}'")
        if f.category:
            self.values["of_category"] = list(f.category)
            conditions.append(_OF_CATEGORY)
        return conditions

    def _one_of(self, column: str, values: tuple[str, ...], *, may_lack: bool = False) -> str:
        """Return the condition that a column has one of the values; where it may lack one, `unknown` asks for that.

        Values are bound; one that the release does not know is no value of the code, and matches nothing.
        """
        names = [f"of_{column}_{place}" for place in range(len(values))]
        self.values |= dict(zip(names, values, strict=True))
        kind = code_type(AWARD_COLUMNS.get(column, column))
        known = ", ".join(f"TRY_CAST(${name}::VARCHAR AS {kind})" for name in names)
        return f"({column} IN ({known}){f' OR {column} IS NULL' if may_lack and UNKNOWN in values else ''})"


def _drop(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    connection.cursor().execute(f"DROP TABLE {table}")


def _amounts(filters: AwardFilters) -> list[str]:
    """Return the columns of pairs that say what counts under each rule."""
    return [f"{given}{rule}_usd" for given in (("", "given_") if filters.prices else ("",)) for rule in RULES]


def _summed(amounts: list[str]) -> str:
    """Return what an award counts under each rule: once in full, else the sum of its parts."""
    return ", ".join(
        f"CAST({'max' if 'full' in amount else 'sum'}({amount}) AS {MONEY}) AS {amount}" for amount in amounts
    )


def _priced(rows: str, prices: int) -> str:
    """Return the pairs in dollars of the year `prices`; empty where the level of the award's year is not known."""
    levels = ", ".join(f"({year}, {level}::BIGINT)" for year, level in PRICE_LEVELS.items())
    given = ", ".join(f"{rule}_usd AS given_{rule}_usd" for rule in RULES)
    priced = ", ".join(
        f"in_prices({rule}_usd, {PRICE_LEVELS[prices]}::BIGINT, level_then) AS {rule}_usd" for rule in RULES
    )
    return f"""SELECT * EXCLUDE (level_year, level_then) REPLACE ({priced}), {given}
      FROM {rows} LEFT JOIN (VALUES {levels}) AS level(level_year, level_then) ON level_year = award_year"""  # noqa: S608 - of constants


_OF_CATEGORY = """infrastructure_id IN (
  SELECT infrastructure_id FROM narrow_category WHERE list_contains($of_category::VARCHAR[], category_code::VARCHAR))"""
