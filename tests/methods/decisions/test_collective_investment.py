from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.methods.decisions.collective_investment import Investment, Member, collective_investment
from infracommons.methods.result import MethodInputError

F = Fraction
money = st.integers(0, 100_000)


@st.composite
def investments(draw: st.DrawFn) -> Investment:
    years = draw(st.integers(1, 5))
    members = {
        f"m{place}": Member(F(draw(st.integers(1, 9))), tuple(draw(st.lists(money, min_size=years, max_size=years))))
        for place in range(draw(st.integers(1, 4)))
    }
    spent = tuple(draw(st.lists(money, min_size=years, max_size=years)))
    return Investment(spent, members, F(draw(st.integers(0, 20)), 100), draw(st.sampled_from(["smooth", "lumpy"])),
                      draw(st.sampled_from(["start", "end"])))  # fmt: skip


@settings(max_examples=1000, deadline=None)
@given(plan=investments())
def test_money_is_neither_made_nor_lost_and_parts_sum_to_the_whole(plan: Investment) -> None:
    found = collective_investment(plan)
    assert sum(sum(row) for row in found.payments.values()) == sum(plan.spent)
    assert found.bridge[-1] == 0
    assert found.together == sum(found.net_present_value.values())
    assert found.certificate["money_conserved"].holds
    each = found.certificate["worth_it_for_each"]
    assert each.holds is all(value >= 0 for value in found.net_present_value.values())


@settings(max_examples=1000, deadline=None)
@given(plan=investments())
def test_without_discount_smooth_and_lumpy_are_worth_the_same_together(plan: Investment) -> None:
    smooth, lumpy = (collective_investment(replace(plan, discount=F(0), profile=way)) for way in ("smooth", "lumpy"))
    assert smooth.together == lumpy.together
    assert not any(lumpy.bridge)


def test_five_years_worked_by_hand() -> None:
    members = {"big": Member(F(3), (0, 300, 300, 300, 300)), "small": Member(F(1), (0, 0, 0, 0, 100))}
    found = collective_investment(Investment((1000, 0, 0, 0, 0), members, F(0), "smooth", "end"))
    assert found.payments == {"big": (150,) * 5, "small": (50,) * 5}
    assert found.net_present_value == {"big": 450, "small": -150}
    assert found.bridge == (800, 600, 400, 200, 0)
    assert found.paid_back_in == 3
    assert found.certificate["worth_it_for_each"].witness == {"small": -150}
    discounted = collective_investment(Investment((1000, 0, 0, 0, 0), members, F(1, 10), "lumpy", "start"))
    later = sum(F(300) / F(11, 10) ** year for year in range(1, 5))
    assert discounted.net_present_value["big"] == later - 750


@pytest.mark.parametrize(
    ("changes", "where"),
    [({"spent": ()}, "spent"), ({"spent": (-1,)}, "spent"), ({"members": {}}, "members"),
     ({"members": {"a": Member(F(0), (1,))}}, "members"), ({"members": {"a": Member(F(-1), (1,))}}, "share"),
     ({"members": {"a": Member(F(1), (1, 2))}}, "gains"), ({"profile": "odd"}, "profile"),
     ({"discount": F(-1)}, "discount"), ({"pays_at": "noon"}, "pays_at")],
)  # fmt: skip
def test_what_cannot_be_worked_out_is_refused(changes: dict[str, Any], where: str) -> None:
    plan = Investment((10,), {"a": Member(F(1), (1,))}, F(0), "lumpy", "end")
    with pytest.raises(MethodInputError, match=where):
        collective_investment(replace(plan, **changes))
