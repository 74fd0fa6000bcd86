"""Water finds its level: the same parts as by clamping and sharing the rest until all fit."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.methods.filling import most_allowed, water_filled

_TURNS = 60


def by_halving(
    weights: dict[str, Fraction], total: int, floors: dict[str, int], caps: dict[str, int]
) -> dict[str, Fraction]:
    """Find the level by trying ever closer ones."""
    low, high = Fraction(0), Fraction(10**6)
    for _ in range(_TURNS):
        level = (low + high) / 2
        parts = {name: max(weight * level, Fraction(floors.get(name, 0))) for name, weight in weights.items()}
        parts = {name: min(part, Fraction(caps.get(name, 10**9))) for name, part in parts.items()}
        low, high = (level, high) if sum(parts.values()) < total else (low, level)
    return parts


@st.composite
def shared(draw: st.DrawFn) -> tuple[dict[str, Fraction], int, dict[str, int], dict[str, int]]:
    names = [f"p{number}" for number in range(draw(st.integers(1, 5)))]
    weights = {name: Fraction(draw(st.integers(0, 6)), draw(st.integers(1, 3))) for name in names}
    floors = {name: draw(st.integers(0, 20)) for name in names if draw(st.booleans())}
    caps = {name: floors.get(name, 0) + draw(st.integers(0, 40)) for name in names if draw(st.booleans())}
    return weights, draw(st.integers(0, 150)), floors, caps


@settings(max_examples=1000, deadline=None)
@given(case=shared())
def test_parts_add_up_between_floors_and_caps_at_one_level(
    case: tuple[dict[str, Fraction], int, dict[str, int], dict[str, int]],
) -> None:
    weights, total, floors, caps = case
    parts = water_filled(weights, total, floors, caps)
    most = most_allowed(weights, floors, caps)
    can = max(sum(floors.values()), total if most is None else min(total, most))
    assert sum(parts.values()) == (can if any(weights.values()) else sum(floors.values()))
    if sum(floors.values()) < total and any(weights.values()) and (most is None or total < most):
        close = by_halving(weights, total, floors, caps)
        assert all(abs(parts[name] - close[name]) < Fraction(1, 10**6) for name in weights)


def test_what_a_cap_cuts_off_goes_to_the_others() -> None:
    weights = {"a": Fraction(90), "b": Fraction(7), "c": Fraction(3)}
    assert water_filled(weights, 10, caps=dict.fromkeys(weights, 4)) == {"a": 4, "b": 4, "c": 2}
