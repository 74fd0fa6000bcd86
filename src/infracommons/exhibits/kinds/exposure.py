"""What would be missing without a funder, without the funders asked for, or without US federal money."""

from decimal import Decimal

from infracommons.exhibits.exhibit import Column, Exhibit, ExhibitKind, Made
from infracommons.exhibits.made import made_of
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.exposure import HALF, Leaving, dependence_on_each, without
from infracommons.insights.release import Release
from infracommons.vocabulary.figures import counted, percent, rounded

MOST_BARS = 25
_CAVEAT = "Known awards only: an infrastructure may have other income, such as fees, that no award shows."
_TWICE = "By the full amount, an award for several infrastructures stands in the money of each of them."
_ON_EACH = (
    Column("name", "Funder"),
    Column("counted_usd", "USD", "usd"),
    Column("infrastructures", "Infrastructures that it gives to", "count"),
    Column("dependent", "Of these, to which it gives half or more", "count"),
    Column("sole", "Of these, to which nobody else gives", "count"),
)
_LOSSES = (
    Column("name", "Infrastructure"),
    Column("counted_usd", "USD today", "usd"),
    Column("lost_usd", "USD lost", "usd"),
    Column("left_usd", "USD left", "usd"),
    Column("lost_share", "Share lost", "share"),
    Column("funders_left", "Funders left", "count"),
)
_BY_FUNDER = {
    "height": {"step": 22},
    "transform": [
        {"calculate": "datum.dependent - datum.sole", "as": "half or more"},
        {"calculate": "datum.infrastructures - datum.dependent", "as": "less than half"},
        {"calculate": "datum.sole", "as": "all"},
        {"fold": ["all", "half or more", "less than half"], "as": ["part", "number"]},
        {"calculate": "indexof(['all', 'half or more', 'less than half'], datum.part)", "as": "place"},
    ],
    "mark": {"type": "bar"},
    "encoding": {
        "y": {"field": "name", "type": "nominal", "sort": None, "axis": {"title": None}},
        "x": {
            "field": "number",
            "type": "quantitative",
            "axis": {"title": "Infrastructures to which it gives", "tickMinStep": 1, "format": ",d"},
        },
        "order": {"field": "place"},
        "color": {
            "field": "part",
            "type": "nominal",
            "scale": {
                "domain": ["all", "half or more", "less than half"],
                "range": ["token:adjacent", "token:direct", "token:line"],
            },
            "legend": {"title": "Part of their known money", "orient": "top"},
        },
    },
}
_BY_LOSS = {
    "height": {"step": 22},
    "mark": {"type": "bar"},
    "encoding": {
        "y": {"field": "name", "type": "nominal", "sort": None, "axis": {"title": None}},
        "x": {
            "field": "lost_share",
            "type": "quantitative",
            "scale": {"domain": [0, 1]},
            "axis": {"format": ".0%", "title": "Part of its known money that would be lost", "tickCount": 5},
        },
    },
}


def _on_each(release: Release, filters: AwardFilters) -> Exhibit:
    everyone = filters.narrowed(funder=())
    rows = dependence_on_each(release, filters)
    made = _made(release, everyone)
    depended_on = [row for row in rows if row["dependent"]]
    if not rows:
        return _nothing("exposure", _ON_EACH, _made(release, everyone))
    first = rows[0]
    title = (
        f"{counted(first['dependent'], 'infrastructure')} would lose half or more without {first['name']}"
        if depended_on
        else "No infrastructure gets half of its money from one funder"
    )
    drawn = rows[:MOST_BARS]
    return Exhibit(
        "exposure",
        title,
        f"Of {counted(len(rows), 'funder')}, {len(depended_on):,} "
        f"{'gives' if len(depended_on) == 1 else 'give'} half or more of the known money of at least one "
        f"infrastructure. {first['name']} gives {rounded(first['counted_usd'])} to "
        f"{counted(first['infrastructures'], 'infrastructure')}; {_of_them(first['sole'])} no other funder.",
        _ON_EACH,
        rows,
        made,
        reading="Each bar counts the infrastructures that a funder gives to, by how much of their money it is.",
        drawing=_BY_FUNDER,
        drawn=drawn,
        drawn_note=f"{len(drawn)} of {len(rows):,} funders are drawn: those on whom most depend."
        if len(drawn) < len(rows)
        else "",
        behind=lambda row: everyone.narrowed(funder=(row["funder"],), counted="yes"),
    )


