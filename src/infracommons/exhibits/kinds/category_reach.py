"""How far the awards reach into each category of infrastructure: bars that overlap and are never added up."""

from collections.abc import Mapping

from infracommons.exhibits.bars import ACCENT, UNKNOWN, amount, bars
from infracommons.exhibits.columns import sums
from infracommons.exhibits.exhibit import Column, Exhibit, ExhibitKind
from infracommons.exhibits.findings import first_upper, leaders, listed, nothing, ratio, share, sum_words
from infracommons.exhibits.made import made_of
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.awards import award_total
from infracommons.insights.category_names import category_names
from infracommons.insights.reach import category_reach, several_categories
from infracommons.insights.release import Release, Row
from infracommons.vocabulary.figures import counted, words

NAME = "category-reach"
_OVERLAP = "An infrastructure may be in several categories and an award may support several: rows are never added up."


def _ask(release: Release, filters: AwardFilters) -> Exhibit:
    total, names = award_total(release, filters), category_names(release)
    rows = [
        row | {"name": _name(row, names), "reach": ratio(row["awards"], total.awards)}
        for row in category_reach(release, filters)
    ]
    made = made_of(release, filters, _OVERLAP, total=total)
    columns = (
        Column("name", "Category"),
        *sums(filters),
        Column("reach", "Share of all awards", "share"),
        Column("infrastructures", "Infrastructures", "count"),
    )
    first = leaders([row for row in rows if row["category_code"] != "unknown"])
    if not first:
        return nothing(NAME, columns, made, rows, noun="category")
    drawn = bars(
        rows,
        lambda row: row["name"],
        nouns="categories",
        words=lambda row: f"{amount(row)}, {counted(row['awards'], 'award')}",
        colour=lambda row: UNKNOWN if row["category_code"] == "unknown" else ACCENT,
    )
    several = several_categories(release, filters)
    leading = listed([row["name"] for row in first])
    return Exhibit(
        NAME,
        f"More money reaches {leading} than any other category" if len(rows) > 1 else f"All of it reaches {leading}",
        f"{leading}: {sum_words(first[0])}, {share(first[0]['awards'], total.awards)} of the awards. "
        f"{counted(several, 'award')} of {total.awards:,} {'reaches' if several == 1 else 'reach'} more than one "
        "category and stand in each, so the bars overlap and do not add up to a total.",
        columns,
        rows,
        made,
        reading="Each bar stands alone: the money of the awards that reach an infrastructure of the category.",
        drawing=drawn.drawing,
        drawn=drawn.drawn,
        drawn_note=drawn.drawn_note,
        behind=lambda row: _behind(filters, row),
    )


def _name(row: Row, names: Mapping[str, str]) -> str:
    code = row["category_code"]
    return "Category unknown" if code == "unknown" else first_upper(names.get(code) or words(code))


def _behind(filters: AwardFilters, row: Row) -> AwardFilters | None:
    return None if row["category_code"] == "unknown" else filters.narrowed(category=(row["category_code"],))


KINDS = (ExhibitKind(NAME, "Which categories the awards reach", "kinds", _ask, order=40),)
