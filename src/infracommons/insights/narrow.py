"""Holds in memory what questions over awards need of each: no texts, codes as small numbers, amounts side by side.

Tables, made when the first question comes: `narrow_award`, a row an award; `narrow_pair`, a row an award and an
infrastructure it names; `narrow_category`, a row an infrastructure and a category of it (`unknown` without any).
`award_no` is the place of the award in its table, from 0. Both have the award's own columns
(AWARD_COLUMNS), so that a filter reads one table; both have the amount counted under each rule (`full_usd` ...), of an
award: for all that it supports. Most awards name one infrastructure, and nothing of theirs need be put together:
`names_several` says which others do, whatever was decided.
"""

import duckdb

from infracommons.vocabulary.tables import RULES

# Repeated texts, kept as numbers (an ENUM, in the order of the alphabet), with the table where all their values stand;
# `unknown` is one more of each, so that what is not known may have a place among them.
CODES = {
    "infrastructure_id": "infrastructure",
    "decision": "support",
    "support_type": "support",
    "activity": "support",
    "region": "organisation",
    "country_code": "organisation",
    "funder_organisation_id": "award",
    "funder_name": "award",
    "recipient_organisation_id": "award",
    "recipient_country_code": "award",
    "currency": "award",
    "amount_status": "award",
    "source": "award",
}
# Of an award, in both tables: name and the code that it is kept as ("" where it is kept as it is).
AWARD_COLUMNS = {
    "funder_organisation_id": "funder_organisation_id",
    "funder_name": "funder_name",
    "funder_region": "region",
    "funder_country_code": "country_code",
    "is_funder_us_federal": "",
    "recipient_organisation_id": "recipient_organisation_id",
    "recipient_country_code": "recipient_country_code",
    "source": "source",
    "amount_status": "amount_status",
    "currency": "currency",
    "award_year": "",
    "start_date": "",
    "end_date": "",
    "names_several": "",
    "amount": "",
    "amount_usd": "",
    "fx_date": "",
}
MONEY = "money"  # the type of amounts
_SMALL = 10**14  # US dollars; the digits of less fit into 64 bits, which is twice as quick and half as large
_QUICK = 10**10  # US dollars; in cents, times twice the largest price level, they fit into 64 bits
_AMOUNTS = ", ".join(f"{rule}_usd" for rule in RULES)


def code_type(name: str) -> str:
    """Return the type that keeps the values of a code."""
    return f"code_of_{name}"


