"""In which currencies the awards were given, at rates of which days they were converted, and what could not be."""

from collections.abc import Sequence

from infracommons.exhibits.bars import ACCENT, UNKNOWN, amount, bars
from infracommons.exhibits.columns import money
from infracommons.exhibits.exhibit import Column, Exhibit, ExhibitKind
from infracommons.exhibits.findings import first_upper, listed, nothing, share
from infracommons.exhibits.made import made_of
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.awards import Total, award_total
from infracommons.insights.currencies import by_currency
from infracommons.insights.release import Release, Row
from infracommons.vocabulary.figures import counted, day

NAME = "currencies"
_OURS = "USD"


def _ask(release: Release, filters: AwardFilters) -> Exhibit:
    rows = [row | {"name": row["currency"] or "Currency unknown"} for row in by_currency(release, filters)]
    rows.sort(key=lambda row: (-row["counted_usd"], -row["awards"], row["name"]))
    total = award_total(release, filters)
    made = made_of(release, filters, "Amounts are as the publishers give them, whole awards.", total=total)
    columns = (
        Column("name", "Currency"),
        Column("amount", "Amount in that currency", "number"),
        money(filters),
        Column("awards", "Awards", "count"),
        Column("with_amount", "Of these with an amount", "count"),
        Column("counted", "Of these counted", "count"),
        Column("first_fx_date", "First rate of", "date"),
        Column("last_fx_date", "Last rate of", "date"),
    )
    if not total.counted:
        return nothing(NAME, columns, made, rows)
    drawn = bars(
        rows,
        lambda row: row["name"],
        words=lambda row: f"{amount(row)}, {counted(row['awards'], 'award')}",
        colour=lambda row: ACCENT if row["currency"] else UNKNOWN,
        nouns="currencies",
    )
    return Exhibit(
        NAME,
        _title(rows, total),
        _sentence(rows, total),
        columns,
        rows,
        made,
        reading="Each bar is the money that was given in one currency, in US dollars.",
        drawing=drawn.drawing,
        drawn=drawn.drawn,
        drawn_note=drawn.drawn_note,
        behind=lambda row: _behind(filters, row),
    )


def _title(rows: Sequence[Row], total: Total) -> str:
    others = [row for row in rows if row["currency"] not in (_OURS, None)]
    if not others:
        return "No other currency than the US dollar is known here"
    converted = sum(row["counted_usd"] for row in others)
    names = str(others[0]["currency"]) if len(others) == 1 else f"{len(others):,} currencies other than the US dollar"
    return first_upper(f"{share(converted, total.counted_usd)} of the money was given in {names}")


def _sentence(rows: Sequence[Row], total: Total) -> str:
    others = [row for row in rows if row["currency"] not in (_OURS, None)]
    said = _dollars(rows, total)
    if others:
        names = listed([f"{row['currency']} ({counted(row['awards'], 'award')})" for row in others])
        said += f"; the others in {names}"
    dates = [row[end] for row in others for end in ("first_fx_date", "last_fx_date") if row[end] is not None]
    if dates:
        said += f", converted at rates from {day(min(dates))} to {day(max(dates))}"
    if total.not_convertible:
        said += f"; {counted(total.not_convertible, 'award')} could not be converted for want of a dated rate"
    return f"{said}."


def _dollars(rows: Sequence[Row], total: Total) -> str:
    dollars = sum(row["awards"] for row in rows if row["currency"] == _OURS)
    unknown = sum(row["awards"] for row in rows if row["currency"] is None)
    said = f"{dollars:,} of {counted(total.awards, 'award')} {'is' if dollars == 1 else 'are'} in US dollars"
    return f"{said}, {unknown:,} in a currency that is unknown" if unknown else said


def _behind(filters: AwardFilters, row: Row) -> AwardFilters | None:
    """Return the search for one currency; words that are sought already may mean something else beside it."""
    if filters.q or row["currency"] is None:
        return None
    return filters.narrowed(q=f"currency:{row['currency']}")


KINDS = (ExhibitKind(NAME, "Currencies and exchange rates", "money", _ask, order=60),)
