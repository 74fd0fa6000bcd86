"""The questions that find what is different between two releases: each makes a small table, asked of by the pages.

`award_change` (award_id, change) and `support_change` (award_id, infrastructure_id, change): rows added, removed,
changed. `cell`: the list of changes, a row a column. `total` (rule, before_usd, after_usd, moved_usd, awards). `moved`
(award_id, rule, before_usd, after_usd, reasons): awards that count otherwise. `movement` (grouping, rule, key, name,
before_usd, after_usd, moved_usd, awards_before, awards_after): groups that do.
"""

from collections.abc import Mapping, Sequence

from infracommons.vocabulary.tables import AWARD, RULES, SUPPORT

BEFORE, AFTER = "before", "after"
_SIDES = (BEFORE, AFTER)
# More changes than this are looked up when a page asks for them, slowly: texts of all of them would fill the memory.
MOST_KEPT = 50_000


def change_tables(columns: Mapping[str, Sequence[str]], same: Sequence[str]) -> list[str]:
    """Return the statements for what changed, from the columns to compare; tables in `same` are equal byte for byte."""
    return [
        _changes(table.name, table.key, columns[table.name], is_same=table.name in same) for table in (AWARD, SUPPORT)
    ]


def cells(columns: Mapping[str, Sequence[str]], kind: str) -> str:
    """Return the statement for `cell`, as a table or a view by `kind`.

    A row for each award or pair added or removed, and for each column of one that changed.
    """
    return f"""
    CREATE {kind} cell AS
    WITH named AS (
      SELECT award_id FROM award_change UNION SELECT award_id FROM support_change
    ), was AS MATERIALIZED (FROM {BEFORE}.award SEMI JOIN named USING (award_id)),
    now AS MATERIALIZED (FROM {AFTER}.award SEMI JOIN named USING (award_id)),
    one_cell AS (
      SELECT 'award_' || change AS change, award_id, NULL AS infrastructure_id,
        unnest(CASE change WHEN 'changed' THEN {_changed(columns["award"])} ELSE [{_cell("amount_usd")}] END) AS cell
      FROM award_change LEFT JOIN was AS b USING (award_id) LEFT JOIN now AS a USING (award_id)
      UNION ALL
      SELECT 'support_' || change, award_id, infrastructure_id,
        unnest(CASE change WHEN 'changed' THEN {_changed(columns["support"])} ELSE [{_cell("decision")}] END)
      FROM support_change LEFT JOIN {BEFORE}.support AS b USING (award_id, infrastructure_id)
      LEFT JOIN {AFTER}.support AS a USING (award_id, infrastructure_id)
    )
    SELECT change, award_id, coalesce(a.title, b.title) AS title,
      coalesce(a.funder_name, b.funder_name) AS funder_name, infrastructure_id, cell.column_name AS column_name,
      cell.before AS before, cell.after AS after, cell.place AS place
    FROM one_cell LEFT JOIN was AS b USING (award_id) LEFT JOIN now AS a USING (award_id)"""  # noqa: S608 - our own names


def movement_tables() -> list[str]:
    """Return the statements for how much totals moved, and why."""
    return [
        *(_counted(side) for side in _SIDES),
        _TOTAL,
        _MOVED,
        _MOVEMENT,
        *(f"DROP TABLE counted_{s}" for s in _SIDES),
    ]


def _changes(table: str, key: Sequence[str], columns: Sequence[str], *, is_same: bool) -> str:
    """Compare rows by a hash of their columns: of two rows of one key, 1 in 2^64 would change and look the same."""
    names, compared = ", ".join(key), ", ".join(columns)
    hashed = {
        side: f"SELECT {names}, hash({compared}) AS row_hash FROM {side}.{table}{' WHERE false' if is_same else ''}"  # noqa: S608 - names of our own
        for side in _SIDES
    }
    return f"""
    CREATE TABLE {table}_change AS
    SELECT {names}, CASE WHEN b.row_hash IS NULL THEN 'added' WHEN a.row_hash IS NULL THEN 'removed'
      ELSE 'changed' END AS change
    FROM ({hashed[BEFORE]}) AS b FULL JOIN ({hashed[AFTER]}) AS a USING ({names})
    WHERE b.row_hash IS DISTINCT FROM a.row_hash"""  # noqa: S608 - see above


