"""The difference of two releases against an oracle that compares them slowly, in plain Python, row by row."""

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.insights.edited import Edited, edited_releases

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.difference import (
    CHANGES,
    GROUPINGS,
    DifferenceFilters,
    changes,
    difference,
    every_change,
    every_movement,
)
from infracommons.insights.making import input_changes, setting_changes, table_changes
from infracommons.insights.release import Release
from infracommons.insights.releases import StoredRelease, read_release
from infracommons.insights.totals import by_rule
from infracommons.vocabulary.problems import UnusableInputError
from infracommons.vocabulary.tables import ATTRIBUTION, AWARD, INFRASTRUCTURE, RULES, SUPPORT

Row = dict[str, Any]
Tables = dict[str, list[Row]]
ASKED = (AWARD, SUPPORT, ATTRIBUTION, INFRASTRUCTURE)
ZERO = Decimal("0.00")


@pytest.fixture(scope="session")
def edited(golden_raw: Path, golden_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Edited:
    return edited_releases(golden_raw, golden_release, tmp_path_factory.getbasetemp())


def tables_of(release: StoredRelease) -> Tables:
    return {table.name: pq.read_table(release.path(table.name)).to_pylist() for table in ASKED}


def keyed(rows: Iterable[Row], *key: str) -> dict[Any, Row]:
    return {tuple(row[name] for name in key): row for row in rows}


def text(value: Any) -> Any:
    if value is None:
        return None
    return value.isoformat() if isinstance(value, date) else str(value)


def slow_changes(before: Tables, after: Tables) -> list[tuple[Any, ...]]:
    """Return (change, award_id, infrastructure_id, column, before, after), in the order of the list."""
    found = []
    for table, what, shown in ((AWARD, "award", "amount_usd"), (SUPPORT, "support", "decision")):
        old, new = keyed(before[table.name], *table.key), keyed(after[table.name], *table.key)
        for key in old.keys() | new.keys():
            place = (key[0], key[1] if len(key) == 2 else None)
            was, now = old.get(key), new.get(key)
            if was is None or now is None:
                change = f"{what}_added" if was is None else f"{what}_removed"
                found.append((change, *place, shown, text(was and was[shown]), text(now and now[shown])))
                continue
            found += [
                (f"{what}_changed", *place, name, text(was[name]), text(now[name]))
                for name in table.schema.names
                if was[name] != now[name]
            ]
    columns = [*AWARD.schema.names, *SUPPORT.schema.names]
    return sorted(found, key=lambda row: (CHANGES.index(row[0]), row[1], row[2] or "", columns.index(row[3])))


def slow_counted(tables: Tables, rule: str) -> dict[str, Decimal]:
    """Return what each award counts under a rule: once, whatever the rule."""
    parts: defaultdict[str, list[Decimal]] = defaultdict(list)
    for row in tables["attribution"]:
        if row["rule"] == rule:
            parts[row["award_id"]].append(row["amount_usd"])
    return {award_id: max(own) if rule == "full" else sum(own, ZERO) for award_id, own in parts.items()}


def slow_reason(before: Tables, after: Tables, award_id: str) -> str:
    was, now = keyed(before["award"], "award_id").get((award_id,)), keyed(after["award"], "award_id").get((award_id,))
    if was is None or now is None:
        return "award_added" if was is None else "award_removed"

    def decided(tables: Tables) -> set[str]:
        own = [row for row in tables["support"] if row["award_id"] == award_id]
        return {row["infrastructure_id"] for row in own if row["decision"] == "supports"}

    def shares(tables: Tables) -> set[Any]:
        own = [row for row in tables["support"] if row["award_id"] == award_id]
        return {(row["infrastructure_id"], row["share_usd"]) for row in own if row["share_basis"] == "documented"}

    reasons = []
    if (was["amount"], was["currency"]) != (now["amount"], now["currency"]):
        reasons.append("amount")
    if was["currency"] == now["currency"] and was["fx_rate"] != now["fx_rate"]:
        reasons.append("exchange_rate")
    if decided(before) != decided(after):
        reasons.append("decision")
    if shares(before) != shares(after):
        reasons.append("share")
    return "+".join(reasons) or "attribution"


def slow_groups(tables: Tables, grouping: str, rule: str) -> dict[str, list[Decimal]]:
    """Return the amounts that count in each group."""
    groups: defaultdict[str, list[Decimal]] = defaultdict(list)
    if grouping == "funder":
        awards = keyed(tables["award"], "award_id")
        for award_id, usd in slow_counted(tables, rule).items():
            groups[awards[(award_id,)]["funder_organisation_id"] or "unknown"].append(usd)
        return groups
    supports = keyed(tables["support"], "award_id", "infrastructure_id")
    for row in tables["attribution"]:
        if row["rule"] == rule:
            support = supports[(row["award_id"], row["infrastructure_id"])]
            key = row["infrastructure_id"] if grouping == "infrastructure" else support["support_type"] or "unknown"
            groups[key].append(row["amount_usd"])
    return groups


def holds(before: StoredRelease, after: StoredRelease) -> None:
    """Compare everything that is said of two releases with the oracle."""
    old, new = tables_of(before), tables_of(after)
    told = difference(before, after)
    expected = slow_changes(old, new)
    rows = pa.Table.from_batches(*reversed(every_change(before, after, DifferenceFilters()))).to_pylist()
    names = ("change", "award_id", "infrastructure_id", "column_name", "before", "after")
    assert [tuple(row[name] for name in names) for row in rows] == expected
    assert told.cells == {kind: sum(row[0] == kind for row in expected) for kind in CHANGES}
    assert told.changes == {kind: len({row[1:3] for row in expected if row[0] == kind}) for kind in CHANGES}
    for rule in RULES:
        was, now = slow_counted(old, rule), slow_counted(new, rule)
        moving = [award_id for award_id in was.keys() | now.keys() if was.get(award_id) != now.get(award_id)]
        (total,) = (row for row in told.totals if row["rule"] == rule)
        assert (total["before_usd"], total["after_usd"]) == (sum(was.values(), ZERO), sum(now.values(), ZERO))
        assert total["moved_usd"] == total["after_usd"] - total["before_usd"]
        assert total["awards"] == len(moving)
        by_reason: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
        for award_id in moving:
            by_reason[slow_reason(old, new, award_id)] += now.get(award_id, ZERO) - was.get(award_id, ZERO)
        assert {row["key"]: row["moved_usd"] for row in told.of_rule("reason", rule)} == by_reason
        assert sum(by_reason.values(), ZERO) == total["moved_usd"], "the reasons add up to the movement"
        for grouping in GROUPINGS[1:]:
            left, right = slow_groups(old, grouping, rule), slow_groups(new, grouping, rule)
            sums = {
                key: (
                    sum(left.get(key, []), ZERO),
                    sum(right.get(key, []), ZERO),
                    len(left.get(key, [])),
                    len(right.get(key, [])),
                )
                for key in left.keys() | right.keys()
            }
            moved = {key: row for key, row in sums.items() if row[0] != row[1]}
            columns = ("before_usd", "after_usd", "awards_before", "awards_after")
            assert {r["key"]: tuple(r[name] for name in columns) for r in told.of_rule(grouping, rule)} == moved
        assert sum((row["moved_usd"] for row in told.of_rule("funder", rule)), ZERO) == total["moved_usd"]


def test_one_amount_edited_is_named_exactly(edited: Edited) -> None:
    told = difference(edited.golden, edited.amount)
    assert {kind: number for kind, number in told.changes.items() if number} == {
        "award_changed": 1,
        "support_changed": 1,
    }
    rows = changes(edited.golden, edited.amount, DifferenceFilters()).rows
    assert [
        (row["change"], row["infrastructure_id"], row["column_name"], row["before"], row["after"]) for row in rows
    ] == [
        ("award_changed", None, "amount", "400000.00", "450000.00"),
        ("award_changed", None, "amount_usd", "400000.00", "450000.00"),
        ("support_changed", "project-jupyter", "share_usd", "400000.00", "450000.00"),
    ]
    assert len({row["award_id"] for row in rows}) == 1
    for rule in RULES:
        (reason,) = told.of_rule("reason", rule)
        assert (reason["key"], reason["moved_usd"]) == ("amount", Decimal("50000.00"))


def test_an_award_in_one_out_and_a_decision_are_named_with_what_each_moved(edited: Edited) -> None:
    told = difference(edited.amount, edited.more)
    assert (told.changes["award_added"], told.changes["award_removed"], told.changes["award_changed"]) == (1, 1, 0)
    for rule in RULES:
        reasons = {row["key"]: row["moved_usd"] for row in told.of_rule("reason", rule)}
        assert reasons == {
            "award_added": Decimal("100.00"),
            "award_removed": Decimal("-4500000.00"),
            "decision": Decimal("107956.51"),
        }
    rows = changes(edited.amount, edited.more, DifferenceFilters(change=("support_changed",))).rows
    decided = {row["column_name"]: (row["before"], row["after"]) for row in rows}
    assert decided["decision"] == ("needs_review", "supports")
    assert decided["decided_by"] == ("model", "person")


@pytest.mark.parametrize(
    ("before", "after"), [("golden", "amount"), ("amount", "more"), ("golden", "more"), ("more", "golden")]
)
def test_real_releases_differ_as_the_slow_oracle_says(edited: Edited, before: str, after: str) -> None:
    holds(getattr(edited, before), getattr(edited, after))


def test_a_release_does_not_differ_from_itself(edited: Edited) -> None:
    told = difference(edited.golden, edited.golden)
    assert told.is_same
    assert changes(edited.golden, edited.golden, DifferenceFilters()).rows == []


def test_totals_are_those_of_the_pages(edited: Edited) -> None:
    told = {row["rule"]: row for row in difference(edited.golden, edited.more).totals}
    for side, stored in (("before_usd", edited.golden), ("after_usd", edited.more)):
        for total in by_rule(Release(stored.folder), AwardFilters()):
            assert told[total.rule][side] == total.counted_usd


@settings(max_examples=30)
@given(kinds=st.lists(st.sampled_from(CHANGES), unique=True), rule=st.sampled_from(RULES))
def test_pages_walk_through_the_file_for_any_filter(edited: Edited, kinds: list[str], rule: str) -> None:
    filters = DifferenceFilters(change=tuple(kinds), rule=rule)
    whole = pa.Table.from_batches(*reversed(every_change(edited.golden, edited.more, filters))).to_pylist()
    first = changes(edited.golden, edited.more, filters)
    walked = [
        row
        for page in range(1, first.pages + 1)
        for row in changes(edited.golden, edited.more, DifferenceFilters(tuple(kinds), rule, page)).rows
    ]
    assert walked == whole
    assert first.count == len(whole)
    assert {row["change"] for row in whole} <= set(kinds or CHANGES)
    assert changes(edited.golden, edited.more, DifferenceFilters(tuple(kinds), rule, first.pages + 1)).rows == []


def test_a_file_of_movements_has_every_rule_and_adds_up(edited: Edited) -> None:
    told = difference(edited.golden, edited.more)
    for grouping in GROUPINGS:
        rows = pa.Table.from_batches(*reversed(every_movement(told, grouping))).to_pylist()
        assert len(rows) == len(told.moved[grouping]) > 0
        assert {row["grouping"] for row in rows} == {grouping}
        for row in rows:
            assert row["after_usd"] - row["before_usd"] == row["moved_usd"]


def test_what_the_releases_were_made_from_is_compared(edited: Edited) -> None:
    before, after = edited.golden.manifest, edited.amount.manifest
    (changed,) = input_changes(before, after)
    assert (changed["file"], changed["change"], changed["source"]) == ("czi/czi_grants.json", "changed", "czi")
    assert changed["records_before"] == changed["records_after"]
    assert setting_changes(before, after) == []
    same = {row["name"]: row["is_same"] for row in table_changes(before, after)}
    assert not same["award"]
    assert same["organisation"]
    fewer = {**before, "inputs": before["inputs"][1:], "code_version": "9"}
    (added,) = input_changes(fewer, before)
    assert (added["change"], added["records_before"]) == ("added", None)
    (removed,) = input_changes(before, fewer)
    assert (removed["change"], removed["records_after"]) == ("removed", None)
    assert [row["name"] for row in setting_changes(before, fewer)] == ["code_version"]


money = st.sampled_from([None, Decimal("10.00"), Decimal("99.99"), Decimal("0.00")])
award_rows = st.fixed_dictionaries(
    {
        "title": st.sampled_from([None, "One", "It's “two”", "a\tb"]),
        "funder_organisation_id": st.sampled_from([None, "org:1", "org:2"]),
        "start_date": st.sampled_from([None, date(2020, 1, 1)]),
        "amount": money,
        "currency": st.sampled_from([None, "USD", "EUR"]),
        "amount_usd": money,
        "fx_rate": st.sampled_from([None, Decimal("1.5"), Decimal("0.333333333333")]),
    }
)
support_rows = st.fixed_dictionaries(
    {
        "decision": st.sampled_from(["supports", "rejected", "needs_review"]),
        "probability": st.sampled_from([None, 0.1, 1 / 3]),
        "support_type": st.sampled_from([None, "direct", "unknown"]),
        "share_usd": money,
        "share_basis": st.sampled_from([None, "documented", "single"]),
        "counted": st.tuples(*(st.sampled_from([None, Decimal("5.00"), Decimal("0.01")]) for _ in RULES)),
    }
)
releases = st.dictionaries(
    st.sampled_from(["award-a", "award-b", "award-c"]),
    st.tuples(award_rows, st.dictionaries(st.sampled_from(["arxiv", "zenodo"]), support_rows)),
)


def write(folder: Path, drawn: dict[str, Any]) -> StoredRelease:
    awards = [
        {"award_id": a, "funder_name": "F", "amount_status": "known", "source": "nsf"} | row
        for a, (row, _) in drawn.items()
    ]
    supports, attributions = [], []
    for award_id, (_, own) in drawn.items():
        for infrastructure_id, row in own.items():
            key = {"award_id": award_id, "infrastructure_id": infrastructure_id}
            told = {name: value for name, value in row.items() if name != "counted"}
            supports.append(key | {"decided_by": "model", "reason": "r"} | told)
            counted = zip(RULES, row["counted"], strict=True)
            attributions += [key | {"rule": rule, "amount_usd": usd} for rule, usd in counted if usd is not None]
    infrastructures: list[Row] = [
        {"infrastructure_id": i, "name": i.title(), "aliases": [], "summary": "s", "category_codes": []}
        for i in ("arxiv", "zenodo")
    ]
    folder.mkdir()
    rows = {"award": awards, "support": supports, "attribution": attributions, "infrastructure": infrastructures}
    for table in ASKED:
        filled = [dict.fromkeys(table.schema.names) | row for row in rows[table.name]]
        pq.write_table(pa.Table.from_pylist(filled, table.schema), folder / f"{table.name}.parquet")
    manifest = {
        "release": folder.name, "made_at": "2026-01-01T00:00:00+00:00", "counts": {}, "sources": [],
        "tables": [{"name": table.name, "file": f"{table.name}.parquet"} for table in ASKED],
    }  # fmt: skip
    (folder / "release.json").write_text(json.dumps(manifest))
    return read_release(folder)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(before=releases, after=releases)
def test_any_two_releases_differ_as_the_slow_oracle_says(before: dict[str, Any], after: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory(prefix="it's ") as folder:
        holds(write(Path(folder) / "one", before), write(Path(folder) / "other", after))


def test_a_column_that_one_release_lacks_is_not_compared(edited: Edited, tmp_path: Path) -> None:
    older = tmp_path / edited.golden.release_id
    older.mkdir()
    for path in edited.golden.folder.iterdir():
        (older / path.name).write_bytes(path.read_bytes())
    award = pq.read_table(older / "award.parquet").drop_columns(["programme"])
    (older / "award.parquet").unlink()
    pq.write_table(award, older / "award.parquet")
    told = difference(read_release(older), edited.amount)
    assert told.changes["award_changed"] == 1


def test_a_release_that_cannot_be_read_is_named(edited: Edited, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "release.json").write_bytes((edited.golden.folder / "release.json").read_bytes())
    with pytest.raises(UnusableInputError, match=f"{edited.golden.folder.name} and broken cannot be compared"):
        difference(edited.golden, read_release(broken))
