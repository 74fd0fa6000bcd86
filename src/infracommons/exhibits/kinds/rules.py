"""What the total is under each of the four rules of counting, side by side, and what they differ on."""

from collections.abc import Sequence

from infracommons.exhibits.bars import ACCENT, QUIET, amount, bars
from infracommons.exhibits.columns import money
from infracommons.exhibits.exhibit import Column, Exhibit, ExhibitKind
from infracommons.exhibits.findings import nothing, ratio
from infracommons.exhibits.made import made_of
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.awards import Total
from infracommons.insights.release import Release, Row
from infracommons.insights.sharing import shared_awards
from infracommons.insights.totals import by_rule
from infracommons.vocabulary.counting import RULES
from infracommons.vocabulary.figures import counted, rounded

NAME = "rules"
_READING = "Each bar is the same awards counted by another rule; the dark one is the rule chosen."


def _ask(release: Release, filters: AwardFilters) -> Exhibit:
    totals = by_rule(release, filters)
    chosen = next(total for total in totals if total.rule == filters.rule)
    note = "No rule is the right one: a total always names its own."
    made = made_of(release, filters, note, total=chosen)
    rows = [_row(total, chosen) for total in totals]
    columns = (
        Column("name", "Rule"),
        money(filters),
        Column("difference", f"Difference to {_name(filters.rule)}", "share"),
        Column("awards", "Awards", "count"),
        Column("counted", "Of these counted", "count"),
        Column("meaning", "What counts"),
    )
    if not any(total.counted_usd for total in totals):
        return nothing(NAME, columns, made, rows)
    drawn = bars(
        rows,
        lambda row: row["name"],
        words=lambda row: f"{amount(row)}{_apart(row['difference'])}",
        colour=lambda row: ACCENT if row["rule"] == filters.rule else QUIET,
    )
    return Exhibit(
        NAME,
        _title(totals),
        _sentence(release, filters, totals, chosen),
        columns,
        rows,
        made,
        reading=_READING,
        drawing=drawn.drawing,
        drawn=drawn.drawn,
        behind=lambda row: filters.narrowed(rule=row["rule"]),
    )


def _row(total: Total, chosen: Total) -> Row:
    name, meaning = RULES[total.rule]
    return {
        "rule": total.rule,
        "name": name,
        "counted_usd": total.counted_usd,
        "difference": ratio(total.counted_usd - chosen.counted_usd, chosen.counted_usd),
        "awards": total.awards,
        "counted": total.counted,
        "meaning": meaning,
    }


def _title(totals: Sequence[Total]) -> str:
    amounts = sorted(total.counted_usd for total in totals)
    if amounts[0] == amounts[-1]:
        return "The rule of counting makes no difference here"
    return f"The rule of counting moves the total from {rounded(amounts[0])} to {rounded(amounts[-1])}"


def _sentence(release: Release, filters: AwardFilters, totals: Sequence[Total], chosen: Total) -> str:
    others = [_beside(total, chosen) for total in totals if total.rule != chosen.rule]
    shared = shared_awards(release, filters)
    why = (
        f"What they differ on is {counted(shared['awards'], 'award')} to several infrastructures, "
        f"{rounded(shared['counted_usd'])} in full."
        if shared["awards"]
        else "No award here supports several infrastructures, which is what they would differ on."
    )
    said = f"Counted by {_name(chosen.rule)} it is {rounded(chosen.counted_usd)}; {', '.join(others)}."
    return f"{said} {why}"


def _beside(total: Total, chosen: Total) -> str:
    if total.counted_usd == chosen.counted_usd:
        return f"by {_name(total.rule)} the same"
    difference = ratio(total.counted_usd - chosen.counted_usd, chosen.counted_usd)
    return f"by {_name(total.rule)} {rounded(total.counted_usd)}{_apart(difference)}"


def _name(rule: str) -> str:
    return RULES[rule][0].lower()


def _apart(difference: float | None) -> str:
    """Return a difference in words; nothing where there is none."""
    if not difference:
        return ""
    size = f"{abs(difference):.1%}".replace("%", " %")
    return f", {size} {'more' if difference > 0 else 'less'}"


KINDS = (ExhibitKind(NAME, "The total under each rule of counting", "money", _ask, order=30),)