def _changed(columns: Sequence[str]) -> str:
    """Return the expression for the cells of a row that are not as before."""
    every = ", ".join(_cell(name, place) for place, name in enumerate(columns))
    return f"list_filter([{every}], lambda cell: cell.before IS DISTINCT FROM cell.after)"


def _cell(name: str, place: int = 0) -> str:
    return (
        f"{{'column_name': '{name}', 'before': CAST(b.{name} AS VARCHAR), 'after': CAST(a.{name} AS VARCHAR), "
        f"'place': {place}}}"
    )


def _counted(side: str) -> str:
    """Make a row an award that counts, with what it counts under each rule: an award counts once, as on the pages.

    Under `full` that is its amount, else the sum of its parts.
    """
    most = {rule: "max" if rule == "full" else "sum" for rule in RULES}
    amounts = ", ".join(
        f"CAST({most[rule]}(amount_usd) FILTER (rule = '{rule}') AS DECIMAL(20, 2)) AS usd_{rule}" for rule in RULES
    )
    return f"CREATE TABLE counted_{side} AS SELECT award_id, {amounts} FROM {side}.attribution GROUP BY award_id"  # noqa: S608 - our own names


def _each_rule(question: str) -> str:
    """Return the question for every rule, one after the other; it names the rule `{rule}`."""
    return " UNION ALL ".join(question.format(rule=rule) for rule in RULES)


_TOTAL_OF_RULE = """
SELECT '{rule}' AS rule, b.usd AS before_usd, a.usd AS after_usd, a.usd - b.usd AS moved_usd
FROM (SELECT CAST(coalesce(sum(usd_{rule}), 0) AS DECIMAL(38, 2)) AS usd FROM counted_before) AS b,
  (SELECT CAST(coalesce(sum(usd_{rule}), 0) AS DECIMAL(38, 2)) AS usd FROM counted_after) AS a"""
_TOTAL = f"CREATE TABLE total AS {_each_rule(_TOTAL_OF_RULE)}"


def _decided(side: str) -> str:
    """Return the question for what was decided of each award that counts otherwise."""
    return f"""
    SELECT award_id,
      list(infrastructure_id ORDER BY infrastructure_id) FILTER (decision = 'supports') AS supported,
      list((infrastructure_id, share_usd) ORDER BY infrastructure_id) FILTER (share_basis = 'documented') AS shares
    FROM {side}.support SEMI JOIN moving USING (award_id) GROUP BY award_id"""  # noqa: S608 - see above


