"""A whole decision in one call: the ranking, what could change it, and a verdict in plain words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from infracommons.methods.decisions.break_even import BreakEven, break_even
from infracommons.methods.decisions.decision_form import Decision, read_decision
from infracommons.methods.decisions.importance import Indices, gap_importance
from infracommons.methods.decisions.models import Model
from infracommons.methods.decisions.rank_reversal import Flip, rank_reversals
from infracommons.methods.decisions.smaa import Acceptability, smaa
from infracommons.methods.decisions.stakeholders import Disagreement, consensus_weights, disagreement
from infracommons.methods.decisions.table import TIE, Floats, Table, dominated, ranks
from infracommons.methods.decisions.verdict import Findings, Verdict, verdict
from infracommons.methods.result import VERSION, Certificate, Check


@dataclass(frozen=True)
class Place:
    """One option's place: its published score, and the least and greatest it can have with what is not known.

    `low` and `high` are None where the scale is made by the options themselves and values are intervals.
    """

    option: str
    rank: int
    score: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class DecisionResult:
    """The answer: options by rank, with all that was chosen, tried out and checked.

    `weights` sum to 1 (their mean where there are several stakeholders); `by_stakeholder` are each one's.
    """

    method: str
    parameters: Mapping[str, Any]
    lower_is_better: bool
    weights: Mapping[str, float]
    by_stakeholder: Mapping[str, Mapping[str, float]]
    ranking: tuple[Place, ...]
    details: Mapping[str, Any]
    certificate: Certificate
    verdict: Verdict
    break_even: tuple[BreakEven, ...] | None = None
    rank_reversals: tuple[Flip, ...] | None = None
    smaa: Acceptability | None = None
    sobol: Indices | None = None
    stakeholders: Disagreement | None = None
    seed: int = 0
    version: str = VERSION
    scores: Mapping[str, float] = field(default_factory=dict)

    @property
    def winners(self) -> tuple[str, ...]:
        """Return the options of rank 1."""
        return tuple(one.option for one in self.ranking if one.rank == 1)


def run_decision(form: Mapping[str, Any]) -> DecisionResult:
    """Return the result of a decision as JSON has it (see DECISION_SCHEMA); MethodInputError names what is wrong."""
    return decide(read_decision(form))


def decide(decision: Decision) -> DecisionResult:
    """Return the result of a decision that was read."""
    model, table, asked = decision.model, decision.table, decision.sensitivity
    own = {name: found.values for name, found in decision.weights.items()}
    weights = consensus_weights(own)
    scores = model.scores(table, table.middle, weights)
    placed = ranks(scores.merit)
    span = score_span(model, table, weights)
    order = sorted(range(len(table.options)), key=lambda i: (placed[i], i))
    ranking = tuple(
        Place(table.options[i], placed[i], float(scores.score[i]), *((None, None) if span is None else _at(span, i)))
        for i in order
    )
    evens = tuple(break_even(model, table, weights)) if asked.break_even else None
    flips = tuple(rank_reversals(model, table, weights)) if asked.rank_reversal else None
    fixed = weights if asked.smaa_weights == "fixed" else None
    drawn = (
        smaa(model, table, draws=asked.smaa_draws, seed=decision.seed, order=asked.order, fixed=fixed)
        if asked.smaa_draws
        else None
    )
    hangs_on = (
        gap_importance(model, table, weights, spread=asked.spread, samples=asked.sobol_samples, seed=decision.seed)
        if asked.sobol_samples
        else None
    )
    people = disagreement(model, table, own) if "" not in own else None
    winners = tuple(one.option for one in ranking if one.rank == 1)
    findings = Findings(evens, flips, drawn, _could_win(ranking, lower=model.lower_is_better), _unlike(people, winners))
    names = [one.criterion_id for one in table.criteria]
    return DecisionResult(
        method=model.name,
        parameters=_parameters(decision),
        lower_is_better=model.lower_is_better,
        weights=dict(zip(names, map(float, weights), strict=True)),
        by_stakeholder={who: dict(zip(names, map(float, w), strict=True)) for who, w in own.items() if who},
        ranking=ranking,
        details=_named(scores.further, table),
        certificate=_certificate(decision, placed, flips),
        verdict=verdict(table, winners, findings, close=decision.close),
        break_even=evens,
        rank_reversals=flips,
        smaa=drawn,
        sobol=hangs_on,
        stakeholders=people,
        seed=decision.seed,
        scores=dict(zip(table.options, map(float, scores.score), strict=True)),
    )


def score_span(model: Model, table: Table, weights: Floats) -> tuple[Floats, Floats] | None:
    """Return the least and greatest published score of each option; None where they hang on the other options too."""
    if model.needs_others and not table.is_known:
        return None
    if not model.is_linear or model.needs_others:
        score = model.scores(table, table.middle, weights).score
        return score, score
    # Parts bend only at the ends, at the points of value functions and at expected values.
    bends = [[point for point, _ in one.points] + ([one.expected] if one.expected is not None else [])
             for one in table.criteria]  # fmt: skip
    most = max(map(len, bends))
    tried = [table.low, table.high]
    for turn in range(most):
        bend = np.array([own[turn] if turn < len(own) else np.nan for own in bends])
        tried.append(np.clip(np.where(np.isnan(bend), table.low, bend), table.low, table.high))
    parts = np.array([model.parts(table, values) for values in tried])
    least, most_merit = parts.min(axis=0) @ weights, parts.max(axis=0) @ weights
    return (-most_merit, -least) if model.lower_is_better else (least, most_merit)


def _at(span: tuple[Floats, Floats], place: int) -> tuple[float, float]:
    return float(span[0][place]), float(span[1][place])


def _could_win(ranking: tuple[Place, ...], *, lower: bool) -> tuple[str, ...]:
    """Return the options whose best possible score is better than the worst possible one of the first."""
    first = ranking[0]
    if first.low is None or first.high is None:
        return ()
    found = []
    for one in ranking[1:]:
        if one.low is None or one.high is None:
            continue
        if (first.high - one.low > TIE) if lower else (one.high - first.low > TIE):
            found.append(one.option)
    return tuple(found)


def _unlike(people: Disagreement | None, winners: tuple[str, ...]) -> tuple[str, ...]:
    if people is None:
        return ()
    return tuple(name for name, firsts in people.winners.items() if not set(firsts) & set(winners))


def _parameters(decision: Decision) -> dict[str, Any]:
    """Return all that was chosen, defaults too."""
    asked = decision.sensitivity
    return {
        **decision.model.parameters,
        "weighting": {name or "all": found.method for name, found in decision.weights.items()},
        "weights_given": {name or "all": found.given for name, found in decision.weights.items()},
        "criteria": decision.table.criteria,
        "intervals_ranked_at": "their middles",
        "sensitivity": asked,
        "close": decision.close,
    }


def _named(further: Mapping[str, Any], table: Table) -> dict[str, Any]:
    """Return the rule's further numbers by option, and by criterion within."""
    found: dict[str, Any] = {}
    for key, value in further.items():
        if not isinstance(value, np.ndarray):
            found[key] = value
        elif value.ndim == 1:
            found[key] = dict(zip(table.options, map(float, value), strict=True))
        else:
            names = [one.criterion_id for one in table.criteria]
            rows = ((map(float, row)) for row in value)
            found[key] = {o: dict(zip(names, row, strict=True)) for o, row in zip(table.options, rows, strict=True)}
    return found


