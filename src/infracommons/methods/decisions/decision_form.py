"""A whole decision as JSON has it: its schema, and how it is read, with the place of whatever is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from infracommons.methods.decisions.additive import Additive
from infracommons.methods.decisions.criteria_form import read_criterion
from infracommons.methods.decisions.form_parts import array, mapping, names_of, number, only, text, whole, words
from infracommons.methods.decisions.importance import MOST_SAMPLES
from infracommons.methods.decisions.models import Model
from infracommons.methods.decisions.normalisation import NORMALISATIONS
from infracommons.methods.decisions.promethee import Promethee2
from infracommons.methods.decisions.smaa import MOST_DRAWS
from infracommons.methods.decisions.spotis import Spotis
from infracommons.methods.decisions.table import Criterion, Table
from infracommons.methods.decisions.topsis import Topsis
from infracommons.methods.decisions.vikor import Vikor
from infracommons.methods.decisions.weights import Weights
from infracommons.methods.decisions.weights_form import WAYS, read_weights
from infracommons.methods.result import refuse

METHODS = ("additive", "spotis", "promethee_2", "topsis", "vikor")
PARTS = {"title", "method", "parameters", "options", "criteria", "performances", *WAYS, "sensitivity", "seed", "close"}


@dataclass(frozen=True)
class Sensitivity:
    """What is tried out around the answer. `order` are places of criteria, the most important first."""

    break_even: bool = True
    rank_reversal: bool = True
    smaa_draws: int = 0
    smaa_weights: str = "free"
    order: tuple[int, ...] = ()
    sobol_samples: int = 0
    spread: float = 0.25


@dataclass(frozen=True)
class Decision:
    """A decision that was read and can be worked out."""

    model: Model
    table: Table
    weights: Mapping[str, Weights]  # by stakeholder; "" where there are none
    sensitivity: Sensitivity = field(default_factory=Sensitivity)
    seed: int = 0
    close: float = 0.05  # a change of one weight by no more than this is a small one, in the verdict


def read_decision(form: Mapping[str, Any]) -> Decision:
    """Return the decision; MethodInputError names the place of what is missing, unknown or wrong."""
    if not isinstance(form, Mapping):
        refuse("decision", form, "an object was expected")
    only(form, "", PARTS)
    words(form.get("title", ""), "title")
    model = _model(text(form.get("method", "additive"), "method"), mapping(form.get("parameters", {}), "parameters"))
    options = names_of(form.get("options"), "options")
    criteria = tuple(
        read_criterion(mapping(one, f"criteria[{place}]"), f"criteria[{place}]")
        for place, one in enumerate(array(form.get("criteria"), "criteria"))
    )
    names = names_of([one.criterion_id for one in criteria], "criteria")
    table = _table(options, criteria, mapping(form.get("performances"), "performances"))
    close = number(form.get("close", 0.05), "close")
    if close < 0:
        refuse("close", close, "is negative")
    seed = whole(form.get("seed", 0), "seed", 0)
    return Decision(model, table, read_weights(form, names), _sensitivity(form, names), seed, close)


def _model(method: str, parameters: Mapping[str, Any]) -> Model:
    """Return the rule with its parameters."""
    takes = {"additive": {"normalisation"}, "topsis": {"normalisation"}, "vikor": {"v", "normalisation"}}
    if method not in METHODS:
        refuse("method", method, f"not one of {', '.join(METHODS)}")
    only(parameters, "parameters.", takes.get(method, set()))
    standard = {"additive": "anchors", "topsis": "vector", "vikor": "none"}.get(method, "none")
    way = text(parameters.get("normalisation", standard), "parameters.normalisation")
    allowed = {"anchors", *NORMALISATIONS} if method == "additive" else set(NORMALISATIONS)
    if way not in allowed:
        refuse("parameters.normalisation", way, f"not one of {', '.join(sorted(allowed))}")
    if method == "vikor":
        share = number(parameters.get("v", 0.5), "parameters.v")
        if not 0 <= share <= 1:
            refuse("parameters.v", share, "from 0 to 1")
        return Vikor(v=share, normalisation=way)
    models: dict[str, Model] = {"spotis": Spotis(), "promethee_2": Promethee2(), "topsis": Topsis(way),
                                "additive": Additive(way)}  # fmt: skip
    return models[method]


def _table(options: tuple[str, ...], criteria: tuple[Criterion, ...], form: Mapping[str, Any]) -> Table:
    """Return the table; a cell is a number, [low, high], or null for unknown, which stands for worst to best."""
    low, high = np.zeros((len(options), len(criteria))), np.zeros((len(options), len(criteria)))
    only(form, "performances.", set(options), "is not an option")
    for i, option in enumerate(options):
        row = mapping(form.get(option), f"performances.{option}")
        only(row, f"performances.{option}.", {one.criterion_id for one in criteria}, "is not a criterion")
        for j, one in enumerate(criteria):
            where = f"performances.{option}.{one.criterion_id}"
            if one.criterion_id not in row:
                refuse(where, None, "missing; write null where it is unknown")
            low[i, j], high[i, j] = _cell(row[one.criterion_id], one, where)
    return Table(options, criteria, low, high)


def _cell(value: object, criterion: Criterion, where: str) -> tuple[float, float]:
    if value is None:
        if criterion.worst is None or criterion.best is None:
            refuse(where, value, "unknown, and its criterion has no `worst` and `best` between which it must lie")
        return min(criterion.worst, criterion.best), max(criterion.worst, criterion.best)
    if isinstance(value, Sequence) and not isinstance(value, str):
        if len(value) != 2:  # noqa: PLR2004
            refuse(where, value, "an interval is two numbers, the lower first")
        low, high = number(value[0], f"{where}[0]"), number(value[1], f"{where}[1]")
        if low > high:
            refuse(where, value, "the lower number of an interval comes first")
        return low, high
    found = number(value, where)
    return found, found


def _sensitivity(form: Mapping[str, Any], names: tuple[str, ...]) -> Sensitivity:
    """Return what is to be tried out."""
    asked = mapping(form.get("sensitivity", {}), "sensitivity")
    only(asked, "sensitivity.", {"break_even", "rank_reversal", "smaa", "sobol"})
    switches = {}
    for key in ("break_even", "rank_reversal"):
        switches[key] = asked.get(key, True)
        if not isinstance(switches[key], bool):
            refuse(f"sensitivity.{key}", switches[key], "true or false was expected")
    draws, way, samples, spread = 0, "free", 0, 0.25
    order: tuple[int, ...] = ()
    if "smaa" in asked:
        smaa = mapping(asked["smaa"], "sensitivity.smaa")
        only(smaa, "sensitivity.smaa.", {"draws", "weights", "order"})
        draws = whole(smaa.get("draws", 10_000), "sensitivity.smaa.draws", 1, MOST_DRAWS)
        way = smaa.get("weights", "free")
        if way not in ("free", "ordered", "fixed"):
            refuse("sensitivity.smaa.weights", way, "not one of free, ordered, fixed")
        order = _order(smaa.get("order"), names) if way == "ordered" else ()
    if "sobol" in asked:
        sobol = mapping(asked["sobol"], "sensitivity.sobol")
        only(sobol, "sensitivity.sobol.", {"samples", "spread"})
        samples = whole(sobol.get("samples", 1024), "sensitivity.sobol.samples", 2, MOST_SAMPLES)
        spread = number(sobol.get("spread", 0.25), "sensitivity.sobol.spread")
    return Sensitivity(switches["break_even"], switches["rank_reversal"], draws, way, order, samples, spread)


def _order(form: object, names: tuple[str, ...]) -> tuple[int, ...]:
    """Return the places of criteria by importance."""
    order = [text(one, "sensitivity.smaa.order") for one in array(form, "sensitivity.smaa.order")]
    if sorted(order) != sorted(names):
        refuse("sensitivity.smaa.order", order, "names every criterion once, the most important first")
    return tuple(names.index(name) for name in order)