def make_narrow(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables over the views that a release has."""
    categories = "(SELECT unnest(category_codes) AS category_code FROM infrastructure)"
    for name, table in {**CODES, "category_code": categories}.items():
        connection.execute(
            f"CREATE TYPE {code_type(name)} AS ENUM "  # noqa: S608 - of constants only, here and below
            f"(SELECT {name} FROM {table} WHERE {name} IS NOT NULL UNION SELECT 'unknown' ORDER BY 1)"
        )
    connection.execute(f"CREATE TYPE {MONEY} AS {_money(connection)}")
    connection.execute(f"CREATE TABLE own AS {_OWN}")
    connection.execute(f"CREATE TABLE narrow_pair AS {_PAIR}")
    connection.execute(f"CREATE TABLE narrow_award AS {_AWARD}")
    connection.execute("DROP TABLE own")
    connection.execute(f"CREATE TABLE narrow_category AS {_CATEGORY}")
    connection.execute(f"CREATE MACRO in_prices(amount, level_now, level_then) AS {_in_prices(connection)}")


def _in_prices(connection: duckdb.DuckDBPyConnection) -> str:
    """Return dollars of one price level in dollars of another, to the cent, half up, as `vocabulary.prices` does.

    Worked out in whole numbers: cents, and thousandths of a point, which fit into 64 bits unless amounts are huge.
    """
    largest = connection.execute("SELECT max(abs(amount_usd)) FROM award").fetchall()[0][0]
    kind = "BIGINT" if largest is None or largest < _QUICK else "HUGEINT"
    cents = "(amount::DECIMAL(12, 2) * 100::DECIMAL(3, 0))" if kind == "BIGINT" else "(amount * 100)"
    over = f"({cents}::{kind} * 2 * level_now + level_then)"
    rounded = f"""CASE WHEN amount < 0 THEN -((2 * level_then - 1 - {over}) // (2 * level_then))
      ELSE {over} // (2 * level_then) END"""
    whole, money = ("16", MONEY) if kind == "BIGINT" else ("36", "DECIMAL(20, 2)")
    return f"(({rounded})::DECIMAL({whole}, 0) * 0.01::DECIMAL(2, 2))::{money}"


def _money(connection: duckdb.DuckDBPyConnection) -> str:
    largest = connection.execute("SELECT max(greatest(abs(amount), abs(amount_usd))) FROM award").fetchall()[0][0]
    return "DECIMAL(18, 2)" if largest is None or largest < _SMALL else "DECIMAL(20, 2)"


def _kept(name: str, said: str, kind: str) -> str:
    return f"{said}::{code_type(kind)} AS {name}" if kind else f"{said} AS {name}"


_SAID = {
    "funder_region": "funder.region",
    "funder_country_code": "funder.country_code",
    "is_funder_us_federal": "coalesce(funder.is_us_federal, false)",
    "award_year": "award.award_year::INTEGER",
    "names_several": "coalesce(named.infrastructures > 1, false)",
    "amount": f"award.amount::{MONEY}",
    "amount_usd": f"award.amount_usd::{MONEY}",
}
_OWN_COLUMNS = ", ".join(_kept(name, _SAID.get(name, f"award.{name}"), kind) for name, kind in AWARD_COLUMNS.items())
_OWN = f"""
SELECT award_no::INTEGER AS award_no, award.award_id, {_OWN_COLUMNS}
FROM numbered_award AS award LEFT JOIN organisation AS funder
  ON funder.organisation_id = award.funder_organisation_id
LEFT JOIN (
  SELECT award_id, count(*) AS infrastructures FROM support SEMI JOIN infrastructure USING (infrastructure_id)
  GROUP BY award_id
) AS named ON named.award_id = award.award_id"""  # noqa: S608
_PIVOTED = ", ".join(f"max(amount_usd) FILTER (rule = '{rule}')::{MONEY} AS {rule}_usd" for rule in RULES)
_PAIR = f"""
WITH counts AS (SELECT award_id, infrastructure_id, {_PIVOTED} FROM attribution GROUP BY award_id, infrastructure_id)
SELECT award_no, own.award_id, infrastructure_id::{code_type("infrastructure_id")} AS infrastructure_id,
  decision::{code_type("decision")} AS decision, support_type::{code_type("support_type")} AS support_type,
  activity::{code_type("activity")} AS activity, {_AMOUNTS}, {", ".join(f"own.{name}" for name in AWARD_COLUMNS)}
FROM support JOIN own USING (award_id) SEMI JOIN infrastructure USING (infrastructure_id)
LEFT JOIN counts USING (award_id, infrastructure_id)"""  # noqa: S608
_CATEGORY = f"""
SELECT infrastructure_id::{code_type("infrastructure_id")} AS infrastructure_id,
  unnest(CASE WHEN len(category_codes) = 0 THEN ['unknown'] ELSE category_codes END)::{code_type("category_code")}
    AS category_code
FROM infrastructure"""  # noqa: S608
_SUMMED = ", ".join(f"{'max' if rule == 'full' else 'sum'}({rule}_usd)::{MONEY} AS {rule}_usd" for rule in RULES)
_AWARD = f"""
WITH summed AS (SELECT award_no, {_SUMMED} FROM narrow_pair WHERE decision = 'supports' GROUP BY award_no)
SELECT own.*, summed.award_no IS NOT NULL AS is_support, {_AMOUNTS}
FROM own LEFT JOIN summed USING (award_no)"""  # noqa: S608
