"""Every ranking rule against a slow one, written from its paper in plain loops, on random tables."""

from fractions import Fraction
from math import exp, hypot
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.methods.decisions.decide import run_decision

NEEDS = {"usual": "", "u_shape": "q", "v_shape": "p", "level": "qp", "linear": "qp", "gaussian": "s"}
thousand = settings(max_examples=1000, deadline=None)
Rows = list[list[Fraction]]


@st.composite
def decisions(draw: st.DrawFn) -> tuple[Rows, list[Fraction], list[str], list[dict[str, Any]]]:
    """Draw rows of tenths, weights, directions and preference functions with their thresholds."""
    criteria, options = draw(st.integers(1, 3)), draw(st.integers(2, 4))
    tenths = st.integers(1, 60).map(lambda value: Fraction(value, 10))
    rows = draw(st.lists(st.lists(tenths, min_size=criteria, max_size=criteria), min_size=options, max_size=options))
    raw = draw(st.lists(st.integers(1, 5), min_size=criteria, max_size=criteria))
    directions = draw(st.lists(st.sampled_from(["max", "min"]), min_size=criteria, max_size=criteria))
    shapes = []
    for _ in range(criteria):
        shape, low, more = draw(st.sampled_from(sorted(NEEDS))), draw(st.integers(0, 20)), draw(st.integers(1, 20))
        limits = {"q": Fraction(low, 10), "p": Fraction(low + more, 10), "s": Fraction(more, 10)}
        shapes.append({"shape": shape} | {key: limits[key] for key in NEEDS[shape]})
    return rows, [Fraction(one, sum(raw)) for one in raw], directions, shapes


def asked(method: str, drawn: Any, **more: Any) -> Any:
    rows, weights, directions, shapes = drawn
    names = [f"c{place}" for place in range(len(weights))]
    criteria = [
        {"id": name, "direction": way, "preference": {key: str(value) for key, value in shape.items()}}
        for name, way, shape in zip(names, directions, shapes, strict=True)
    ]
    table = {f"A{i}": {name: str(row[j]) for j, name in enumerate(names)} for i, row in enumerate(rows)}
    return run_decision({
        "method": method, "options": list(table), "criteria": criteria, "performances": table,
        "weights": {name: str(weight) for name, weight in zip(names, weights, strict=True)},
        "sensitivity": {"break_even": False, "rank_reversal": False}, **more,
    })  # fmt: skip


def slow_preference(shape: dict[str, Any], ahead: Fraction) -> float:
    """Return how much an advantage counts, case by case as in Brans & Vincke (1985)."""
    if ahead <= 0:
        return 0.0
    q, p = shape.get("q", Fraction(0)), shape.get("p", Fraction(0))
    if shape["shape"] == "gaussian":
        return 1 - exp(-float(ahead**2 / (2 * shape["s"] ** 2)))
    if shape["shape"] in {"usual", "u_shape"}:
        return float(ahead > q)
    if shape["shape"] == "level":
        return 0.0 if ahead <= q else 0.5 if ahead <= p else 1.0
    return 0.0 if ahead <= q else 1.0 if ahead > p else float((ahead - q) / (p - q))


@thousand
@given(drawn=decisions())
def test_net_flows_are_those_of_all_pairs_one_by_one(drawn: Any) -> None:
    rows, weights, directions, shapes = drawn

    def prefers(one: list[Fraction], other: list[Fraction]) -> float:
        gaps = [a - b if way == "max" else b - a for a, b, way in zip(one, other, directions, strict=True)]
        return sum(
            float(weight) * slow_preference(shape, gap)
            for weight, shape, gap in zip(weights, shapes, gaps, strict=True)
        )

    flows = [sum(prefers(one, other) - prefers(other, one) for other in rows) / (len(rows) - 1) for one in rows]
    assert list(asked("promethee_2", drawn).scores.values()) == pytest.approx(flows, abs=1e-9)


@thousand
@given(drawn=decisions(), v=st.sampled_from(["0", "1/4", "1/2", "1"]))
def test_the_compromise_is_that_of_exact_fractions(drawn: Any, v: str) -> None:
    rows, weights, directions, _ = drawn
    losses = []
    for row in rows:
        own = []
        for place, weight in enumerate(weights):
            column = [one[place] for one in rows]
            best, worst = (max(column), min(column)) if directions[place] == "max" else (min(column), max(column))
            own.append(weight * (best - row[place]) / (best - worst) if best != worst else Fraction(0))
        losses.append(own)

    def spread(values: list[Fraction]) -> list[Fraction]:
        low, high = min(values), max(values)
        return [(value - low) / (high - low) if high > low else Fraction(0) for value in values]

    summed, greatest = [sum(own, Fraction(0)) for own in losses], [max(own) for own in losses]
    index = [
        Fraction(v) * a + (1 - Fraction(v)) * b for a, b in zip(spread(summed), spread(greatest), strict=True)
    ]  # fmt: skip
    order = sorted(range(len(rows)), key=lambda place: (index[place], place))
    lead = Fraction(1, len(rows) - 1)
    if index[order[1]] - index[order[0]] < lead:
        compromise = [place for place in order if index[place] - index[order[0]] < lead]
    elif summed[order[0]] == min(summed) or greatest[order[0]] == min(greatest):
        compromise = order[:1]
    else:
        compromise = order[:2]
    found = asked("vikor", drawn, parameters={"v": v})
    assert list(found.scores.values()) == pytest.approx([float(one) for one in index], abs=1e-9)
    assert set(found.details["compromise"]) == {f"A{place}" for place in compromise}


@thousand
@given(drawn=decisions())
def test_closeness_is_that_of_distances_one_by_one(drawn: Any) -> None:
    rows, weights, directions, _ = drawn
    columns = [[float(row[place]) for row in rows] for place in range(len(weights))]
    scaled = [[float(w) * x / hypot(*column) for x in column] for w, column in zip(weights, columns, strict=True)]
    ends = [(max(column), min(column)) if way == "max" else (min(column), max(column))
            for column, way in zip(scaled, directions, strict=True)]  # fmt: skip
    close = []
    for place in range(len(rows)):
        to_best, to_worst = (
            hypot(*(column[place] - end[side] for column, end in zip(scaled, ends, strict=True))) for side in (0, 1)
        )
        close.append(to_worst / (to_best + to_worst) if to_best + to_worst else 0.5)
    assert list(asked("topsis", drawn).scores.values()) == pytest.approx(close, abs=1e-9)