def _certificate(decision: Decision, placed: tuple[int, ...], flips: tuple[Flip, ...] | None) -> Certificate:
    """Return what was checked of the weights, of dominance and of the options' influence on each other."""
    table, model = decision.table, decision.model
    checks = [
        Check(f"{one.name} ({who})" if who else one.name, one.holds, one.words, one.witness)
        for who, found in decision.weights.items()
        for one in found.checks
    ]
    wrong = [{"better": table.options[a], "ranked_above_it": table.options[b]}
             for a, b in dominated(table) if placed[a] > placed[b]]  # fmt: skip
    words = "No option ranks above one that is at least as good on every criterion."
    checks.append(Check("dominance", not wrong, words, wrong or None))
    if not model.needs_others:
        words = "By construction no option can turn the order of two others round: the scale is fixed beforehand."
        checks.append(Check("free_of_rank_reversal", holds=True, words=words))
    elif flips is None:
        checks.append(Check("free_of_rank_reversal", None, "Not looked at: this rule can turn orders round."))
    else:
        words = "Dropping or copying one option turned no order round."
        if flips:
            words = f"Dropping or copying one option turned {len(flips)} orders round: the options make this scale."
        checks.append(Check("free_of_rank_reversal", not flips, words, list(flips[:5]) or None))
    cells = int(np.sum(table.low != table.high))
    words = "Every value is known." if not cells else f"{cells} values are intervals or unknown."
    checks.append(Check("all_known", not cells, words))
    is_level = len(set(placed)) == 1 and len(placed) > 1
    words = "All options have the same score." if is_level else "Scores tell options apart."
    checks.append(Check("tells_options_apart", not is_level, words))
    return Certificate(tuple(checks))
