"""Runs several mechanisms on one input, sets them side by side, and draws the comparison."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from typing import Any

import vl_convert

from infracommons.commands.answers import as_object, in_units, say
from infracommons.commands.input_files import Given, read_inputs, read_json, told, unusable
from infracommons.commands.mechanisms import Run, allocated, known
from infracommons.exhibits.draw.inside import svg_that_says
from infracommons.exhibits.draw.theme import CONFIG, themed
from infracommons.methods import reading
from infracommons.methods.comparison import Compared, compare
from infracommons.methods.result import plain, refuse
from infracommons.vocabulary.problems import NotWrittenError

_VEGA_LITE = "6.4"
# What is drawn: the field, and what it is called; all but the last lie between 0 and 1.
_DRAWN = (
    ("gini", "Inequality (Gini)"),
    ("herfindahl", "Concentration (Herfindahl)"),
    ("satisfaction_mean", "Mean satisfaction"),
    ("regret_mean", "Mean regret"),
    ("transfers", "Transfers of money"),
)


def compare_mechanisms(inputs: Sequence[str], parameters: Path, chart: Path | None, *, as_json: bool) -> None:
    """Run what the file of parameters lists on the inputs, and print and draw the comparison."""
    done = _runs(inputs, parameters)
    some = next(iter(done.values()))
    with told(parameters):
        results = {label: one.result for label, one in done.items()}
        rows = compare(results, support(some.inputs), recipients(some.inputs), weights(some.inputs))
    if chart:
        _draw(rows, chart)
    said = {
        "compared": [{**plain(row), "decimal": _decimals(row)} for row in rows],
        "results": {label: as_object(one.mechanism.name, one.result) for label, one in done.items()},
        "chart": str(chart) if chart else None,
    }
    say([*_lines(rows, some.minor), *([f"Chart in {chart}"] if chart else [])], said, as_json=as_json)


def support(inputs: Any) -> dict[str, dict[str, Fraction]]:  # noqa: ANN401 - as each family has its inputs
    """Return who supports what, with weights, where inputs hold ballots or gifts; else nothing."""
    ballots = getattr(inputs, "ballots", ())
    if isinstance(ballots, Mapping):
        found = {str(voter): _positive(own) for voter, own in ballots.items()}
    else:
        found = {str(one.voter): _positive(one.points) or _by_rank(one.ranking) for one in ballots}
    for gift in getattr(inputs, "gifts", ()):
        own = found.setdefault(str(gift.donor), {})
        own[gift.project] = own.get(gift.project, Fraction(0)) + gift.amount
    return found


def weights(inputs: Any) -> dict[str, Fraction]:  # noqa: ANN401 - as each family has its inputs
    """Return how much each voter weighs, where ballots say so."""
    ballots = getattr(inputs, "ballots", ())
    return {} if isinstance(ballots, Mapping) else {str(one.voter): one.weight for one in ballots}


def _positive(weights: Mapping[str, Any]) -> dict[str, Fraction]:
    return {name: Fraction(weight) for name, weight in weights.items() if weight > 0}


def _by_rank(ranking: Sequence[str]) -> dict[str, Fraction]:
    """Return the last of k named with 1, the first with k."""
    return {name: Fraction(len(ranking) - place) for place, name in enumerate(ranking)}


def recipients(inputs: Any) -> list[str]:  # noqa: ANN401 - as each family has its inputs
    """Return the projects that inputs name, those too that no rule gives anything."""
    return [project if isinstance(project, str) else project.id for project in getattr(inputs, "projects", ())]


def _runs(inputs: Sequence[str], parameters: Path) -> dict[str, Run]:
    file = read_json(parameters)
    done: dict[str, Run] = {}
    with told(parameters):
        listed = reading.parts("", file, ("runs",))["runs"]
        if not isinstance(listed, list) or not listed:
            refuse("runs", listed, "must be a list of mechanisms with label and parameters")
        for number, one in enumerate(listed):
            _check(f"runs[{number}]", one, done)
            found = known(one["mechanism"])
            given: Given = read_inputs(inputs, found)
            label = one.get("label", one["mechanism"])
            said_in = f"{parameters}: runs[{number}].parameters"
            done[label] = allocated(found, given, ", ".join(inputs), one.get("parameters", {}), said_in)
    return done


def _check(where: str, one: object, done: Mapping[str, Run]) -> None:
    if not isinstance(one, Mapping):
        refuse(where, one, "must be an object with mechanism, label and parameters")
    for key in one:
        if key not in {"mechanism", "label", "parameters"}:
            refuse(f"{where}.{key}", one[key], "not known here; known are mechanism, label, parameters")
    for key, kind in (("mechanism", str), ("label", str), ("parameters", dict)):
        if not isinstance(one.get(key, kind()), kind):
            refuse(f"{where}.{key}", one[key], f"must be {'an object' if kind is dict else 'text'}")
    if "mechanism" not in one:
        refuse(f"{where}.mechanism", None, "is missing")
    if one.get("label", one["mechanism"]) in done:
        refuse(f"{where}.label", one.get("label", one["mechanism"]), "another run has this label")


def _decimals(row: Compared) -> dict[str, float | None]:
    return {name: float(value) for name, value in asdict(row).items() if isinstance(value, Fraction)}


def _lines(rows: Iterable[Compared], minor: int) -> list[str]:
    lines = []
    for row in rows:
        lines += [
            f"{row.label} ({row.method}): {in_units(row.total * minor)} to {row.winners}",
            (
                f"  inequality (Gini, 0 to 1): {_shown(row.gini)}; concentration (Herfindahl, 0 to 1): "
                f"{_shown(row.herfindahl)}"
            ),
            (
                f"  satisfaction: mean {_shown(row.satisfaction_mean)}, least {_shown(row.satisfaction_least)}; "
                f"left out: {'not known' if row.left_out is None else row.left_out}"
                f"{'' if not row.left_out else f' ({_shown(row.left_out_part)} of all weight)'}"
            ),
            (
                f"  regret of supporters: mean {_shown(row.regret_mean)}, most {_shown(row.regret_most)}; "
                f"of a recipient, most: {in_units(row.recipient_regret_most * minor)}"
            ),
            f"  work: {row.amounts} amounts, {row.transfers} transfers",
            *([f"  does not hold: {', '.join(row.failing)}"] if row.failing else []),
        ]
    return lines


def _shown(value: Fraction | None) -> str:
    return "not known" if value is None else f"{float(value):.3f}"


def _draw(rows: Sequence[Compared], chart: Path) -> None:
    if chart.suffix.lower() != ".svg":
        unusable(chart, "the chart is an SVG file: let its name end with .svg")
    svg = vl_convert.vegalite_to_svg(json.dumps(_specification(rows)), vl_version=_VEGA_LITE)
    labels = ", ".join(row.label for row in rows)
    whole = svg_that_says(svg, "Mechanisms side by side", f"Compared on one input: {labels}.", "infracommons")
    try:
        chart.write_text(whole, encoding="utf-8")
    except OSError as error:
        message = f"{chart}: {error.strerror}"
        raise NotWrittenError(message) from error


def _specification(rows: Sequence[Compared]) -> dict[str, Any]:
    """Return one panel of bars for each measure that can be told, with the figure behind each bar."""
    values = [
        {"rule": row.label, "measure": words, "value": float(value), "words": f"{float(value):.3g}"}
        for name, words in _DRAWN
        for row in rows
        if (value := getattr(row, name)) is not None
    ]
    order = [row.label for row in rows]
    panels = [
        _panel(words, order, None if name == "transfers" else [0, 1])
        for name, words in _DRAWN
        if any(row["measure"] == words for row in values)
    ]
    whole = {"data": {"values": values}, "vconcat": panels, "config": {**CONFIG}}
    found: dict[str, Any] = themed(whole, "file")
    return found


def _panel(words: str, order: Sequence[str], domain: list[int] | None) -> dict[str, Any]:
    scale = {} if domain is None else {"scale": {"domain": domain}}
    x = {"field": "value", "type": "quantitative", "title": None, "axis": {"tickCount": 4}, **scale}
    y = {"field": "rule", "type": "nominal", "sort": list(order), "title": None}
    return {
        "title": {"text": words, "anchor": "start", "fontWeight": "normal"},
        "transform": [{"filter": {"field": "measure", "equal": words}}],
        "layer": [
            {"mark": "bar", "encoding": {"x": x, "y": y}},
            {
                "mark": {"type": "text", "align": "left", "dx": 4},
                "encoding": {"x": x, "y": y, "text": {"field": "words"}},
            },
        ],
        "width": 420,
    }
