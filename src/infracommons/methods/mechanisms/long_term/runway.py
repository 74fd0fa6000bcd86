"""Plays cash forward month by month: how long it lasts, how surely, and whose leaving would end it soonest.

Restricted money pays only for its own purpose, so an infrastructure with a full bank account may be unable to pay rent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from infracommons.methods.result import Certificate, Check, Result, Step, refuse

Cash = NDArray[np.int64]
MOST = 2**61  # of all money that moves, in minor units, so that whole numbers of 64 bits hold it
MOST_CELLS = 50_000_000  # numbers held at a time: months x runs for each purpose and each line of income


@dataclass(frozen=True)
class Line:
    """Income: `amount` minor units every `every` months from month `first` to `last`, at hand `lag` months later.

    Every `term` months the funder decides anew and leaves with probability `leaves`; 0 months: it never does.
    `purpose` empty: unrestricted.
    """

    id: str
    amount: int
    funder: str = ""
    purpose: str = ""
    every: int = 1
    first: int = 1
    last: int | None = None
    lag: int = 0
    term: int = 0
    leaves: float = 0.0


@dataclass(frozen=True)
class Cost:
    """A monthly cost in minor units. With a purpose, that purpose's restricted money pays first."""

    id: str
    amount: int
    purpose: str = ""
    first: int = 1
    last: int | None = None


@dataclass(frozen=True)
class Position:
    """Cash at the start, free and by purpose, and what comes and goes."""

    unrestricted: int
    restricted: Mapping[str, int] = field(default_factory=dict)
    income: tuple[Line, ...] = ()
    costs: tuple[Cost, ...] = ()


@dataclass(frozen=True)
class RunwayParameters:
    """Months to look ahead, and how many times chance is played, from which seed."""

    months: int
    runs: int
    seed: int


@dataclass(frozen=True)
class Path:
    """Free cash and restricted cash after each month; arrays of months by runs. Minor units."""

    free: Cash
    restricted: Mapping[str, Cash]
    income: Cash
    costs: Cash


def look_ahead(position: Position, parameters: RunwayParameters) -> Result:
    """Return the cash at the end where nobody leaves; `details` has months of runway, chances and whose leaving bites.

    Runway: the number of months that are paid in full before free cash is below zero; None: longer than looked ahead.
    """
    _check_size(position, parameters)
    certain = play(position, parameters.months, _all_stay(position, parameters.months))
    dice = np.random.Generator(np.random.PCG64(parameters.seed))
    chance = play(position, parameters.months, _who_stays(position, parameters, dice))
    broke = np.minimum.accumulate(chance.free, axis=0) < 0
    base = runway(certain.free)
    exits = {name: runway(_without(position, name, parameters.months).free) for name in _funders(position)}
    naive = certain.free + sum(certain.restricted.values(), np.zeros_like(certain.free))
    amounts = {"unrestricted": int(certain.free[-1, 0])}
    amounts |= {f"restricted: {name}": int(cash[-1, 0]) for name, cash in certain.restricted.items()}
    return Result(
        "runway",
        {"months": parameters.months, "runs": parameters.runs, "seed": parameters.seed},
        amounts,
        _trace(certain),
        Certificate(_checks(position, certain, amounts)),
        details={
            "months_of_runway": base,
            "p_broke_by_month": [float(part) for part in broke.mean(axis=1)],
            "months_if_a_funder_leaves": exits,
            "bites_most": min(exits, key=lambda name: (_long(exits[name]), name), default=None),
            "months_if_restricted_money_could_pay_for_all": runway(naive),
        },
        seed=parameters.seed,
    )


