"""The form that narrows the list of awards: what a reader may choose, and what is chosen."""

from typing import Any

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.awards import choices
from infracommons.insights.release import Release
from infracommons.web.funding import wording
from infracommons.web.funding.presenters import choices_of, named_choices

_LISTS = ("infrastructure", "funder", "country")  # long ones: one more can be added at a time, chips take them away


def filter_form(release: Release, filters: AwardFilters) -> dict[str, Any]:
    """Return the lists to add from (`lists`), the boxes to tick (`boxes`) and the single choices (`singles`)."""
    found = choices(release)
    return {
        "lists": [
            {
                "field": field,
                "label": wording.FIELDS[field],
                "chosen": getattr(filters, field),
                "choices": choices_of(found[field], getattr(filters, field)),
            }
            for field in _LISTS
        ],
        "boxes": [
            {
                "field": "support_type",
                "label": wording.FIELDS["support_type"],
                "choices": _named("SUPPORT_TYPES", filters.support_type),
            },
            {
                "field": "amount_status",
                "label": wording.FIELDS["amount_status"],
                "choices": _named("AMOUNT_STATUS", filters.amount_status),
            },
            {
                "field": "source",
                "label": wording.FIELDS["source"],
                "choices": choices_of(found["source"], filters.source),
            },
        ],
        "singles": [
            {
                "field": "decision",
                "label": wording.FIELDS["decision"],
                "choices": _named("DECISIONS", [filters.decision]),
            },
            {"field": "rule", "label": "Count by", "choices": _named("RULES", [filters.rule])},
            {
                "field": "sort",
                "label": "Order",
                "choices": named_choices({k: (v, "") for k, v in wording.SORTS.items()}, [filters.sort]),
            },
        ],
    }


def names_by_field(release: Release) -> dict[str, dict[str, str]]:
    """Return the names of the ids that filters may hold, by field."""
    return {field: {row["value"]: row["name"] for row in rows} for field, rows in choices(release).items()}


def _named(table: str, chosen: Any) -> Any:  # noqa: ANN401 - a sequence of codes in, choices out
    return named_choices(getattr(wording, table), chosen)
