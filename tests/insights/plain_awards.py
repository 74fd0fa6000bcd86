"""The awards that match, each with what it counts and why it does not, worked out slowly in plain Python."""

from collections import defaultdict
from dataclasses import replace

from tests.insights.plain import Row, Tables, pairs, together

from infracommons.insights.award_filters import AwardFilters


def matched(tables: Tables, f: AwardFilters, found: set[str] | None = None) -> list[Row]:
    """Return the awards asked for as a download has them, in no order; `found` are those that have the words."""
    given = _by_award(pairs(tables, replace(f, prices=None, counted="")))
    return [
        _award(own, given[award_id], f)
        for award_id, own in _by_award(pairs(tables, f)).items()
        if found is None or award_id in found
    ]


def _by_award(rows: list[Row]) -> dict[str, list[Row]]:
    own: defaultdict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row["infrastructure_id"]):
        own[row["award_id"]].append(row)
    return own


def _award(own: list[Row], given: list[Row], f: AwardFilters) -> Row:
    counted = together(own, f)
    award: Row = own[0]["award"]
    return award | {
        "infrastructure_ids": "; ".join(row["infrastructure_id"] for row in own),
        "support_types": "; ".join(row["support_type"] or "not decided" for row in own),
        "counted_rule": f.rule,
        "counted_usd": counted,
        "not_counted_because": None if counted is not None else _reason(award, is_said=together(given, f) is not None),
    }


def _reason(award: Row, *, is_said: bool) -> str:
    if award["amount_status"] != "known":
        return {"unknown": "amount_unknown", "not_convertible": "not_convertible"}[award["amount_status"]]
    return "not_priced" if is_said else "not_said_by_rule"
