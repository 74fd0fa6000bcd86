"""What the catalogue says of infrastructures: practices by status; how often licences, countries and forms occur."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from infracommons.exhibits.exhibit import Column, Exhibit, ExhibitKind
from infracommons.exhibits.findings import UNKNOWN_IS_NOT_NO, first_upper, leaders, listed, nobody_said
from infracommons.exhibits.made import made_of_catalogue
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.characteristics import chosen, counts, known
from infracommons.insights.release import Release, Row
from infracommons.vocabulary.figures import counted

MOST_BARS = 20
STATUSES = {
    "available": "Available",
    "no_direct_costs": "No direct costs",
    "in_progress": "In progress",
    "considering": "Considering",
    "not_planning": "Not planning",
    "not_applicable": "Not applicable",
    "unknown": "Unknown",
}
_SHADES = ("token:direct", "token:accent", "token:adopt", "token:adjacent", "token:edge", "token:line", "token:sheet")
# The sixteen practices that the field's yearly report draws, by what they are about.
OPENNESS = {
    "code_repository": "Open code repository",
    "code_licence": "Code licence",
    "open_api": "Open API",
    "open_data": "Open data statement",
    "user_documentation": "User documentation",
    "product_roadmap": "Product roadmap",
}
COMMUNITY = {
    "code_of_conduct": "Code of conduct",
    "community_engagement": "Community engagement",
    "contribution_pathways": "Contribution pathways",
}
GOVERNANCE = {
    "governance_structure": "Governance structure",
    "governance_records": "Governance records",
    "bylaws": "Bylaws",
    "equity_and_inclusion": "Equity and inclusion",
    "privacy_policy": "Privacy policy",
    "web_accessibility": "Web accessibility",
    "pricing": "Transparent pricing",
}
PLANS = {
    "succession_plan": "Succession plan",
    "exit_and_export": "Exit and export",
    "sustainability_plan": "Sustainability plan",
}
_STATUS_COLUMNS = (
    Column("practice", "Practice"),
    *(Column(code, label, "count") for code, label in STATUSES.items()),
)
_STATUS_DRAWING: dict[str, Any] = {
    "height": {"step": 24},
    "transform": [
        {"fold": list(STATUSES), "as": ["status", "infrastructures"]},
        {"calculate": f"indexof({list(STATUSES)}, datum.status)", "as": "place"},
        {"calculate": f"{list(STATUSES.values())}[datum.place]", "as": "words"},
    ],
    "mark": {"type": "bar", "stroke": "token:edge", "strokeWidth": 0.5},
    "encoding": {
        "y": {"field": "practice", "type": "nominal", "sort": None, "axis": {"title": None}},
        "x": {
            "field": "infrastructures",
            "type": "quantitative",
            "axis": {"title": "Infrastructures", "tickMinStep": 1, "format": ",d"},
        },
        "order": {"field": "place"},
        "color": {
            "field": "words",
            "type": "nominal",
            "scale": {"domain": list(STATUSES.values()), "range": list(_SHADES)},
            "legend": {"title": None, "orient": "top", "columns": 4},
        },
    },
}
_VALUE_DRAWING = {
    "height": {"step": 22},
    "mark": {"type": "bar"},
    "encoding": {
        "y": {"field": "label", "type": "nominal", "sort": None, "axis": {"title": None}},
        "x": {
            "field": "infrastructures",
            "type": "quantitative",
            "axis": {"title": "Infrastructures", "tickMinStep": 1, "format": ",d"},
        },
    },
}
_UNKNOWN = {True: "{:,} is unknown", False: "{:,} are unknown"}


def _practices(name: str, about: str, items: Mapping[str, str], release: Release, filters: AwardFilters) -> Exhibit:
    total = chosen(release, filters)
    said: dict[str, dict[str, int]] = {code: {} for code in items}
    for row in counts(release, filters, list(items)):
        said[row["field"]][row["value"]] = row["infrastructures"]
    rows = [_practice(label, said[code], total) for code, label in items.items()]
    made = made_of_catalogue(release, filters)
    answered = sum(total - row["unknown"] for row in rows)
    if not total or not answered:
        return Exhibit(name, f"Nothing is known of {about} yet", nobody_said(total), _STATUS_COLUMNS, rows, made)
    available = sum(row["available"] for row in rows)
    return Exhibit(
        name,
        _most_available(rows, total),
        f"Of {counted(total, 'infrastructure')} and {len(items)} practices of {about}, "
        f"{answered:,} of {total * len(items):,} answers {'is' if answered == 1 else 'are'} known and "
        f"{available:,} {'says' if available == 1 else 'say'} available. {UNKNOWN_IS_NOT_NO}",
        _STATUS_COLUMNS,
        rows,
        made,
        reading="Each bar is all infrastructures, cut by what is said of the practice; the palest part is unknown.",
        drawing=_STATUS_DRAWING,
    )


def _most_available(rows: Sequence[Row], total: int) -> str:
    first = leaders(rows, "available")
    if not first:
        return "No practice is known to be available"
    names = listed([row["practice"] for row in first])
    return f"Most often available: {names}, {first[0]['available']:,} of {total:,}{' each' if len(first) > 1 else ''}"


def _practice(label: str, said: Mapping[str, int], total: int) -> Row:
    told = {code: said.get(code, 0) for code in STATUSES if code != "unknown"}
    return {"practice": label, **told, "unknown": total - sum(told.values())}


def _values(name: str, field: str, what: str, release: Release, filters: AwardFilters, *, several: bool) -> Exhibit:
    """Return how often each value of a field occurs; `several`: an infrastructure may stand in more than one bar."""
    total, told = chosen(release, filters), known(release, filters, [field])[field]
    rows = [row | {"label": _as_written(row["label"])} for row in counts(release, filters, [field])]
    columns = (Column("label", what.capitalize()), Column("infrastructures", "Infrastructures", "count"))
    made = made_of_catalogue(release, filters, *(("An infrastructure may stand in several rows.",) if several else ()))
    if not rows:
        return Exhibit(name, f"Nothing is known of the {what} yet", nobody_said(total), columns, rows, made)
    drawn = rows[:MOST_BARS]
    first = leaders(rows, "infrastructures")
    each = " each" if len(first) > 1 else ""
    return Exhibit(
        name,
        f"{listed([row['label'] for row in first])}: {first[0]['infrastructures']:,}{each} of the {told:,} "
        f"whose {what} is known",
        _known_of(what, told, total, len(rows)),
        columns,
        rows,
        made,
        reading="Each bar counts the infrastructures of which it is said.",
        drawing=_VALUE_DRAWING,
        drawn=drawn,
        drawn_note=f"The {len(drawn)} most frequent of {len(rows):,} are drawn." if len(drawn) < len(rows) else "",
    )


def _as_written(label: str) -> str:
    """Return a label that begins with a capital, unless it is written with capitals inside, as ePIC is."""
    return first_upper(label) if label.islower() else label


def _known_of(what: str, told: int, total: int, answers: int) -> str:
    of = "all" if told == total else f"{told:,} of"
    rest = f"; {_UNKNOWN[total - told == 1].format(total - told)}" if told < total else ""
    said = f"The {what} is known of {of} {counted(total, 'infrastructure')}"
    return f"{said}: {counted(answers, 'different answer')}{rest}."


def _launched(release: Release, filters: AwardFilters) -> Exhibit:
    name, field = "launched", "launched"
    total, told = chosen(release, filters), known(release, filters, [field])[field]
    columns = (Column("year", "Year of launch", "year"), Column("infrastructures", "Infrastructures", "count"))
    rows = sorted(
        ({"year": int(r["value"]), "infrastructures": r["infrastructures"]} for r in counts(release, filters, [field])),
        key=lambda row: row["year"],
    )
    made = made_of_catalogue(release, filters)
    if not rows:
        return Exhibit(name, "No year of launch is known yet", nobody_said(total), columns, rows, made)
    middle, first, last = _median(rows, told), rows[0]["year"], rows[-1]["year"]
    known_of = f"The year of launch is known of {told:,} of {counted(total, 'infrastructure')}"
    return Exhibit(
        name,
        f"At least half were launched by {middle}" if first < last else f"Launched in {first}",
        f"{known_of}: from {first} to {last}, half of them or more by {middle}."
        if first < last
        else f"{known_of}: {first}.",
        columns,
        rows,
        made,
        reading="Each bar counts the infrastructures launched in a year.",
        drawing={
            "height": 220,
            "mark": {"type": "bar"},
            "encoding": {
                "x": {
                    "field": "year",
                    "type": "quantitative",
                    "scale": {"zero": False, "padding": 8},
                    "axis": {"format": "d", "title": None, "tickCount": 8},
                },
                "y": _VALUE_DRAWING["encoding"]["x"],  # type: ignore[index]  # a mapping of mappings
            },
        },
    )


def _median(rows: Sequence[Row], told: int) -> int:
    running = 0
    for row in rows:
        running += row["infrastructures"]
        if 2 * running >= told:
            return int(row["year"])
    raise AssertionError


def _kind(name: str, label: str, ask: Any, order: int) -> ExhibitKind:  # noqa: ANN401 - an Ask
    return ExhibitKind(name, label, "catalogue", ask, order)


def _of(name: str, field: str, what: str, *, several: bool = False) -> Any:  # noqa: ANN401 - an Ask
    return partial(_values, name, field, what, several=several)


KINDS = (
    _kind(
        "status-items",
        "Which practices infrastructures have",
        partial(_practices, "status-items", "openness, community and governance", OPENNESS | COMMUNITY | GOVERNANCE),
        10,
    ),
    _kind("openness", "How open infrastructures are", partial(_practices, "openness", "openness", OPENNESS), 11),
    _kind(
        "community",
        "How infrastructures work with their communities",
        partial(_practices, "community", "community", COMMUNITY),
        12,
    ),
    _kind(
        "governance",
        "How infrastructures are governed",
        partial(_practices, "governance", "governance", GOVERNANCE),
        13,
    ),
    _kind("plans", "Who has a plan for the worst", partial(_practices, "plans", "what comes after", PLANS), 14),
    _kind("countries", "Where infrastructures are based", _of("countries", "country", "country"), 20),
    _kind("launched", "When infrastructures were launched", _launched, 21),
    _kind("licences", "Under which licences", _of("licences", "spdx_licence", "licence"), 22),
    _kind("categories", "What kinds of infrastructure", _of("categories", "categories", "category", several=True), 23),
    _kind(
        "business-forms",
        "In which form they run",
        _of("business-forms", "business_form", "business form", several=True),
        24,
    ),
    _kind(
        "revenue-sources",
        "What they live on",
        _of("revenue-sources", "revenue_sources", "source of revenue", several=True),
        25,
    ),
    _kind(
        "primary-funding",
        "What pays most of the costs",
        _of("primary-funding", "primary_funding_source", "primary funding source", several=True),
        26,
    ),
    _kind(
        "persistent-identifiers",
        "Which persistent identifiers they use",
        _of("persistent-identifiers", "persistent_identifiers", "persistent identifier", several=True),
        27,
    ),
)
