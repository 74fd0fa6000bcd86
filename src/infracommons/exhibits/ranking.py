"""Who or what leads: the exhibit of rows that are largest first, with ties, shares and the unknown told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from infracommons.exhibits.bars import ACCENT, UNKNOWN, bars
from infracommons.exhibits.columns import sums
from infracommons.exhibits.exhibit import Column, Exhibit
from infracommons.exhibits.findings import added, leaders, listed, nothing, ratio, share, sum_words
from infracommons.exhibits.made import made_of
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.awards import Total, award_total
from infracommons.insights.release import Release, Row
from infracommons.vocabulary.figures import counted, rounded

_FEW = 5


@dataclass(frozen=True)
class Ranking:
    """How rows are told. `key` is the column of the id, `unknown` what the row of id `unknown` is called.

    `verb` is past and says what a row did with money ("gave"). Where rows `overlap`, an award stands in several: they
    are not added up.
    """

    name: str
    noun: str
    nouns: str
    verb: str
    key: str
    unknown: str
    overlap: bool = False
    more: tuple[Column, ...] = ()
    notes: tuple[str, ...] = ()
    reading: str = ""


Behind = Callable[[Row], AwardFilters | None]


def ranked(ranking: Ranking, release: Release, filters: AwardFilters, rows: Sequence[Row], behind: Behind) -> Exhibit:
    """Return the exhibit of rows (`name`, the ranking's key, awards, counted, counted_usd), largest first."""
    total = award_total(release, filters)
    told = [_told(row, ranking, total) for row in rows]
    made = made_of(release, filters, *ranking.notes, total=total)
    columns = (
        Column("name", ranking.noun.capitalize()),
        *sums(filters),
        Column("share", "Share of the total", "share"),
        *ranking.more,
    )
    known = [row for row in told if row[ranking.key] != "unknown"]
    first = leaders(known)
    if not first:
        return nothing(ranking.name, columns, made, told, noun=ranking.noun)
    drawn = bars(
        told,
        lambda row: row["name"],
        nouns=ranking.nouns if len(known) == len(told) else "rows",
        colour=lambda row: UNKNOWN if row[ranking.key] == "unknown" else ACCENT,
    )
    return Exhibit(
        ranking.name,
        _title(ranking, known, first),
        _sentence(ranking, told, known, first, total),
        columns,
        told,
        made,
        reading=ranking.reading or f"Each bar is the money that one {ranking.noun} {ranking.verb}, in US dollars.",
        behind=behind,
        drawing=drawn.drawing,
        drawn=drawn.drawn,
        drawn_note=drawn.drawn_note,
        rounds=(total.counted_usd,),
    )


def _told(row: Row, ranking: Ranking, total: Total) -> Row:
    name = ranking.unknown if row[ranking.key] == "unknown" else row["name"]
    return row | {"name": name, "share": ratio(row["counted_usd"], total.counted_usd)}


def _title(ranking: Ranking, known: Sequence[Row], first: Sequence[Row]) -> str:
    names = listed([row["name"] for row in first])
    if len(known) == 1:
        return f"{names} is the only {ranking.noun} known here"
    return f"{names} {ranking.verb} most"


def _sentence(ranking: Ranking, told: Sequence[Row], known: Sequence[Row], first: Sequence[Row], total: Total) -> str:
    each = " each" if len(first) > 1 else ""
    leading = first[0]
    names = listed([row["name"] for row in first])
    part = share(leading["counted_usd"], total.counted_usd)
    sentence = f"{names} {ranking.verb} {sum_words(leading)}{each}, {part} of {rounded(total.counted_usd)}"
    if len(known) > _FEW and not ranking.overlap:
        few = share(added(known[:_FEW]), total.counted_usd)
        every = counted(len(known), ranking.noun, ranking.nouns)
        sentence += f"; the {_FEW} largest of {every} {ranking.verb} {few}"
    sentence += "."
    unknown = next((row for row in told if row[ranking.key] == "unknown"), None)
    if unknown:
        sentence += f" {ranking.unknown}: {counted(unknown['awards'], 'award')}, {rounded(unknown['counted_usd'])}."
    return sentence
