"""The form that narrows the list of awards: what a reader may choose, and what is chosen."""

from typing import Any

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.awards import choices
from infracommons.insights.release import Release
from infracommons.vocabulary.counting import RULES
from infracommons.web.funding import wording
from infracommons.web.funding.presenters import Choice, choices_of, named_choices

_LISTS = ("infrastructure", "funder", "country")  # long ones: one more can be added at a time, chips take them away


def filter_form(release: Release, filters: AwardFilters) -> dict[str, Any]:
    """Return the lists to add from (`lists`), the boxes to tick (`boxes`) and the single choices (`singles`)."""
    found = choices(release)
    sorts = {sort: (words, "") for sort, words in wording.SORTS.items()}
    return {
        "lists": [
            _part(field, choices_of(found[field], getattr(filters, field))) | {"chosen": getattr(filters, field)}
            for field in _LISTS
        ],
        "boxes": [
            _part("support_type", named_choices(wording.SUPPORT_TYPES, filters.support_type)),
            _part("amount_status", named_choices(wording.AMOUNT_STATUS, filters.amount_status)),
            _part("source", choices_of(found["source"], filters.source)),
        ],
        "singles": [
            _part("decision", named_choices(wording.DECISIONS, [filters.decision])),
            _part("rule", named_choices(RULES, [filters.rule])),
            _part("sort", named_choices(sorts, [filters.sort])),
        ],
    }


def names_by_field(release: Release) -> dict[str, dict[str, str]]:
    """Return the names of the ids that filters may hold, by field."""
    return {field: {row["value"]: row["name"] for row in rows} for field, rows in choices(release).items()}


def _part(field: str, options: list[Choice]) -> dict[str, Any]:
    return {"field": field, "label": wording.FIELDS[field], "choices": options}
