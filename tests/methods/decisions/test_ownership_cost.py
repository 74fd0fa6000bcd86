from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.methods.decisions.cost_uncertainty import Lognormal, Pert, Triangular, draw_price, uncertain_cost
from infracommons.methods.decisions.ownership_cost import (
    Line,
    Plan,
    break_even_volume,
    growing,
    ownership_cost,
    priced,
    unit_cost,
)
from infracommons.methods.result import MethodInputError

F = Fraction
thousand = settings(max_examples=1000, deadline=None)


NOTHING = F(0)


def plan(*lines: Line, years: int = 5, discount: Fraction = NOTHING, pays_at: str = "end", volume: int = 10) -> Plan:
    return Plan(lines, years, {"users": (F(volume),) * years}, discount, pays_at)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    years = draw(st.integers(1, 4))
    lines = []
    for place in range(draw(st.integers(1, 3))):
        start = draw(st.integers(1, years))
        lines.append(
            Line(
                f"l{place}", draw(st.sampled_from(["fixed", "step", "variable"])), F(draw(st.integers(0, 1000))), start,
                draw(st.integers(start, years)), "users", F(3), F(draw(st.integers(-5, 20)), 100), draw(st.booleans()),
                draw(st.sampled_from(["running", "leaving"])),
            )
        )  # fmt: skip
    volumes = tuple(F(draw(st.integers(0, 20))) for _ in range(years))
    return Plan(
        tuple(lines),
        years,
        {"users": volumes},
        F(draw(st.integers(0, 20)), 100),
        draw(st.sampled_from(["start", "end"])),
    )


def test_a_level_cost_has_the_present_value_of_an_annuity() -> None:
    d, years = F(5, 100), 7
    found = ownership_cost(plan(Line("a", "fixed", F(1000)), years=years, discount=d))
    assert found.total == 1000 * (1 - (1 + d) ** -years) / d


def test_a_growing_cost_has_the_present_value_of_a_growing_annuity() -> None:
    d, g, years = F(5, 100), F(2, 100), 7
    found = ownership_cost(plan(Line("a", "fixed", F(1000), growth=g), years=years, discount=d))
    assert found.total == 1000 / (d - g) * (1 - ((1 + g) / (1 + d)) ** years)


def test_paying_at_the_start_is_worth_one_year_more() -> None:
    line = Line("a", "fixed", F(1000))
    end = ownership_cost(plan(line, discount=F(1, 10))).total
    assert ownership_cost(plan(line, discount=F(1, 10), pays_at="start")).total == end * F(11, 10)


@thousand
@given(drawn=plans())
def test_lines_sum_to_the_total_and_rounded_ones_to_the_rounded_total(drawn: Plan) -> None:
    for leaves in (False, True):
        found = ownership_cost(drawn, leaves=leaves)
        assert sum(found.present_value.values()) == found.total == found.cash + found.in_kind
        assert abs(sum(found.rounded().values()) - found.total) <= F(1, 2)


@thousand
@given(drawn=plans())
def test_twice_the_prices_are_twice_the_total_and_no_discount_is_the_plain_sum(drawn: Plan) -> None:
    twice = priced(drawn, [one.price * 2 for one in drawn.lines])
    assert ownership_cost(twice, leaves=True).total == 2 * ownership_cost(drawn, leaves=True).total
    plainly = ownership_cost(replace(drawn, discount=F(0)))
    assert plainly.total == sum(sum(row) for row in plainly.by_year.values())


def test_steps_are_paid_when_they_are_begun() -> None:
    for volume, steps in ((0, 0), (1, 1), (3, 1), (4, 2)):
        line = Line("a", "step", F(100), driver="users", step_size=F(3))
        assert ownership_cost(plan(line, years=1, volume=volume)).total == 100 * steps


def test_years_growth_and_volumes_of_a_line_are_kept() -> None:
    line = Line("a", "variable", F(10), start=2, end=3, driver="users", growth=F(1, 10))
    asked = Plan((line,), 4, {"users": growing(F(100), F(1, 2), 4)}, F(0), "end")
    assert list(ownership_cost(asked).by_year["a"]) == [0, 10 * F(11, 10) * 150, 10 * F(121, 100) * 225, 0]
    assert unit_cost(ownership_cost(asked), asked, "users") == ownership_cost(asked).total / F(1625, 2)


