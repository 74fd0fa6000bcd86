"""What must hold of a release before it is published; every message says what to do."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from infracommons.vocabulary.tables import PUBLISHED, ROLES, Table

Tables = Mapping[str, pa.Table]
# Column of one table -> table whose key it must be in.
_REFERENCES = (
    ("award", "funder_organisation_id", "organisation"),
    ("award", "recipient_organisation_id", "organisation"),
    ("award_record", "award_id", "award"),
    ("mention", "record_id", "award_record"),
    ("mention", "infrastructure_id", "infrastructure"),
    ("support", "award_id", "award"),
    ("support", "infrastructure_id", "infrastructure"),
    ("attribution", "award_id", "award"),
    ("attribution", "infrastructure_id", "infrastructure"),
    ("infrastructure", "steward_organisation_id", "organisation"),
    ("organisation", "parent_id", "organisation"),
    ("characteristic", "infrastructure_id", "infrastructure"),
    ("characteristic", "other_infrastructure_id", "infrastructure"),
)
SMALLEST_SHARE = 0.5  # of the rows of the release before; a table that halves is rather a fault than news


class CheckFailedError(RuntimeError):
    """The release does not hold together; it was not published."""


def failures(tables: Tables, counts: Mapping[str, int], before: Mapping[str, int]) -> list[str]:
    """Return what is wrong: contracts, keys, references, the accounts, and rows against the release `before`."""
    found = [problem for contract in PUBLISHED for problem in _contract(contract, tables[contract.name])]
    found += _references(tables) + _candidates(tables) + _accounts(tables, counts) + _money(tables)
    return found + [
        f"{name}: {tables[name].num_rows:,} rows, {rows:,} in the release before; "
        "look whether a raw file is missing, then run again with --allow-fewer-rows if it is meant"
        for name, rows in before.items()
        if name in ("award", "award_record", "support") and tables[name].num_rows < rows * SMALLEST_SHARE
    ]


def _contract(contract: Table, rows: pa.Table) -> list[str]:
    if rows.schema != contract.schema:
        return [f"{contract.name}: columns are not those of the contract"]
    found = []
    for column in contract.columns:
        values = rows.column(column.name)
        if column.required and values.null_count:
            found.append(f"{contract.name}.{column.name}: {values.null_count:,} rows without a value")
        if column.values:
            odd = set(pc.unique(values).to_pylist()) - {None, *column.values}
            found += [f"{contract.name}.{column.name}: {sorted(odd)} not among {column.values}"] if odd else []
    keys = rows.select(contract.key).group_by(list(contract.key)).aggregate([([], "count_all")])
    doubled = pc.sum(pc.greater(keys.column("count_all"), 1)).as_py() or 0
    return found + ([f"{contract.name}: {doubled:,} keys stand more than once"] if doubled else [])


def _references(tables: Tables) -> list[str]:
    keys = {contract.name: contract.key[0] for contract in PUBLISHED}
    found = []
    for name, column, target in _REFERENCES:
        values = pc.unique(tables[name].column(column).drop_null())
        lost = pc.sum(pc.invert(pc.is_in(values, tables[target].column(keys[target]).combine_chunks()))).as_py() or 0
        found += [f"{name}.{column}: {lost:,} values are not in {target}"] if lost else []
    return found


def _candidates(tables: Tables) -> list[str]:
    """What is left to people is there: both awards, or the organisation."""
    rows = tables["review_candidate"]
    found = []
    for kind, column, target in _LEFT:
        values = rows.filter(pc.equal(rows.column("kind"), kind)).column(column)
        there = tables[target].column(f"{target}_id").combine_chunks()
        lost = pc.sum(pc.invert(pc.is_in(values, there))).as_py() or 0
        found += [f"review_candidate.{column}: {lost:,} values of {kind} are not in {target}"] if lost else []
    return found


_LEFT = (
    ("same_award", "subject_id", "award"),
    ("same_award", "other_id", "award"),
    ("same_organisation", "subject_id", "organisation"),
)


def _accounts(tables: Tables, counts: Mapping[str, int]) -> list[str]:
    """Every input record is in an award or excluded before; every award is in the totals or says why not."""
    roles = Counter(tables["award_record"].column("role").to_pylist())
    found = [
        f"{counts[role]:,} {role} records counted, {roles[role]:,} in award_record"
        for role in ROLES
        if counts[role] != roles[role]
    ]
    booked = roles.total() + counts["excluded"]
    if booked != counts["records_in"]:
        found.append(f"{counts['records_in']:,} records came in, {booked:,} are accounted for")
    counted = set(tables["attribution"].column("award_id").to_pylist())
    records = tables["award_record"].select(["record_id", "award_id"]).to_pylist()
    said = set(tables["exclusion"].column("record_id").to_pylist())
    silent = [r["record_id"] for r in records if r["award_id"] not in counted and r["record_id"] not in said]
    if silent:
        found.append(f"{len(silent):,} records are in no total and in no exclusion, the first is {silent[0]}")
    left_out = [r["record_id"] for r in records if r["award_id"] in counted and r["record_id"] in said]
    if left_out:
        found.append(f"{len(left_out):,} records are in a total and in an exclusion, the first is {left_out[0]}")
    if tables["award"].num_rows != roles["canonical"]:
        found.append(f"{tables['award'].num_rows:,} awards but {roles['canonical']:,} canonical records")
    return found


def _money(tables: Tables) -> list[str]:
    """Amounts are there where they are said to be, and what is counted of an award is what it has, under each rule."""
    amounts = {row["award_id"]: row for row in tables["award"].select(["award_id", *_AMOUNT]).to_pylist()}
    found = [
        f"award {award_id}: amount_status {row['amount_status']} with amount_usd {row['amount_usd']}"
        for award_id, row in amounts.items()
        if (row["amount_status"] == "known") != (row["amount_usd"] is not None)
    ]
    supporting = {
        (row["award_id"], row["infrastructure_id"])
        for row in tables["support"].to_pylist()
        if row["decision"] == "supports"
    }
    sums: defaultdict[tuple[str, str], list[Decimal]] = defaultdict(list)
    for row in tables["attribution"].to_pylist():
        sums[row["award_id"], row["rule"]].append(row["amount_usd"])
        if (row["award_id"], row["infrastructure_id"]) not in supporting:
            found.append(f"attribution of {row['award_id']} to {row['infrastructure_id']}, which it does not support")
    for (award_id, rule), parts in sums.items():
        amount = amounts.get(award_id, {}).get("amount_usd")
        if amount is not None and not _HOLDS[rule](parts, amount):
            found.append(f"attribution of {award_id} under {rule}: {sum(parts)} of {amount} USD")
    return found


_AMOUNT = ("amount_status", "amount_usd")
_HOLDS: dict[str, Callable[[list[Decimal], Decimal], bool]] = {
    "full": lambda parts, amount: all(part == amount for part in parts),
    "equal_split": lambda parts, amount: sum(parts) == amount,
    "documented_share": lambda parts, amount: sum(parts) <= amount,
    "single_only": lambda parts, amount: parts == [amount],
}
