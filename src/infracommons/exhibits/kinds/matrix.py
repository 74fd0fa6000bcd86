"""Who gives to what: the money of the largest funders for the infrastructures that get most."""

from collections.abc import Sequence
from decimal import Decimal

from infracommons.exhibits.exhibit import Column, Exhibit, ExhibitKind
from infracommons.exhibits.made import made_of
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.matrix import MOST_FUNDERS, MOST_INFRASTRUCTURES, OTHERS, funders_by_infrastructure
from infracommons.insights.release import Release, Row
from infracommons.vocabulary.figures import counted, rounded

NAME = "matrix"
MOST = 15  # funders and infrastructures that are drawn
_COLUMNS = (
    Column("funder_name", "Funder"),
    Column("name", "Infrastructure"),
    Column("counted_usd", "USD", "usd"),
    Column("awards", "Awards", "count"),
    Column("counted", "Of these counted", "count"),
)
_SEVERAL = "An award for several infrastructures is in several rows, by the part that counts for each."
_TOGETHER = (
    f"All but the {MOST_FUNDERS} funders and {MOST_INFRASTRUCTURES} infrastructures with the most money stand together."
)
_ENCODING = {
    "x": {
        "field": "name",
        "type": "nominal",
        "sort": None,
        "axis": {"title": None, "orient": "top", "labelAngle": -45, "labelLimit": 160, "labelOverlap": False},
    },
    "y": {"field": "funder_name", "type": "nominal", "sort": None, "axis": {"title": None}},
}
_DRAWING = {
    "height": {"step": 26},
    "width": {"step": 34},
    "layer": [
        {
            "mark": {"type": "point", "filled": True, "color": "token:accent", "opacity": 0.85},
            "encoding": _ENCODING
            | {
                "size": {
                    "field": "counted_usd",
                    "type": "quantitative",
                    "scale": {"type": "linear", "rangeMin": 12, "rangeMax": 620, "domainMin": 0},
                    "legend": {"title": "USD", "format": ",.0f", "tickCount": 4, "symbolFillColor": "token:accent"},
                }
            },
        }
    ],
}


def _ask(release: Release, filters: AwardFilters) -> Exhibit:
    rows = funders_by_infrastructure(release, filters)
    is_long = any(OTHERS in (row["funder"], row["infrastructure_id"]) for row in rows)
    made = made_of(release, filters, _SEVERAL, *((_TOGETHER,) if is_long else ()))
    paid = [row for row in rows if row["counted_usd"] and OTHERS not in (row["funder"], row["infrastructure_id"])]
    if not paid:
        return Exhibit(NAME, "No money to show", "No award that matches has money that counts.", _COLUMNS, rows, made)
    funders, infrastructures = _largest(paid, "funder"), _largest(paid, "infrastructure_id")
    drawn = [
        row for row in paid if row["funder"] in funders[:MOST] and row["infrastructure_id"] in infrastructures[:MOST]
    ]
    first = paid[0]
    return Exhibit(
        NAME,
        f"The largest sum goes from {first['funder_name']} to {first['name']}",
        f"{counted(len(funders), 'funder')} and {counted(len(infrastructures), 'infrastructure')} meet in "
        f"{len(paid):,} of {len(funders) * len(infrastructures):,} possible pairs; the largest sum is "
        f"{rounded(first['counted_usd'])}.",
        _COLUMNS,
        rows,
        made,
        reading="The size of a dot is the money that a funder gives for an infrastructure; no dot, no money.",
        drawing=_DRAWING,
        drawn=drawn,
        drawn_note=_note(len(drawn), len(paid)),
        behind=lambda row: _behind(filters, row),
    )


def _behind(filters: AwardFilters, row: Row) -> AwardFilters | None:
    if OTHERS in (row["funder"], row["infrastructure_id"]):
        return None
    return filters.narrowed(funder=(row["funder"],), infrastructure=(row["infrastructure_id"],))


def _largest(rows: Sequence[Row], key: str) -> list[str]:
    sums: dict[str, Decimal] = {}
    for row in rows:
        sums[row[key]] = sums.get(row[key], Decimal(0)) + row["counted_usd"]
    return sorted(sums, key=lambda one: (-sums[one], one))


def _note(drawn: int, paid: int) -> str:
    if drawn == paid:
        return ""
    return f"Drawn are the {MOST} funders and {MOST} infrastructures with the most money: {drawn:,} of {paid:,} pairs."


KINDS = (ExhibitKind(NAME, "Which funder gives to which infrastructure", "givers", _ask, 60),)
