"""Sobol' indices: which weight or which uncertain value the gap between the first and the second option hangs on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from SALib.analyze import sobol as analysis
from SALib.sample import sobol as sampling

from infracommons.methods.decisions.models import Model
from infracommons.methods.decisions.table import Floats, Table
from infracommons.methods.result import refuse

MOST_SAMPLES = 2**16  # of each input; the tables of draws would not fit into memory beyond


@dataclass(frozen=True)
class Indices:
    """For each input: the part of the variance it causes alone (first) and with all its interactions (total).

    Parts of 1, by simulation, so that a zero may come out slightly below; `variance` is that of the output.
    """

    inputs: tuple[str, ...]
    first: tuple[float, ...]
    total: tuple[float, ...]
    variance: float
    samples: int
    seed: int


def sobol(function: Callable[[Floats], Floats], inputs: Sequence[str], bounds: Sequence[tuple[float, float]], *,
          samples: int, seed: int) -> Indices:  # fmt: skip
    """Return the indices of a function of (draws, inputs) whose inputs are uniform within bounds.

    `samples` is a power of 2; the function is worked out samples x (inputs + 2) times. An output that never changes
    has indices of 0. Source: Saltelli et al., Computer Physics Communications 181 (2010), as in SALib.
    """
    if samples < 2 or samples & (samples - 1):  # noqa: PLR2004
        refuse("sensitivity.sobol.samples", samples, "a power of 2, at least 2")
    problem = {"num_vars": len(inputs), "names": list(inputs), "bounds": [list(pair) for pair in bounds]}
    drawn = sampling.sample(problem, samples, calc_second_order=False, seed=seed)
    found = np.asarray(function(drawn), dtype=np.float64)
    if np.ptp(found) <= 1e-12 * max(1.0, float(np.abs(found).max())):
        nothing = (0.0,) * len(inputs)
        return Indices(tuple(inputs), nothing, nothing, 0.0, samples, seed)
    result = analysis.analyze(problem, found, calc_second_order=False, num_resamples=2, seed=seed)
    parts = [tuple(float(part) for part in result[key]) for key in ("S1", "ST")]
    return Indices(tuple(inputs), parts[0], parts[1], float(np.var(found)), samples, seed)


def gap_importance(model: Model, table: Table, weights: Floats, *, spread: float, samples: int, seed: int) -> Indices:
    """Return what the lead of the first option over the second hangs on.

    Inputs: each weight, from (1 - spread) to (1 + spread) times its value and then divided by their sum, and each value
    that is an interval. First and second are those at the given weights and the middles of intervals.
    """
    if len(table.options) < 2:  # noqa: PLR2004
        refuse("options", list(table.options), "two are needed for a gap")
    if not 0 < spread <= 1:
        refuse("sensitivity.sobol.spread", spread, "above 0 and at most 1")
    order = np.argsort(-model.merits(table, table.middle, weights), kind="stable")
    rows, columns = np.nonzero(table.low != table.high)
    # A weight of zero stays zero: it is no input.
    moving = np.flatnonzero(weights > 0) if np.count_nonzero(weights) > 1 else np.array([], dtype=int)
    names = [f"weight of {table.criteria[int(j)].criterion_id}" for j in moving]
    cells = zip(rows, columns, strict=True)
    names += [f"{table.criteria[int(j)].criterion_id} of {table.options[int(i)]}" for i, j in cells]
    bounds = [(float(weights[j]) * (1 - spread), float(weights[j]) * (1 + spread)) for j in moving]
    bounds += [(float(table.low[i, j]), float(table.high[i, j])) for i, j in zip(rows, columns, strict=True)]
    if not names:
        return Indices((), (), (), 0.0, samples, seed)

    def gap(drawn: Floats) -> Floats:
        drawn_weights = np.zeros((len(drawn), len(weights)))
        drawn_weights[:] = weights
        drawn_weights[:, moving] = drawn[:, : len(moving)]
        drawn_weights /= drawn_weights.sum(axis=1, keepdims=True)
        values = np.repeat(table.middle[None], len(drawn), axis=0)
        values[:, rows, columns] = drawn[:, len(moving) :]
        merits = model.merits(table, values, drawn_weights)
        return np.asarray(merits[:, order[0]] - merits[:, order[1]])

    return sobol(gap, names, bounds, samples=samples, seed=seed)
