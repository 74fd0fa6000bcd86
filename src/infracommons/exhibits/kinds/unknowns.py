"""What is not known of the awards, thing by thing and source by source: drawn, not hidden."""

from typing import Any

from infracommons.exhibits.bars import UNKNOWN, bars
from infracommons.exhibits.exhibit import Column, Exhibit, ExhibitKind
from infracommons.exhibits.findings import listed, nothing, ratio, share
from infracommons.exhibits.made import made_of
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.awards import award_total, by_decision
from infracommons.insights.release import Release, Row
from infracommons.insights.unknowns import ASKED, unknowns, unknowns_by_source
from infracommons.vocabulary.figures import counted

NAMES = {
    "amount": "Amount",
    "rate": "Exchange rate of its day",
    "year": "Year",
    "end": "Last day",
    "support_type": "Type of support",
    "funder": "Funder identified",
    "recipient": "Recipient identified",
    "recipient_country": "Recipient's country",
}
_NARROWED: dict[str, dict[str, Any]] = {
    "amount": {"amount_status": ("unknown",)},
    "rate": {"amount_status": ("not_convertible",)},
    "year": {"undated": "yes", "year_from": None, "year_to": None},
    "support_type": {"support_type": ("unknown",)},
    "funder": {"funder": ("unknown",)},
    "recipient": {"recipient": ("unknown",)},
    "recipient_country": {"country": ("unknown",)},
}


def _things(release: Release, filters: AwardFilters) -> Exhibit:
    found = unknowns(release, filters)
    awards = found["awards"]
    rows: list[Row] = [
        {"thing": thing, "name": NAMES[thing], "unknown": found[thing], "share": ratio(found[thing], awards)}
        for thing in ASKED
    ]
    rows.sort(key=lambda row: -row["unknown"])
    waiting = by_decision(release, filters)["needs_review"]
    columns = (
        Column("name", "What is asked"),
        Column("unknown", "Awards without it", "count"),
        Column("share", "Share of the awards", "share"),
    )
    made = made_of(release, filters, "Unknown is neither no nor zero: it is in no sum.")
    if not awards:
        return nothing("unknowns", columns, made)
    drawn = bars(
        rows,
        lambda row: row["name"],
        value="unknown",
        words=lambda row: f"{row['unknown']:,}, {share(row['unknown'], awards)}",
        colour=lambda _row: UNKNOWN,
    )
    most = [row for row in rows if row["unknown"] == rows[0]["unknown"]]
    names = listed([row["name"].lower() for row in most])
    review = (
        f" {counted(waiting, 'award')} {'waits' if waiting == 1 else 'wait'} for a person to decide." if waiting else ""
    )
    return Exhibit(
        "unknowns",
        f"Most often unknown: {names}" if rows[0]["unknown"] else "Nothing that is asked of these awards is unknown",
        f"{_amount_and_year(found, awards)}{review}",
        columns,
        rows,
        made,
        reading="Each bar is the number of awards of which something is not known.",
        drawing=drawn.drawing,
        drawn=drawn.drawn,
        behind=lambda row: _behind(filters, row),
    )


def _amount_and_year(found: Row, awards: int) -> str:
    if not found["amount"] and not found["year"]:
        return f"{_known(0, awards, 'amount and a known year')}."
    return f"{_known(found['amount'], awards, 'amount')}. {_known(found['year'], awards, 'year')}."


def _known(unknown: int, awards: int, thing: str) -> str:
    """Return how many awards lack a thing, or that none does: `12 of 38 awards have no known amount`."""
    if not unknown:
        return f"The award has a known {thing}" if awards == 1 else f"All {awards:,} awards have a known {thing}"
    return f"{unknown:,} of {counted(awards, 'award')} {'has' if unknown == 1 else 'have'} no known {thing}"


def _behind(filters: AwardFilters, row: Row) -> AwardFilters | None:
    narrowed = _NARROWED.get(row["thing"])
    return filters.narrowed(**narrowed) if narrowed else None


def _sources(release: Release, filters: AwardFilters) -> Exhibit:
    rows = [
        row | {"lacking": row["amount"] + row["rate"], "share": ratio(row["amount"] + row["rate"], row["awards"])}
        for row in unknowns_by_source(release, filters)
    ]
    total = award_total(release, filters)
    made = made_of(release, filters, "The source is that of the record that leads an award.", total=total)
    columns = (
        Column("source", "Source"),
        Column("awards", "Awards", "count"),
        Column("lacking", "Without an amount in US dollars", "count"),
        Column("share", "Share of these", "share"),
        *(Column(name, f"{NAMES[name]} unknown", "count") for name in ASKED if name not in ("amount", "rate")),
    )
    if not rows:
        return nothing("unknowns-by-source", columns, made)
    drawn = bars(
        sorted(rows, key=lambda row: -row["lacking"]),
        lambda row: row["source"],
        value="lacking",
        words=lambda row: f"{row['lacking']:,} of {row['awards']:,}",
        colour=lambda _row: UNKNOWN,
        nouns="sources",
    )
    lacking = [row for row in rows if row["lacking"]]
    without = total.amount_unknown + total.not_convertible
    return Exhibit(
        "unknowns-by-source",
        _sources_title(len(lacking), len(rows)),
        f"{_known(without, total.awards, 'amount in US dollars')}"
        + (f": {listed([row['source'] for row in sorted(lacking, key=lambda r: -r['lacking'])])}." if lacking else "."),
        columns,
        rows,
        made,
        reading="Each bar is the awards of one source that have no amount in US dollars.",
        drawing=drawn.drawing,
        drawn=drawn.drawn,
        drawn_note=drawn.drawn_note,
        behind=lambda row: filters.narrowed(source=(row["source"],)),
    )


def _sources_title(lacking: int, sources: int) -> str:
    if not lacking:
        return "Every source gives every amount"
    return f"{lacking:,} of {counted(sources, 'source')} {'leaves' if lacking == 1 else 'leave'} amounts unknown"


KINDS = (
    ExhibitKind("unknowns", "What is not known", "money", _things, order=70),
    ExhibitKind("unknowns-by-source", "Amounts not known, by source", "money", _sources, order=80),
)
