"""What infrastructures need money for, by theme: as people chose it, else as the words of their text state it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from infracommons.exhibits.exhibit import Column, Exhibit, ExhibitKind, LeftOut
from infracommons.exhibits.findings import first_upper, leaders, listed, nobody_said
from infracommons.exhibits.made import made_of_catalogue
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.characteristics import chosen, chosen_or_stated, tellers
from infracommons.insights.release import Release, Row
from infracommons.vocabulary.figures import counted
from infracommons.vocabulary.tables import NO_TERM_STATED

NAME = "needs"
_CHOICE, _TEXT = "need_themes", "funding_needs"  # fields of the catalogue
_NO_THEME = "A text that fits no theme"
_COLUMNS = (
    Column("theme", "Theme"),
    Column("infrastructures", "Infrastructures", "count"),
    Column("chosen", "By choice", "count"),
    Column("stated", "By the words of a text", "count"),
)
_WORDS = {"chosen": "Chosen by stewards or curators", "stated": "Coded from the text by words"}
_NOTES = (
    "Where people chose themes, their choice counts.",
    "Elsewhere the text on funding needs is coded by words: a theme counts if one of its words is there.",
    "The words of each theme are in the list of fields.",
    "An infrastructure may stand in several rows.",
)
_DRAWING: dict[str, Any] = {
    "height": {"step": 26},
    "transform": [
        {"fold": list(_WORDS), "as": ["how", "number"]},
        {"calculate": f"datum.how === 'chosen' ? '{_WORDS['chosen']}' : '{_WORDS['stated']}'", "as": "words"},
        {"filter": "datum.number > 0"},
    ],
    "mark": {"type": "bar", "stroke": "token:edge", "strokeWidth": 0.5},
    "encoding": {
        "y": {"field": "theme", "type": "nominal", "sort": None, "axis": {"title": None}},
        "x": {
            "field": "number",
            "type": "quantitative",
            "axis": {"title": "Infrastructures", "tickMinStep": 1, "format": ",d"},
        },
        "order": {"field": "how"},
        "color": {
            "field": "words",
            "type": "nominal",
            "scale": {"domain": list(_WORDS.values()), "range": ["token:accent", "token:accent 45"]},
            "legend": {"title": None},
        },
    },
}


def _needs(release: Release, filters: AwardFilters) -> Exhibit:
    total = chosen(release, filters)
    choosers, texts = tellers(release, filters, _CHOICE, _TEXT)
    said = [_row(row) for row in chosen_or_stated(release, filters, _CHOICE, _TEXT)]
    themes = [row for row in said if row["value"] != NO_TERM_STATED]
    none = [row | {"theme": _NO_THEME} for row in said if row["value"] == NO_TERM_STATED]
    unfit, silent = sum(row["stated"] for row in none), total - choosers - texts
    made = replace(
        made_of_catalogue(release, filters, *_NOTES),
        awards=total,
        counted=choosers + texts - unfit,
        left_out=tuple(
            LeftOut(number, words)
            for number, words in ((unfit, "the text fits no theme"), (silent, "unknown: nobody has said the needs"))
            if number
        ),
    )
    rows = [*themes, *none, *_unknown(silent)]
    if not themes:
        return Exhibit(
            NAME, "Nothing is known of funding needs by theme yet", _nothing(total, unfit), _COLUMNS, rows, made
        )
    return Exhibit(
        NAME,
        _title(themes, choosers + texts),
        _sentence(themes, choosers, texts, unfit, silent),
        _COLUMNS,
        rows,
        made,
        reading="Each bar counts the infrastructures of which the theme is said; pale is what words of a text say.",
        drawing=_DRAWING,
        drawn=[*themes, *none],
        drawn_note=f"{counted(silent, 'infrastructure')} of which nobody has said the needs are not drawn."
        if silent
        else "",
    )


def _row(row: Row) -> Row:
    return row | {"theme": first_upper(row["label"]), "infrastructures": row["chosen"] + row["stated"]}


def _unknown(silent: int) -> list[Row]:
    return [{"theme": "Unknown", "infrastructures": silent, "chosen": 0, "stated": 0}] if silent else []


def _title(themes: Sequence[Row], told: int) -> str:
    first = leaders(themes, "infrastructures")
    each = " each" if len(first) > 1 else ""
    names = listed([row["theme"] for row in first])
    return f"Needed most often: {names}, by {first[0]['infrastructures']:,}{each} of the {told:,} that say their needs"


def _nothing(total: int, unfit: int) -> str:
    if not unfit:
        return nobody_said(total)
    return f"Of {counted(unfit, 'infrastructure')} a text says the needs, but it fits no theme."


def _sentence(themes: Sequence[Row], choosers: int, texts: int, unfit: int, silent: int) -> str:
    first = leaders(themes, "infrastructures")
    second = leaders(themes[len(first) :], "infrastructures")
    each = " each" if len(second) > 1 else ""
    names = listed([row["theme"] for row in second])
    then = f"Then {names}, {second[0]['infrastructures']:,}{each}. " if second else ""
    chose = counted(choosers, "infrastructure") if choosers else "No infrastructure"
    how = f"{chose} chose themes; of {texts:,} a text was coded by its words"
    rest = f", {unfit:,} of which {'fits' if unfit == 1 else 'fit'} no theme" if unfit else ""
    unknown = f" Of {silent:,} the needs are unknown." if silent else ""
    return f"{then}{how}{rest}.{unknown}"


KINDS = (ExhibitKind(NAME, "What they need money for", "catalogue", _needs, order=27),)
