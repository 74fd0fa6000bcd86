"""Runs a matching round: gifts and rules in; what each project is paid, how it came about, and what was proved, out."""

from collections.abc import Mapping
from fractions import Fraction
from math import sqrt
from typing import Any

from infracommons.methods.filling import water_filled
from infracommons.methods.mechanisms.quadratic.gifts import Amount, Round, Rules, counted
from infracommons.methods.mechanisms.quadratic.matches import DIGITS, GRAIN, KEPT, Counted, ideal_matches
from infracommons.methods.mechanisms.quadratic.payout import in_minor_units, scaled, to_pay
from infracommons.methods.result import Certificate, Check, Result, Step


def allocate(inputs: Round, parameters: Rules) -> Result:
    """Return the match of each project in minor units: never more than the pool together."""
    own = counted(inputs, parameters)
    ideal = ideal_matches(inputs, parameters, own)
    total = to_pay(ideal, inputs.pool, saturate=parameters.saturate)
    before_caps = scaled(ideal, total)
    exact = _capped(ideal, before_caps, total, parameters)
    amounts = in_minor_units(exact)
    matches = {
        project: _story(project, own, ideal[project], before_caps[project], amounts[project], parameters)
        for project in inputs.projects
    }
    return Result(
        method="quadratic",
        parameters=parameters.recorded(),
        amounts=amounts,
        trace=_trace(inputs, own, ideal, total, amounts),
        certificate=_certificate(inputs, parameters, own, ideal, amounts),
        selected=tuple(project for project in inputs.projects if amounts[project]),
        losers={project: _loss(own[project], matches[project]) for project in inputs.projects if not amounts[project]},
        details={
            "matches": matches,
            "ideal_total": sum(ideal.values(), Fraction(0)),
            "not_handed_out": inputs.pool - sum(amounts.values()),
            "precision": _precision(parameters),
        },
    )


def _capped(
    ideal: Mapping[str, Fraction], before: Mapping[str, Fraction], total: Fraction, rules: Rules
) -> dict[str, Fraction]:
    if rules.cap is None:
        return dict(before)
    if rules.cap_excess == "to_others":
        return water_filled(ideal, total, caps=dict.fromkeys(ideal, rules.cap))
    return {project: min(part, Fraction(rules.cap)) for project, part in before.items()}


def _precision(rules: Rules) -> str:
    if rules.formula == "quadratic":
        return f"square roots are cut off after {DIGITS} binary digits, matches rounded to {KEPT}; all else is exact"
    return f"worked out in floating point, then rounded to 1/{GRAIN} of a minor unit; all that follows is exact"


def _story(project: str, own: Counted, ideal: Fraction, scaled_to: Fraction, paid: int, rules: Rules) -> dict[str, Any]:
    """Return how the match of a project came about, with what one more donor would add to its ideal match."""
    gifts = own[project]
    found: dict[str, Any] = {
        "donors": len(gifts),
        "given": Fraction(sum(gifts.values())),
        "ideal": ideal,
        "scaled_to_pool": scaled_to,
        "held_by_cap": rules.cap is not None and scaled_to > rules.cap,
        "paid": paid,
    }
    if rules.formula == "quadratic":
        roots = sum(sqrt(amount) for amount in gifts.values())
        typical: Amount = sorted(gifts.values())[len(gifts) // 2] if gifts else 0
        found["one_more_donor"] = {"gift": typical, "adds_to_ideal": round(2 * sqrt(typical) * roots)}
    words = f"{len(gifts)} donors gave {_money(found['given'])}; the formula asks for {_money(ideal)} on top"
    if scaled_to != ideal:
        words += f", which is {_money(scaled_to)} of this pool"
    if paid != scaled_to:
        words += f"; {_money(Fraction(paid))} are paid after {'the cap and ' if rules.cap is not None else ''}rounding"
    return found | {"words": words}


def _money(minor_units: Amount) -> str:
    return f"{float(minor_units) / 100:,.2f}"


def _loss(gifts: Mapping[str, Amount], story: Mapping[str, Any]) -> dict[str, Any]:
    if not gifts:
        return {"why": "nobody's gift counts", "would_have_sufficed": "gifts that count from two donors"}
    if len(gifts) == 1:
        gift = next(iter(gifts.values()))
        return {
            "why": "one donor only: a match is for pairs of donors",
            "would_have_sufficed": f"a second donor; with a gift as large the ideal match is {_money(2 * gift)}",
        }
    return {"why": "the match is less than half of a minor unit, or the pool is empty", "ideal": story["ideal"]}


def _trace(
    round_: Round, own: Counted, ideal: Mapping[str, Fraction], total: Fraction, amounts: Mapping[str, int]
) -> tuple[Step, ...]:
    counting = sum(len(gifts) for gifts in own.values())
    return (
        Step("gifts that count, added up by donor and project", {"gifts": len(round_.gifts), "counting": counting}),
        Step("ideal matches by the formula", dict(ideal)),
        Step("money to hand out of the pool before caps", {"pool": round_.pool, "to_hand_out": total}),
        Step("paid in minor units", dict(amounts)),
    )


def _certificate(
    round_: Round, rules: Rules, own: Counted, ideal: Mapping[str, Fraction], amounts: Mapping[str, int]
) -> Certificate:
    paid, wanted = sum(amounts.values()), sum(ideal.values(), Fraction(0))
    over = {project: amount for project, amount in amounts.items() if rules.cap is not None and amount > rules.cap}
    saturated = wanted >= round_.pool or rules.saturate
    why = "the formula asks for less than the pool" if not saturated else "caps, or no project with two donors, hold it"
    checks = [
        Check("not_more_than_the_pool", paid <= round_.pool, f"{paid} of {round_.pool} minor units are paid"),
        Check(
            "pool_handed_out",
            paid == round_.pool,
            "the whole pool is paid" if paid == round_.pool else f"{round_.pool - paid} minor units are left: {why}",
            None if paid == round_.pool else round_.pool - paid,
        ),
        Check("none_negative", min(amounts.values(), default=0) >= 0, "no project is paid less than nothing"),
        Check("caps_kept", not over, "no project is above the cap" if not over else "above the cap", over or None),
        _one_donor(own, amounts, rules),
        _splitting(own, rules),
    ]
    return Certificate(tuple(checks))


def _one_donor(own: Counted, amounts: Mapping[str, int], rules: Rules) -> Check:
    """Say whether a project of one donor is matched: never by pairs of donors; by groups it can be."""
    matched = sorted(project for project, gifts in own.items() if len(gifts) < 2 and amounts[project])  # noqa: PLR2004
    words = "no project of a single donor is matched"
    if matched:
        words = "a donor in several groups counts as several voices"
    return Check("single_donors_bring_no_match", not matched, words, (matched, rules.groups) if matched else None)


def _splitting(own: Counted, rules: Rules) -> Check:
    """Say whether one person with two names would have brought more: under the plain formula always."""
    name = "two_names_bring_no_more"
    if rules.formula != "quadratic":
        return Check(name, None, "not told here: `split_attack` measures it for a donor and a number of names")
    largest = max(((max(gifts.values()), project) for project, gifts in own.items() if gifts), default=None)
    if largest is None:
        return Check(name, holds=True, words="there are no gifts to split")
    gift, project = largest
    words = "one donor who gives under two names raises the ideal match: sqrt(c/2) + sqrt(c/2) is more than sqrt(c)"
    return Check(name, holds=False, words=words, witness={"project": project, "gift": gift})
