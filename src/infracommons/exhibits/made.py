"""Says how many of what was asked for are in a sum, which are not and why, and at which rates money was converted."""

from infracommons.exhibits.exhibit import LeftOut, Made
from infracommons.exhibits.findings import UNKNOWN_IS_NOT_NO
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.awards import Total, award_total
from infracommons.insights.release import Release
from infracommons.vocabulary.counting import rule_words

CONVERTED = "An award in another currency is converted at the rate of its first day (European Central Bank)."


def made_of(release: Release, filters: AwardFilters, *notes: str, total: Total | None = None) -> Made:
    """Return how numbers over the matched awards were made; `notes` are sentences that this exhibit adds."""
    total = total or award_total(release, filters)
    reasons = (
        (total.amount_unknown, "no known amount", filters.narrowed(amount_status=("unknown",))),
        (total.not_convertible, "no dated exchange rate", filters.narrowed(amount_status=("not_convertible",))),
        (
            total.not_said_by_rule,
            "not support, or a share that the rule cannot say",
            # Without prices, so that those whose year has no price level are not among them.
            filters.narrowed(amount_status=("known",), counted="no", prices=None),
        ),
        (total.not_priced, _not_priced(total), filters.narrowed(amount_status=("known",), counted="no")),
    )
    return Made(
        release.release_id,
        filters,
        total.awards,
        total.counted,
        tuple(LeftOut(number, words, narrowed) for number, words, narrowed in reasons if number),
        (f"Counted by {rule_words(filters.rule)}.", CONVERTED, *_prices(filters), *notes),
    )


def made_of_catalogue(release: Release, filters: AwardFilters, *notes: str) -> Made:
    """Return how counts of what the catalogue says were made."""
    said = (
        "Counted from what the catalogue says, by the newest claim of each field.",
        "Of the filters, only those of infrastructure and category make a difference here: the others are of awards.",
        UNKNOWN_IS_NOT_NO,
    )
    return Made(release.release_id, filters, 0, 0, notes=(*said, *notes), of="infrastructure")


def _not_priced(total: Total) -> str:
    words = "no price level for the year"
    return f"{words}; the list has those that the rule cannot say too" if total.not_said_by_rule else words


def _prices(filters: AwardFilters) -> tuple[str, ...]:
    if filters.prices is None:
        return ()
    return (f"In dollars of {filters.prices}, by the US consumer price index (CPI-U, annual averages).",)