def play(position: Position, months: int, stays: Sequence[NDArray[np.bool_]]) -> Path:
    """Return the path of cash, where `stays` says for each income line by month and run whether its funder is there.

    In a month money comes first and costs are paid after. Costs that free cash cannot pay make it negative.
    """
    runs = stays[0].shape[1] if stays else 1
    purposes = sorted({*position.restricted, *(line.purpose for line in position.income if line.purpose)})
    free = np.full(runs, position.unrestricted, dtype=np.int64)
    kept = {name: np.full(runs, position.restricted.get(name, 0), dtype=np.int64) for name in purposes}
    paths: dict[str, list[Cash]] = {name: [] for name in ("", *purposes)}
    incomes, spent = np.zeros((months, runs), dtype=np.int64), np.zeros((months, runs), dtype=np.int64)
    for month in range(1, months + 1):
        for line, there in zip(position.income, stays, strict=True):
            earned = month - line.lag
            if _is_due(line, earned):
                money = there[earned - 1] * np.int64(line.amount)
                incomes[month - 1] += money
                if line.purpose:
                    kept[line.purpose] = kept[line.purpose] + money
                else:
                    free = free + money
        for cost in position.costs:
            if cost.first <= month <= (cost.last or month):
                from_kept = np.minimum(kept[cost.purpose], cost.amount) if cost.purpose in kept else np.int64(0)
                if cost.purpose in kept:
                    kept[cost.purpose] = kept[cost.purpose] - from_kept
                free = free - (cost.amount - from_kept)
                spent[month - 1] += cost.amount
        paths[""].append(free)
        for name in purposes:
            paths[name].append(kept[name])
    return Path(np.array(paths[""]), {name: np.array(paths[name]) for name in purposes}, incomes, spent)


def runway(free: Cash) -> int | None:
    """Return the months before free cash of the first run is below zero; None where it never is."""
    below = np.flatnonzero(free[:, 0] < 0)
    return int(below[0]) if below.size else None


def _is_due(line: Line, month: int) -> bool:
    return line.first <= month <= (line.last or month) and (month - line.first) % line.every == 0


def _all_stay(position: Position, months: int) -> list[NDArray[np.bool_]]:
    return [np.ones((months, 1), dtype=np.bool_) for _ in position.income]


def _who_stays(position: Position, parameters: RunwayParameters, dice: np.random.Generator) -> list[NDArray[np.bool_]]:
    """Return for each line by month and run whether it still flows: one throw at each renewal of each line."""
    found = []
    for line in position.income:
        stays = np.ones((parameters.months, parameters.runs), dtype=np.bool_)
        if line.term and line.leaves:
            for month in range(line.first + line.term, parameters.months + 1, line.term):
                stays[month - 1 :] &= dice.random(parameters.runs) >= line.leaves
        found.append(stays)
    return found


def _funders(position: Position) -> list[str]:
    return sorted({line.funder for line in position.income if line.funder})


def _without(position: Position, funder: str, months: int) -> Path:
    left = replace(position, income=tuple(line for line in position.income if line.funder != funder))
    return play(left, months, _all_stay(left, months))


def _long(months: int | None) -> float:
    return float("inf") if months is None else months


def _trace(path: Path) -> tuple[Step, ...]:
    return tuple(
        Step(
            f"month {month + 1}",
            {
                "income": int(path.income[month, 0]),
                "costs": int(path.costs[month, 0]),
                "unrestricted": int(path.free[month, 0]),
                **{f"restricted: {name}": int(cash[month, 0]) for name, cash in path.restricted.items()},
            },
        )
        for month in range(len(path.free))
    )


def _checks(position: Position, path: Path, amounts: Mapping[str, int]) -> tuple[Check, ...]:
    start = position.unrestricted + sum(position.restricted.values())
    off = sum(amounts.values()) - start - int(path.income[:, 0].sum()) + int(path.costs[:, 0].sum())
    below = [name for name, cash in path.restricted.items() if (cash < 0).any()]
    first = runway(path.free)
    return (
        Check("cash_identity", not off, "cash at the end is cash at the start plus income less costs", off or None),
        Check("restricted_kept", not below, "restricted money is never spent twice or lent out", below or None),
        Check("solvent", first is None, "every month looked at can be paid", None if first is None else first + 1),
    )


def _check_size(position: Position, parameters: RunwayParameters) -> None:
    months = parameters.months
    cells = months * parameters.runs * (3 + len(position.restricted) + len(position.income))
    if cells > MOST_CELLS:
        refuse("runs", parameters.runs, f"with {months} months is more than can be followed; play fewer")
    monthly = sum(line.amount for line in position.income) + sum(cost.amount for cost in position.costs)
    if position.unrestricted + sum(position.restricted.values()) + monthly * months > MOST:
        refuse("income", monthly, "is more money than can be followed exactly")
