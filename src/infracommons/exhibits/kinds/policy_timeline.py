"""When policies on open research were adopted and came into force, region by region."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from infracommons.exhibits.definitions import definitions
from infracommons.exhibits.exhibit import Column, Exhibit, ExhibitKind, Made
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.policies.finding import finding
from infracommons.insights.policies.load import Policies, load_policies
from infracommons.insights.policies.timeline import ADOPTED, ENDED, IN_FORCE, Span, timeline
from infracommons.insights.release import Release, Row
from infracommons.vocabulary.policies import Instrument

NAME = "policy-timeline"
_DEFINED = (
    "Read from the policies that experts wrote down, not from awards: filters of awards change nothing here.",
    "A day known by month or year only is drawn at its beginning; an unknown one is not drawn.",
    "Listed is not endorsed, and this is no legal advice.",
)
_COLUMNS = (
    Column("policy", "Policy"),
    Column("region", "Region"),
    Column("kind", "Kind"),
    Column("adopted", "Adopted"),
    Column("in_force", "In force"),
    Column("ended", "Ended"),
)
_DRAWING = {
    "height": {"step": 20},
    "mark": {"type": "point", "size": 70, "strokeWidth": 2, "opacity": 1},
    "encoding": {
        "row": {
            "field": "region",
            "type": "nominal",
            "sort": None,
            "header": {"title": None, "labelAngle": 0, "labelAnchor": "start", "labelOrient": "top", "labelPadding": 4},
        },
        "y": {"field": "policy", "type": "nominal", "sort": None, "axis": {"title": None, "grid": True}},
        "x": {
            "field": "day",
            "type": "temporal",
            "scale": {"nice": True},
            "axis": {"title": None, "format": "%Y", "tickCount": 6, "labelOverlap": True},
        },
        "shape": {
            "field": "what",
            "type": "nominal",
            "scale": {"domain": [ADOPTED, IN_FORCE, ENDED], "range": ["circle", "diamond", "cross"]},
            "legend": {"title": None, "orient": "top", "symbolStrokeColor": "token:ink"},
        },
        "color": {
            "field": "what",
            "type": "nominal",
            "scale": {
                "domain": [ADOPTED, IN_FORCE, ENDED],
                "range": ["token:unknown", "token:direct", "token:adjacent"],
            },
        },
    },
    "resolve": {"scale": {"y": "independent"}},
    "spacing": 26,
}


def policy_timeline(
    policies: Policies, instruments: Sequence[Instrument], release_id: str, filters: AwardFilters
) -> Exhibit:
    """Return the timeline of these policies; `release_id` and `filters` are only told on."""
    said = finding(policies, instruments)
    spans = timeline(policies, instruments)
    dated = [span for span in spans if span.days]
    drawn = [point for span in dated for point in _points(span, policies)]
    return Exhibit(
        NAME,
        said.title,
        said.sentence,
        _COLUMNS,
        [_row(span, policies) for span in spans],
        Made(release_id, filters, len(spans), len(dated), notes=_DEFINED, of="instrument"),
        reading="Each line is a policy; a circle is the day of adoption, a diamond the day from which it is in force, "
        "a cross the day on which it ended.",
        drawing=_DRAWING if drawn else None,
        drawn=drawn,
        drawn_note=f"{len(dated)} of {len(spans)} have a known day and are drawn." if len(dated) < len(spans) else "",
    )


def _row(span: Span, policies: Policies) -> Row:
    one = span.instrument
    return {
        "policy": one.short_title,
        "region": policies.regions[one.region].label,
        "kind": policies.kinds[one.kind].label,
        "adopted": span.adopted,
        "in_force": span.in_force,
        "ended": span.ended,
    }


def _points(span: Span, policies: Policies) -> list[Row]:
    region = policies.regions[span.instrument.region].label
    return [
        {"policy": span.instrument.short_title, "region": region, "what": what, "day": known.first}
        for what, known in span.days
    ]


def _ask(release: Release, filters: AwardFilters) -> Exhibit:
    policies = _defined(definitions())
    return policy_timeline(policies, tuple(policies.instruments.values()), release.release_id, filters)


@cache
def _defined(folder: Path) -> Policies:
    return load_policies(folder)


KINDS = (ExhibitKind(NAME, "Policies on open research over time", "catalogue", _ask, order=90),)