_DIFFERS = " OR ".join(f"b.usd_{rule} IS DISTINCT FROM a.usd_{rule}" for rule in RULES)
_PAIRS = ", ".join(f"b.usd_{rule} AS before_{rule}, a.usd_{rule} AS after_{rule}" for rule in RULES)
_MOVED = f"""
CREATE TABLE moved AS
WITH moving AS (
  SELECT award_id, {_PAIRS} FROM counted_before AS b FULL JOIN counted_after AS a USING (award_id) WHERE {_DIFFERS}
), decided_before AS ({_decided(BEFORE)}), decided_after AS ({_decided(AFTER)}),
why AS (
  SELECT award_id, CASE
    WHEN b.award_id IS NULL THEN ['award_added'] WHEN a.award_id IS NULL THEN ['award_removed']
    ELSE list_filter([
      CASE WHEN b.amount IS DISTINCT FROM a.amount OR b.currency IS DISTINCT FROM a.currency THEN 'amount' END,
      CASE WHEN b.currency IS NOT DISTINCT FROM a.currency AND b.fx_rate IS DISTINCT FROM a.fx_rate
        THEN 'exchange_rate' END,
      CASE WHEN decided_before.supported IS DISTINCT FROM decided_after.supported THEN 'decision' END,
      CASE WHEN decided_before.shares IS DISTINCT FROM decided_after.shares THEN 'share' END
    ], lambda reason: reason IS NOT NULL) END AS reasons
  FROM moving LEFT JOIN {BEFORE}.award AS b USING (award_id) LEFT JOIN {AFTER}.award AS a USING (award_id)
  LEFT JOIN decided_before USING (award_id) LEFT JOIN decided_after USING (award_id)
), by_rule AS (
  {_each_rule("SELECT award_id, '{rule}' AS rule, before_{rule} AS before_usd, after_{rule} AS after_usd FROM moving")}
)
SELECT by_rule.*, CASE WHEN len(reasons) = 0 THEN 'attribution' ELSE array_to_string(reasons, '+') END AS reasons
FROM by_rule JOIN why USING (award_id) WHERE before_usd IS DISTINCT FROM after_usd"""  # noqa: S608 - parts of our own
_SUM = "CAST(coalesce(sum({}), 0) AS DECIMAL(38, 2))"
_BY_REASON = f"""
SELECT 'reason' AS grouping, rule, reasons AS key, NULL AS name, {_SUM.format("before_usd")} AS before_usd,
  {_SUM.format("after_usd")} AS after_usd,
  {_SUM.format("coalesce(after_usd, 0) - coalesce(before_usd, 0)")} AS moved_usd,
  count(before_usd) AS awards_before, count(after_usd) AS awards_after
FROM moved GROUP BY rule, reasons"""  # noqa: S608 - see above


def _by(grouping: str, key: str, name: str, source: str, summed: str = "") -> str:
    """Return the question for the movement of each group.

    `source` gives rule, usd, awards and the group for a `{side}`; `summed` is a question that it may ask of.
    """
    b, a = (f"WITH summed AS ({summed or 'SELECT 1'}) {source}".format(side=side) for side in _SIDES)
    return f"""
    SELECT '{grouping}', rule, {key} AS key, coalesce(a.{name}, b.{name}), coalesce(b.usd, 0), coalesce(a.usd, 0),
      coalesce(a.usd, 0) - coalesce(b.usd, 0), coalesce(b.awards, 0), coalesce(a.awards, 0)
    FROM ({b}) AS b FULL JOIN ({a}) AS a USING (rule, {key})
    WHERE coalesce(a.usd, 0) <> coalesce(b.usd, 0)"""  # noqa: S608 - see above


_GROUPS = (
    _BY_REASON,
    # An award stands in the row of every infrastructure that it supports, so these may move by more than the total.
    _by(
        "infrastructure",
        "infrastructure_id",
        "infrastructure_name",
        """SELECT summed.*, infrastructure.name AS infrastructure_name FROM
          (SELECT rule, infrastructure_id, sum(amount_usd) AS usd, count(*) AS awards
          FROM {side}.attribution GROUP BY rule, infrastructure_id) AS summed
        JOIN {side}.infrastructure AS infrastructure USING (infrastructure_id)""",
    ),
    _by(
        "funder",
        "funder",
        "funder_name",
        _each_rule(
            "SELECT '{rule}' AS rule, funder, funder_name, usd_{rule} AS usd, awards_{rule} AS awards FROM summed"
        ),
        f"""SELECT coalesce(funder_organisation_id, 'unknown') AS funder, min(funder_name) AS funder_name,
          {", ".join(f"sum(usd_{rule}) AS usd_{rule}, count(usd_{rule}) AS awards_{rule}" for rule in RULES)}
        FROM counted_{{side}} JOIN {{side}}.award USING (award_id) GROUP BY funder""",  # noqa: S608 - see above
    ),
    _by(
        "support_type",
        "support_type",
        "support_type",
        """SELECT rule, coalesce(support_type, 'unknown') AS support_type, sum(amount_usd) AS usd, count(*) AS awards
        FROM {side}.attribution JOIN {side}.support USING (award_id, infrastructure_id) GROUP BY ALL""",
    ),
)
_MOVEMENT = f"CREATE TABLE movement AS {' UNION ALL '.join(f'({group})' for group in _GROUPS)}"
