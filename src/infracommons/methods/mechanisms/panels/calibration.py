"""Tells proposals, severity of reviewers and chance apart: y_ij = mu + theta_i + nu_j + lambda_ij + eps, by Gibbs.

Source of the model and its priors: R. Heyard, M. Ott, G. Salanti, M. Egger, Rethinking the Funding Line at the Swiss
National Science Foundation: Bayesian Ranking and Lottery, Statistics and Public Policy 9 (2022), and the R package
ERforResearch. lambda_ij (how a reviewer takes to one proposal) and eps are summed out: each pair has one score, so only
the sum of their variances can be seen.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special

from infracommons.methods.mechanisms.panels.reviews import Panel
from infracommons.methods.result import refuse

Array = NDArray[np.float64]
MOST = {"draws": 1_000_000, "burn_in": 1_000_000, "chains": 100}
TRIES = 1000  # more in a row means that the draws press against the end of the prior
MOST_KEPT = 50_000_000  # numbers kept of all draws


@dataclass(frozen=True)
class Spreads:
    """Standard deviations taken as known: of proposals, and of scores around proposal and reviewer."""

    proposals: float
    scores: float


@dataclass(frozen=True)
class Model:
    """severity_spread: prior standard deviation of a reviewer's severity, None for no prior (all are as likely).

    largest_spread: upper end of the uniform priors of the other spreads. by_pair: whether reviewers may take to a
    proposal (lambda). draws are kept of each of `chains` after `burn_in` are thrown away. known: spreads not estimated.
    """

    severity_spread: float | None
    largest_spread: float
    by_pair: bool
    draws: int
    burn_in: int
    chains: int
    seed: int
    known: Spreads | None = None

    def __post_init__(self) -> None:
        """Raise MethodInputError for spreads and numbers that cannot be."""
        for name, least in (("draws", 100), ("burn_in", 0), ("chains", 2), ("seed", 0)):
            if not least <= getattr(self, name) <= MOST.get(name, np.inf):
                words = f"must be at least {least}" + (f" and at most {MOST[name]}" if name in MOST else "")
                refuse(name, getattr(self, name), words)
        for name in ("severity_spread", "largest_spread"):
            value = getattr(self, name)
            if value is not None and not 0 < value < np.inf:
                refuse(name, value, "must be more than zero")


@dataclass(frozen=True)
class Posterior:
    """Draws: theta (chain, draw, proposal), nu (chain, draw, reviewer), tau and s (chain, draw)."""

    theta: Array
    nu: Array
    tau: Array
    s: Array

    def ranks(self) -> NDArray[np.int64]:
        """Return the rank of each proposal in each draw, 1 for the best: shape (all draws, proposals)."""
        flat = self.theta.reshape(-1, self.theta.shape[-1])
        return (-flat).argsort(axis=1).argsort(axis=1) + 1

    def worst_r_hat(self) -> float:
        """Return the largest ratio of spread between and within halves of chains over all proposals; near 1 is well.

        Of theta less its mean over proposals: the level alone is free to wander and no rank depends on it.
        """
        centred = self.theta - self.theta.mean(axis=2, keepdims=True)
        half = centred.shape[1] // 2
        halves = np.concatenate([centred[:, :half], centred[:, half : 2 * half]])
        within = halves.var(axis=1, ddof=1).mean(axis=0)
        between = halves.mean(axis=1).var(axis=0, ddof=1)
        return float(np.sqrt((half - 1) / half + between / np.maximum(within, 1e-300)).max())


def sample(panel: Panel, model: Model) -> Posterior:
    """Return draws of all that is not known, deterministic by seed.

    With no prior on severity the reviewers take up the level, so mu has no work to do; otherwise mu is the mean of the
    proposals' means, as in the source.
    """
    scores, present = panel.table()
    if model.draws * model.chains * (sum(scores.shape) + 2) > MOST_KEPT:
        refuse("draws", model.draws, f"are more than can be kept for {scores.shape[0]} proposals and these chains")
    level = float((scores.sum(1) / present.sum(1)).mean())
    centred = (scores - level) * present
    random = np.random.Generator(np.random.PCG64(model.seed))
    chains, (proposals, reviewers) = model.chains, scores.shape
    theta, nu = np.zeros((chains, proposals)), np.zeros((chains, reviewers))
    nu += centred.sum(0) / present.sum(0)
    tau = np.full(chains, min(1.0, model.largest_spread / 2))
    s = tau.copy()
    if model.known:
        tau[:], s[:] = model.known.proposals, model.known.scores
    kept: dict[str, list[Array]] = {"theta": [], "nu": [], "tau": [], "s": []}
    by_proposal, by_reviewer, squares = present.sum(1), present.sum(0), float((centred**2).sum())
    belief = 0.0 if model.severity_spread is None else model.severity_spread**-2
    for turn in range(model.burn_in + model.draws):
        weight = (s**-2)[:, None]
        precision = by_proposal * weight + (tau**-2)[:, None]
        about = (centred.sum(1) - nu @ present.T) * weight / precision
        theta = about + random.standard_normal(theta.shape) / np.sqrt(precision)
        precision = by_reviewer * weight + belief
        about = (centred.sum(0) - theta @ present) * weight / precision
        nu = about + random.standard_normal(nu.shape) / np.sqrt(precision)
        if not model.known:
            both = theta @ present  # the sum of squares of what is left, without a table for each chain
            rest = squares - 2 * theta @ centred.sum(1) - 2 * nu @ centred.sum(0) + 2 * (both * nu).sum(1)
            rest += theta**2 @ by_proposal + nu**2 @ by_reviewer
            s = _spread(random, rest, present.sum(), model, by_pair=model.by_pair)
            tau = _spread(random, (theta**2).sum(1), proposals, model, by_pair=False)
        if turn >= model.burn_in:
            for name, value in (("theta", theta), ("nu", nu), ("tau", tau), ("s", s)):
                kept[name].append(value)
    return Posterior(**{name: np.stack(values, axis=1) for name, values in kept.items()})


def _spread(random: np.random.Generator, squares: Array, number: float, model: Model, *, by_pair: bool) -> Array:
    """Return draws of a standard deviation given the sum of squares of so many normal deviations.

    Uniform from 0 to c: 1/s^2 is a gamma draw cut off below at c^-2. Where s^2 is the sum of two variances whose roots
    are uniform from 0 to c, the prior of s is proportional to s times the angle of the circle of that radius that lies
    in the square: a gamma draw of half a degree less, kept with the chance angle / (pi / 2).
    """
    most = model.largest_spread * (np.sqrt(2) if by_pair else 1)
    shape = (number - (2 if by_pair else 1)) / 2
    rate = np.maximum(squares, 1e-12) / 2
    found = np.zeros_like(squares)
    open_ = np.ones(len(squares), dtype=bool)
    for _ in range(TRIES):
        tail = special.gammaincc(shape, rate[open_] * most**-2)
        level = random.random(int(open_.sum())) * tail
        drawn = (special.gammainccinv(shape, np.maximum(level, 1e-300)) / rate[open_]) ** -0.5
        drawn = np.minimum(drawn, most)
        ratio = np.minimum(model.largest_spread / drawn, 1)
        angle = 1 - 4 / np.pi * np.arccos(ratio) if by_pair else np.ones_like(drawn)
        keep = random.random(len(drawn)) < angle
        places = np.flatnonzero(open_)[keep]
        found[places] = drawn[keep]
        open_[places] = False
        if not open_.any():
            return found
    return refuse("largest_spread", model.largest_spread, "is too small for marks that lie so far apart")


def summary(panel: Panel, posterior: Posterior) -> dict[str, Any]:
    """Return severity of reviewers, shrunken proposal effects, and the part of variance that is of proposals (ICC)."""
    tau, s = posterior.tau, posterior.s
    nu = posterior.nu - posterior.nu.mean(axis=2, keepdims=True)
    severity = {
        name: {"mean": float(nu[:, :, at].mean()), "spread": float(nu[:, :, at].std())}
        for at, name in enumerate(panel.reviewers)
    }
    variance = nu.var(axis=2)
    return {
        "severity": severity,
        "effects": dict(zip(panel.proposals, posterior.theta.mean((0, 1)).tolist(), strict=True)),
        "part_of_variance_by_proposals": float((tau**2 / (tau**2 + variance + s**2)).mean()),
        "worst_r_hat": posterior.worst_r_hat(),
    }
