"""The verdict in plain words: whether the first place would stay where it is, and because of what."""

from collections.abc import Sequence
from dataclasses import dataclass

from infracommons.methods.decisions.break_even import BreakEven
from infracommons.methods.decisions.rank_reversal import Flip
from infracommons.methods.decisions.smaa import Acceptability
from infracommons.methods.decisions.table import Table

OFTEN = 0.8  # a first place in at least this part of draws is a firm one


@dataclass(frozen=True)
class Verdict:
    """`robust`, `fragile` or `level`; in one sentence; each reason; and what was not looked at."""

    level: str
    words: str
    reasons: tuple[str, ...]
    not_looked_at: tuple[str, ...]


@dataclass(frozen=True)
class Findings:
    """What the sensitivity tests gave; None for one that was not asked for."""

    break_even: Sequence[BreakEven] | None = None
    flips: Sequence[Flip] | None = None
    smaa: Acceptability | None = None
    beaten_by: tuple[str, ...] | None = None  # options whose best possible score is above the winner's worst
    unlike: tuple[str, ...] = ()  # stakeholders whose first choice is another


def verdict(table: Table, winners: Sequence[str], found: Findings, *, close: float) -> Verdict:
    """Return the verdict; a break-even weight within `close` of the weight counts as near."""
    missing = tuple(
        name
        for name, what in (("break-even weights", found.break_even), ("dropped and copied options", found.flips),
                           ("drawn weights and values", found.smaa))
        if what is None
    )  # fmt: skip
    if len(table.options) == 1:
        return Verdict("robust", f"{winners[0]} is the only option.", (), missing)
    if len(winners) > 1:
        return Verdict("level", f"Level: {' and '.join(winners)} have the same score.", (), missing)
    against = [*_near(found.break_even or (), close), *_turned(found.flips or ()), *_drawn(found.smaa, winners[0])]
    if found.beaten_by:
        against.append(f"with what is not known, {' or '.join(found.beaten_by)} could come first")
    if found.unlike:
        against.append(f"{' and '.join(found.unlike)} would put another option first")
    if against:
        return Verdict("fragile", f"{winners[0]} comes first, but it is fragile because {'; '.join(against)}.",
                       tuple(against), missing)  # fmt: skip
    reasons = tuple(_firm(found, winners[0], close))
    because = f" because {'; '.join(reasons)}" if reasons else " as far as was looked at"
    return Verdict("robust", f"{winners[0]} comes first, and it is robust{because}.", reasons, missing)


def _near(found: Sequence[BreakEven], close: float) -> list[str]:
    near = []
    for one in found:
        for side, winner in ((one.below, one.below_winner), (one.above, one.above_winner)):
            if side is not None and abs(side - one.weight) <= close:
                near.append(f"{winner} draws level when {one.criterion} weighs {side:.3f} instead of {one.weight:.3f}")
    return near


def _turned(found: Sequence[Flip]) -> list[str]:
    tests = {"drop": "dropping", "copy": "entering a copy of"}
    return list(dict.fromkeys(
        f"{tests[one.test]} {one.option} puts {one.behind} ahead of {one.ahead}" for one in found if one.changes_winner
    ))  # fmt: skip


def _drawn(found: Acceptability | None, winner: str) -> list[str]:
    if found is None:
        return []
    share = float(found.ranks[found.options.index(winner), 0])
    return [] if share >= OFTEN else [f"it comes first in only {share:.0%} of draws (weights {found.weights})"]


def _firm(found: Findings, winner: str, close: float) -> list[str]:
    firm = []
    if found.break_even is not None:
        least = min((one.distance for one in found.break_even), default=float("inf"))
        firm.append("no weight alone can change that" if least == float("inf")
                    else f"one weight has to move by {least:.3f} or more to change that, above {close:g}")  # fmt: skip
    if found.flips is not None:
        firm.append("dropping or copying any option leaves the first place where it is")
    if found.smaa is not None:
        share = float(found.smaa.ranks[found.smaa.options.index(winner), 0])
        firm.append(f"it comes first in {share:.0%} of draws (weights {found.smaa.weights})")
    return firm