def _without_asked(release: Release, filters: AwardFilters) -> Exhibit:
    name = "without-funder"
    if not filters.funder:
        return Exhibit(
            name,
            "Choose a funder",
            "Choose one funder or more in the filters to see what would be missing without them.",
            _LOSSES,
            [],
            _made(release, filters),
        )
    return _losses(release, filters, name, "asked", _names(release, filters))


def _without_federal(release: Release, filters: AwardFilters) -> Exhibit:
    return _losses(release, filters, "without-us-federal", "us_federal", "US federal money")


def _losses(release: Release, filters: AwardFilters, name: str, leaving: Leaving, gone: str) -> Exhibit:
    everyone = filters.narrowed(funder=())
    rows = without(release, filters, leaving)
    made = _made(release, everyone)
    if not rows:
        return _nothing(name, _LOSSES, made)
    hit = [row for row in rows if row["lost_usd"]]
    lost, whole = (sum((row[part] for row in rows), Decimal(0)) for part in ("lost_usd", "counted_usd"))
    half = sum(row["lost_share"] >= HALF for row in hit)
    drawn = hit[:MOST_BARS]
    return Exhibit(
        name,
        f"Without {gone}, {half:,} of {counted(len(rows), 'infrastructure')} would lose half or more"
        if hit
        else f"Nothing of this would be lost without {gone}",
        f"{rounded(lost)} of {rounded(whole)} ({percent(float(lost / whole))}) comes from there and reaches "
        f"{counted(len(hit), 'infrastructure')}; {_of_them(sum(not row['funders_left'] for row in hit))} no other "
        "known funder.",
        _LOSSES,
        rows,
        made,
        reading="Each bar is the part of an infrastructure's known money that would be gone.",
        drawing=_BY_LOSS if drawn else None,
        drawn=drawn,
        drawn_note=f"Drawn are {len(drawn)} of {len(hit):,}: those that would lose most."
        if len(drawn) < len(hit)
        else "",
        behind=lambda row: everyone.narrowed(infrastructure=(row["infrastructure_id"],), counted="yes"),
    )


def _made(release: Release, filters: AwardFilters) -> Made:
    return made_of(release, filters, _CAVEAT, *((_TWICE,) if filters.rule == "full" else ()))


def _names(release: Release, filters: AwardFilters) -> str:
    found = release.query(
        """
        SELECT coalesce(funder_organisation_id, 'unknown') AS funder, min(funder_name) AS name FROM award
        WHERE list_contains($funder::VARCHAR[], coalesce(funder_organisation_id, 'unknown'))
        GROUP BY funder ORDER BY name""",
        {"funder": list(filters.funder)},
    )
    return " and ".join(row["name"] for row in found)


def _nothing(name: str, columns: tuple[Column, ...], made: Made) -> Exhibit:
    said = "No award that matches has money that counts."
    return Exhibit(name, "Nothing could be lost", said, columns, [], made)


KINDS = (
    ExhibitKind("exposure", "On whom infrastructures depend", "risk", _on_each, 20, frozenset({"funder"})),
    ExhibitKind("without-funder", "Without this funder", "risk", _without_asked, 21, frozenset({"funder"})),
    ExhibitKind("without-us-federal", "Without US federal money", "risk", _without_federal, 22, frozenset({"funder"})),
)


def _of_them(number: int) -> str:
    return f"{number:,} of them {'has' if number == 1 else 'have'}"
