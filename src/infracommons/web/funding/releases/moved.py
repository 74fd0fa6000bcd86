"""What the page of a difference shows: totals, why they moved, and the changes themselves."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse

from infracommons.insights.difference import GROUPINGS, Difference, DifferenceFilters
from infracommons.insights.formats import FORMATS
from infracommons.insights.query_string import to_query
from infracommons.insights.release import Row
from infracommons.vocabulary.counting import RULES
from infracommons.vocabulary.figures import words
from infracommons.web.funding.releases import wording
from infracommons.web.shared.paged import address

FIRST_ROWS = 10  # of each grouping on the page of a difference
LONGEST_SHOWN = 300  # characters of a value in the list


def total_rows(told: Difference, rule: str) -> list[Row]:
    """Return each rule's total before and after, and by how much it moved."""
    return [
        {
            **row,
            "name": RULES[row["rule"]][0],
            "moved": wording.signed(row["moved_usd"]),
            "is_chosen": row["rule"] == rule,
        }
        for row in told.totals
    ]


def reason_rows(told: Difference, rule: str) -> list[Row]:
    """Return why the total of a rule moved, and by how much for each reason."""
    return [
        {**row, "name": wording.reason_words(row["key"]), "moved": wording.signed(row["moved_usd"])}
        for row in told.of_rule("reason", rule)
    ]


def group_rows(told: Difference, grouping: str, rule: str) -> list[Row]:
    """Return the movements of a grouping in words, largest first."""
    if grouping == "reason":
        return reason_rows(told, rule)
    return [
        {
            **row,
            "name": words(row["name"]) if grouping == "support_type" else row["name"],
            "moved": wording.signed(row["moved_usd"]),
        }
        for row in told.of_rule(grouping, rule)
    ]


def groups(told: Difference, rule: str) -> list[dict[str, Any]]:
    """Return the first rows of each grouping but the reasons, with how many there are and where all of them are."""
    found = []
    for grouping in GROUPINGS[1:]:
        rows = group_rows(told, grouping, rule)
        found.append(
            {
                "grouping": grouping,
                "title": wording.GROUPINGS[grouping],
                "rows": rows[:FIRST_ROWS],
                "count": len(rows),
                "href": address(reverse("release_movement", args=[told.before, told.after, grouping]), _of_rule(rule)),
            }
        )
    return found


def change_links(path: str, told: Difference, asked: DifferenceFilters) -> list[dict[str, Any]]:
    """Return a link for each kind of change that there is, and one for all."""
    every = {
        "label": "All changes",
        "count": None,
        "href": address(path, DifferenceFilters(rule=asked.rule)),
        "is_current": not asked.change,
    }
    kinds = [
        {
            "label": wording.CHANGES[kind][1].capitalize(),
            "count": number,
            "href": address(path, DifferenceFilters(change=(kind,), rule=asked.rule)),
            "is_current": asked.change == (kind,),
        }
        for kind, number in told.changes.items()
        if number
    ]
    return [every, *kinds]


def change_rows(rows: Sequence[Row], linked: Collection[str]) -> list[Row]:
    """Return changes in words; `linked` are the awards that have a page: those of the current release."""
    return [
        {
            **row,
            "change_words": wording.CHANGES[row["change"]][0],
            "is_linked": row["award_id"] in linked,
            "column_words": words(row["column_name"]),
            "before": _value(row["before"], is_there=not row["change"].endswith("added")),
            "after": _value(row["after"], is_there=not row["change"].endswith("removed")),
        }
        for row in rows
    ]


def rule_links(path: str, asked: DifferenceFilters) -> dict[str, Any]:
    """Return the rules as `funding/rules.html` shows them."""
    return {
        "rules": [
            {
                "name": name,
                "meaning": meaning,
                "href": address(path, DifferenceFilters(change=asked.change, rule=rule)),
                "is_current": rule == asked.rule,
            }
            for rule, (name, meaning) in RULES.items()
        ]
    }


def change_files(told: Difference, asked: DifferenceFilters) -> list[dict[str, str]]:
    """Return the downloads of the changes that are shown."""
    query = to_query(DifferenceFilters(change=asked.change))
    return _files("release_changes_file", [told.before, told.after], f"?{query}" if query else "")


def group_files(before: str, after: str, grouping: str) -> list[dict[str, str]]:
    """Return the downloads of a grouping, under every rule."""
    return _files("release_movement_file", [before, after, grouping], "")


def headline(told: Difference, rule: str) -> dict[str, Any]:
    """Return what moved under the rule, for the sentence at the top."""
    (row,) = (row for row in told.totals if row["rule"] == rule)
    zero = Decimal(0)
    return {
        "changes": wording.changes_words(told.changes),
        "rule_name": RULES[rule][0],
        "rule_meaning": RULES[rule][1],
        "before_usd": row["before_usd"],
        "after_usd": row["after_usd"],
        "moved": wording.signed(row["moved_usd"]),
        "has_moved": row["moved_usd"] != zero,
    }


def _files(page: str, place: Sequence[str], query: str) -> list[dict[str, str]]:
    return [{"label": form.label, "href": reverse(page, args=[*place, name]) + query} for name, form in FORMATS.items()]


def _of_rule(rule: str) -> DifferenceFilters:
    return DifferenceFilters(rule=rule)


def _value(text: str | None, *, is_there: bool) -> dict[str, str]:
    """Return a value as shown, and what is said of it: that it is not there, unknown, or longer than shown."""
    if text is None:
        return {"text": "", "note": "unknown" if is_there else "not there"}
    if len(text) <= LONGEST_SHOWN:
        return {"text": text, "note": ""}
    return {"text": text[:LONGEST_SHOWN], "note": f"… {LONGEST_SHOWN} of {len(text):,} characters; the files have all"}
