"""Several stakeholders' weights side by side: who would choose what, how far apart they are, and over what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from infracommons.methods.decisions.models import Model
from infracommons.methods.decisions.table import Floats, Table, ranks


@dataclass(frozen=True)
class Disagreement:
    """Where stakeholders part.

    `ranks` by stakeholder and option; `distance` between every two, and `from_consensus`, are the part of pairs of
    options put in another order (0 agree throughout, 1 reversed; a draw against an order counts half).
    `criteria`: least, greatest and standard deviation of each weight; `options`: best and worst rank of each option.
    """

    ranks: Mapping[str, Mapping[str, int]]
    winners: Mapping[str, tuple[str, ...]]
    distance: Mapping[str, Mapping[str, float]]
    from_consensus: Mapping[str, float]
    criteria: Mapping[str, Mapping[str, float]]
    options: Mapping[str, Mapping[str, int]]


def order_distance(one: Sequence[int], other: Sequence[int]) -> float:
    """Return the part of pairs that two rankings order differently, a draw against an order counting half.

    Source: Kendall's distance, with draws as in Kemeny & Snell, Mathematical Models in the Social Sciences, 1962.
    """
    pairs = list(combinations(range(len(one)), 2))
    apart = [abs(_sign(one[a] - one[b]) - _sign(other[a] - other[b])) / 2 for a, b in pairs]
    return sum(apart) / len(pairs) if pairs else 0.0


def consensus_weights(weights: Mapping[str, Floats]) -> Floats:
    """Return the mean of the stakeholders' weights, each stakeholder counting alike."""
    return np.asarray(np.mean(list(weights.values()), axis=0))


def disagreement(model: Model, table: Table, weights: Mapping[str, Floats]) -> Disagreement:
    """Return the map of disagreement, at the middles of intervals."""
    found = {name: ranks(model.merits(table, table.middle, own)) for name, own in weights.items()}
    together = ranks(model.merits(table, table.middle, consensus_weights(weights)))
    stacked = np.array(list(weights.values()))
    names = table.options
    return Disagreement(
        ranks={name: dict(zip(names, own, strict=True)) for name, own in found.items()},
        winners={
            name: tuple(option for option, rank in zip(names, own, strict=True) if rank == 1)
            for name, own in found.items()
        },
        distance={a: {b: order_distance(found[a], found[b]) for b in found} for a in found},
        from_consensus={name: order_distance(own, together) for name, own in found.items()},
        criteria={
            one.criterion_id: {
                "least": float(stacked[:, j].min()),
                "greatest": float(stacked[:, j].max()),
                "standard_deviation": float(stacked[:, j].std()),
            }
            for j, one in enumerate(table.criteria)
        },
        options={
            name: {"best": min(own[i] for own in found.values()), "worst": max(own[i] for own in found.values())}
            for i, name in enumerate(names)
        },
    )


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