def test_the_cost_of_leaving_has_leaving_lines_and_what_is_committed() -> None:
    lines = (Line("contract", "fixed", F(100), committed_until=3),
             Line("export", "variable", F(2), driver="users", when="leaving"),
             Line("time", "fixed", F(30), is_in_kind=True))  # fmt: skip
    found = ownership_cost(plan(*lines))
    assert list(found.leaving) == [220, 120, 20, 20, 20]
    assert [found.cash, found.in_kind] == [500, 150]
    assert ownership_cost(plan(*lines), leaves=True).total == found.total + 20


@thousand
@given(
    fixed=st.tuples(st.integers(0, 999), st.integers(0, 999)), unit=st.tuples(st.integers(0, 99), st.integers(0, 99))
)
def test_the_break_even_volume_is_the_quotient_of_the_differences(fixed: Any, unit: Any) -> None:
    one, other = (plan(Line("f", "fixed", F(f)), Line("v", "variable", F(v), driver="users"), discount=F(3, 100))
                  for f, v in zip(fixed, unit, strict=True))  # fmt: skip
    found = break_even_volume(one, other, "users")
    expected = None if unit[0] == unit[1] else F(fixed[0] - fixed[1], unit[1] - unit[0])
    assert found == (None if expected is None or expected < 0 else expected)


def test_there_is_no_one_break_even_where_cost_goes_in_steps() -> None:
    steps = plan(Line("s", "step", F(1), driver="users"))
    with pytest.raises(MethodInputError, match="steps"):
        break_even_volume(steps, steps, "users")


def test_symmetric_prices_have_the_sure_cost_in_their_middle() -> None:
    asked = plan(Line("a", "fixed", F(100)), Line("b", "variable", F(7), driver="users"))
    found = uncertain_cost(asked, {"a": Triangular(50, 100, 150), "b": Pert(2, 7, 12)}, draws=40_000, seed=1)
    assert found.p50 == pytest.approx(float(ownership_cost(asked).total), rel=0.01)
    assert found.p10 < found.p50 < found.p90
    assert sum(found.drivers.values()) == pytest.approx(1)
    assert found == uncertain_cost(asked, {"a": Triangular(50, 100, 150), "b": Pert(2, 7, 12)}, draws=40_000, seed=1)


def test_each_distribution_has_its_published_mean_and_quantiles() -> None:
    generator = np.random.Generator(np.random.PCG64(2))
    assert draw_price(generator, Triangular(0, 3, 6), 100_000).mean() == pytest.approx(3, abs=0.02)
    assert draw_price(generator, Pert(0, 2, 12), 100_000).mean() == pytest.approx((0 + 4 * 2 + 12) / 6, abs=0.03)
    drawn = draw_price(generator, Lognormal(100, 250), 100_000)
    assert np.quantile(drawn, [0.5, 0.9]) == pytest.approx([100, 250], rel=0.02)
    assert set(draw_price(generator, Pert(4, 4, 4), 3)) == {4.0}


@pytest.mark.parametrize(
    "price", [Triangular(2, 1, 3), Pert(-1, 1, 2), Lognormal(0, 1), Lognormal(5, 2), Triangular(0, 1, float("nan"))]
)
def test_prices_out_of_order_are_refused(price: Any) -> None:
    with pytest.raises(MethodInputError, match=r"prices\.a"):
        uncertain_cost(plan(Line("a", "fixed", F(1))), {"a": price}, draws=10, seed=0)


@pytest.mark.parametrize(
    ("line", "where"),
    [
        (Line("a", "odd", F(1)), "behaviour"),
        (Line("a", "fixed", F(-1)), "price"),
        (Line("a", "variable", F(1), driver="papers"), "driver"),
        (Line("a", "fixed", F(1), start=3, end=2), "start"),
        (Line("a", "fixed", F(1), end=9), "start"),
        (Line("a", "fixed", F(1), when="never"), "when"),
        (Line("a", "step", F(1), driver="users", step_size=F(0)), "step_size"),
        (Line("a", "fixed", F(1), growth=F(-1)), "growth"),
    ],
)
def test_lines_that_cannot_be_worked_out_are_refused(line: Line, where: str) -> None:
    with pytest.raises(MethodInputError, match=where):
        plan(line)
