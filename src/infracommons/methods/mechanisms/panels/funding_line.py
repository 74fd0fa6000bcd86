"""Ranks proposals by expected rank and draws lots among those whose interval crosses the funding line.

Source: R. Heyard and others, Rethinking the Funding Line, Statistics and Public Policy 9 (2022), and ERforResearch.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from infracommons.methods.mechanisms.panels import draw
from infracommons.methods.mechanisms.panels.calibration import Model, sample, summary
from infracommons.methods.mechanisms.panels.draw import DrawRules
from infracommons.methods.mechanisms.panels.reviews import Panel
from infracommons.methods.result import Certificate, Check, Result, Step, refuse

IntervalEnds = Literal["whole_ranks", "between_ranks"]
WELL_MIXED = 1.05  # of the ratio of spreads between and within chains


@dataclass(frozen=True)
class LineRules:
    """fundable: how many can be paid; interval: the part of draws inside the interval of a rank (1/2 in the source).

    interval_ends: whole_ranks, the quantiles of ranks as they are, so that intervals jump by whole places; or
    between_ranks, half of the draws at a rank counted to either side of it (mid-distribution quantiles: Y. Ma, M. G.
    Genton, E. Parzen, Annals of the Institute of Statistical Mathematics 63, 2011), which moves smoothly.
    """

    model: Model
    fundable: int
    interval: Fraction
    interval_ends: IntervalEnds
    draw: DrawRules


@dataclass(frozen=True)
class Standing:
    """Where a proposal stands: expected rank (1 is best), its interval, and two ways to put it on one scale.

    sucra: 1 for sure of the first place, 0 for sure of the last; pcer: expected rank as a percentile.
    """

    expected_rank: float
    low: float
    high: float
    sucra: float
    pcer: float


def standings(
    panel: Panel, model: Model, interval: Fraction, ends: IntervalEnds = "whole_ranks"
) -> tuple[dict[str, Standing], dict[str, Any]]:
    """Return the standing of each proposal, and what else the model says."""
    if not 0 < interval < 1:
        refuse("interval", interval, "must be more than 0 and less than 1")
    posterior = sample(panel, model)
    ranks, number = posterior.ranks(), len(panel.proposals)
    edges = (float((1 - interval) / 2), float((1 + interval) / 2))
    low, high = np.quantile(ranks, edges, axis=0) if ends == "whole_ranks" else _between(ranks, edges)
    expected = ranks.mean(axis=0)
    found = {
        name: Standing(
            float(expected[at]),
            float(low[at]),
            float(high[at]),
            float((number - expected[at]) / (number - 1)),
            float(100 * (expected[at] - 0.5) / number),
        )
        for at, name in enumerate(panel.proposals)
    }
    return found, summary(panel, posterior)


def _between(ranks: NDArray[np.int64], edges: tuple[float, float]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the quantiles of ranks when half of the draws at a rank lie below it; never outside first and last."""
    number = ranks.shape[1]
    places = np.arange(1, number + 1)
    ends = np.empty((2, number))
    for at in range(number):
        part = np.bincount(ranks[:, at], minlength=number + 1)[1:] / len(ranks)
        ends[:, at] = np.interp(edges, np.cumsum(part) - part / 2, places)
    return ends[0], ends[1]


def chances(found: Mapping[str, Standing], fundable: int) -> dict[str, Fraction]:
    """Return the chance of each: 1 above the line, 0 below it, and an equal part of what is left for those on it.

    The line is the expected rank of the last that can be paid. On it is whose interval holds it, and that last one
    itself. Where all on the line can be paid there is no lottery.
    """
    order = sorted(found, key=lambda name: found[name].expected_rank)
    if fundable == 0:
        return dict.fromkeys(found, Fraction(0))
    if fundable >= len(order):
        return dict.fromkeys(found, Fraction(1))
    line = found[order[fundable - 1]].expected_rank
    on = [name for name in order if found[name].low <= line <= found[name].high or found[name].expected_rank == line]
    above = [name for name in order if name not in on and found[name].high < line]
    if len(above) >= fundable:  # an interval far from its mean; then all above the line are on it
        on, above = [*above, *on], []
    chance = min(Fraction(fundable - len(above), len(on)), Fraction(1))
    return {name: Fraction(1) if name in above else chance if name in on else Fraction(0) for name in found}


def allocate(inputs: Panel, parameters: LineRules) -> Result:
    """Return who is funded: those above the line, and those on it whom the draw picks."""
    if parameters.fundable < 0:
        refuse("fundable", parameters.fundable, "is negative")
    found, told = standings(inputs, parameters.model, parameters.interval, parameters.interval_ends)
    chance = chances(found, parameters.fundable)
    winners = draw.drawn(chance, parameters.draw.seed)
    means = inputs.means()
    by_mean = sorted(means, key=lambda name: (-means[name], name))[: parameters.fundable]
    by_rank = sorted(found, key=lambda name: found[name].expected_rank)[: parameters.fundable]
    on_line = [name for name in found if 0 < chance[name] < 1]
    return Result(
        method="panel_lottery",
        parameters=vars(parameters.model)
        | {"fundable": parameters.fundable, "interval": parameters.interval}
        | {"interval_ends": parameters.interval_ends}
        | draw.recorded(parameters.draw)
        | {"seed_of_draw": parameters.draw.seed, "seed": parameters.model.seed},
        amounts={name: amount if name in winners else 0 for name, amount in inputs.amounts.items()},
        trace=(
            Step("expected ranks", {name: one.expected_rank for name, one in found.items()}),
            Step("on the funding line", {"proposals": on_line, "places": parameters.fundable - _sure(chance)}),
            Step("drawn", {"winners": list(winners)}),
        ),
        certificate=Certificate((*_checks(inputs, told), *draw.checks(chance, winners, parameters.draw))),
        selected=tuple(name for name in inputs.proposals if name in winners),
        losers={
            name: draw.lost(chance[name]) | {"expected_rank": found[name].expected_rank, "low": found[name].low}
            for name in found
            if name not in winners
        },
        details={
            "standings": found,
            "chances": chance,
            "means": means,
            "only_by_plain_means": sorted(set(by_mean) - set(by_rank)),
            "only_by_expected_rank": sorted(set(by_rank) - set(by_mean)),
            "replay": draw.replay_script(chance, parameters.draw.seed),
            **told,
        },
        seed=parameters.model.seed,
    )


def _sure(chance: Mapping[str, Fraction]) -> int:
    return sum(one == 1 for one in chance.values())


def _checks(panel: Panel, told: Mapping[str, Any]) -> tuple[Check, ...]:
    parts = [sorted(one) for one in panel.parts()]
    counted = {(one.reviewer, one.proposal) for one in panel.counted}
    mixed = told["worst_r_hat"] < WELL_MIXED
    strangers = panel.strangers()
    known = "each conflict names somebody who reviewed and something that was reviewed"
    if strangers:
        known = "conflicts name people or proposals of which there is no review; look for misspelt names"
    words = "all proposals are tied together by shared reviewers" if len(parts) == 1 else "parts share no reviewer"
    return (
        Check("no_conflicted_review_counts", not (counted & panel.conflicts), "reviews with a conflict are left out"),
        Check("conflicts_name_who_is_there", not strangers, known, strangers or None),
        Check("proposals_comparable", len(parts) == 1, words, parts if len(parts) > 1 else None),
        Check("simulation_settled", mixed, f"ratio of spreads {told['worst_r_hat']:.3f}", None if mixed else told),
    )
