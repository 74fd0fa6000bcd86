"""An investment that members make together: what each pays and gains over the years, and whether it is worth it."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from infracommons.methods.result import Certificate, Check, largest_remainder, refuse

PROFILES = ("smooth", "lumpy")


@dataclass(frozen=True)
class Member:
    """A member's part of the cost, in any unit, and what it gains each year (minor units; negative: it loses)."""

    share: Fraction
    gains: tuple[int, ...]


@dataclass(frozen=True)
class Investment:
    """What is spent together in each year (minor units), on which members, and how later money is valued.

    `profile`: "lumpy", members pay when money is spent; "smooth", the same total in equal yearly parts. `pays_at`: at
    the "end" of each year, or at its "start", when year 1 is not discounted. Five years are usual; as many as `spent`.
    """

    spent: tuple[int, ...]
    members: Mapping[str, Member]
    discount: Fraction
    profile: str
    pays_at: str


@dataclass(frozen=True)
class Invested:
    """What each pays by year (minor units, adding up to what is collected), and present values, exact.

    `bridge`: by year, what has been spent and not yet collected: somebody has to advance it (negative: in hand).
    """

    payments: Mapping[str, tuple[int, ...]]
    net_present_value: Mapping[str, Fraction]
    together: Fraction
    bridge: tuple[int, ...]
    paid_back_in: int | None  # the first year by which all gains so far cover all payments so far, at present value
    certificate: Certificate


def collective_investment(plan: Investment) -> Invested:
    """Return payments, net present value of each member and together; not a minor unit is made or lost."""
    _check(plan)
    years = len(plan.spent)
    collected = plan.spent if plan.profile == "lumpy" else _even(sum(plan.spent), years)
    shares = {name: one.share for name, one in plan.members.items()}
    split = [largest_remainder(shares, amount) for amount in collected]
    payments = {name: tuple(year[name] for year in split) for name in plan.members}
    factors = [1 / (1 + plan.discount) ** (year if plan.pays_at == "end" else year - 1) for year in range(1, years + 1)]
    net = {name: _present(factors, one.gains, payments[name]) for name, one in plan.members.items()}
    bridge, open_amount = [], 0
    for out, got in zip(plan.spent, collected, strict=True):
        open_amount += out - got
        bridge.append(open_amount)
    return Invested(payments, net, sum(net.values(), Fraction(0)), tuple(bridge), _paid_back(plan, collected, factors),
                    _certificate(plan, payments, net))  # fmt: skip


def _present(factors: list[Fraction], gains: tuple[int, ...], paid: tuple[int, ...]) -> Fraction:
    years = zip(factors, gains, paid, strict=True)
    return sum((factor * (gain - payment) for factor, gain, payment in years), Fraction(0))


def _even(total: int, years: int) -> tuple[int, ...]:
    """Return equal yearly parts, the left-over minor units in the first years."""
    part, left = divmod(total, years)
    return tuple(part + (1 if year < left else 0) for year in range(years))


def _paid_back(plan: Investment, collected: tuple[int, ...], factors: list[Fraction]) -> int | None:
    running = Fraction(0)
    for year, factor in enumerate(factors):
        running += factor * (sum(one.gains[year] for one in plan.members.values()) - collected[year])
        if running >= 0:
            return year + 1
    return None


def _certificate(plan: Investment, payments: Mapping[str, tuple[int, ...]], net: Mapping[str, Fraction]) -> Certificate:
    """Return the checks: money conserved, all together better off, each better off than without."""
    total = sum(sum(row) for row in payments.values())
    worse = {name: value for name, value in net.items() if value < 0}
    together = sum(net.values(), Fraction(0))
    return Certificate((
        Check("money_conserved", total == sum(plan.spent), "What members pay adds up to what is spent.",
              None if total == sum(plan.spent) else total - sum(plan.spent)),
        Check("worth_it_together", together >= 0, "All together gain at least what they pay, at present value.",
              None if together >= 0 else together),
        Check("worth_it_for_each", not worse, "Every member gains at least what it pays, at present value.",
              worse or None),
    ))  # fmt: skip


def _check(plan: Investment) -> None:
    if not plan.spent:
        refuse("spent", plan.spent, "there are no years")
    if not plan.members:
        refuse("members", {}, "there are none")
    for year, amount in enumerate(plan.spent):
        if amount < 0:
            refuse(f"spent[{year}]", amount, "negative")
    _check_members(plan)
    if plan.discount <= -1:
        refuse("discount", plan.discount, "above -1")
    if plan.profile not in PROFILES:
        refuse("profile", plan.profile, f"not one of {', '.join(PROFILES)}")
    if plan.pays_at not in {"start", "end"}:
        refuse("pays_at", plan.pays_at, 'not one of "start", "end"')


def _check_members(plan: Investment) -> None:
    for name, one in plan.members.items():
        if one.share < 0:
            refuse(f"members.{name}.share", one.share, "negative")
        if len(one.gains) != len(plan.spent):
            refuse(f"members.{name}.gains", len(one.gains), f"one for each of {len(plan.spent)} years was expected")
    if not sum(one.share for one in plan.members.values()):
        refuse("members", [str(one.share) for one in plan.members.values()], "shares sum to zero")
