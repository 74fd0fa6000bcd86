"""Draws winners by chances, so that anyone can draw again and get the same: nothing but a seed text and SHA-256.

The protocol, byte for byte. Let sha(t) be the SHA-256 of the seed, a line feed and t, in UTF-8. Entries are put in the
order of sha("ticket", line feed, name) in hexadecimal. The start is sha("start") as a whole number over 2^256. Chances
are laid end to end in that order; who covers the start, the start + 1, the start + 2 and so on is drawn. With chances
that add up to k, exactly k are drawn, each with its chance (systematic sampling: W. G. Madow, Annals of Mathematical
Statistics 20, 1949). The seed is to be unknown while entries can change: publish its SHA-256 before.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil
from typing import Any

from infracommons.methods.result import Certificate, Check, Result, Step, refuse


@dataclass(frozen=True)
class Entries:
    """Who is in the draw, with which chance (0 to 1; together a whole number), and what each would be paid."""

    chances: Mapping[str, Fraction]
    amounts: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raise MethodInputError for no entries, chances that are none, and chances that add up to no whole number."""
        if not self.chances:
            refuse("chances", {}, "nobody is in the draw")
        for name, chance in self.chances.items():
            if not 0 <= chance <= 1:
                refuse(f"chances.{name}", chance, "must be from 0 to 1")
        if sum(self.chances.values()).denominator != 1:
            refuse("chances", sum(self.chances.values()), "add up to no whole number of winners")
        for name, amount in self.amounts.items():
            if name not in self.chances:
                refuse(f"amounts.{name}", amount, "is not in the draw")


@dataclass(frozen=True)
class DrawRules:
    """The seed, any text; and its SHA-256 in hexadecimal that was published before, None where none was."""

    seed: str
    commitment: str | None

    def __post_init__(self) -> None:
        """Raise MethodInputError for an empty seed, and one that is not what was committed to."""
        if not self.seed:
            refuse("seed", self.seed, "is empty")
        if self.commitment is not None and self.commitment.lower() != commitment(self.seed):
            refuse("commitment", self.commitment, "is not the SHA-256 of this seed")


def commitment(seed: str) -> str:
    """Return what is published before the draw: the SHA-256 of the seed in UTF-8, in hexadecimal."""
    return hashlib.sha256(seed.encode()).hexdigest()


def _sha(seed: str, text: str) -> str:
    return hashlib.sha256(f"{seed}\n{text}".encode()).hexdigest()


def drawn(chances: Mapping[str, Fraction], seed: str) -> tuple[str, ...]:
    """Return who is drawn, in the order of tickets."""
    at = -Fraction(int(_sha(seed, "start"), 16), 2**256)
    found = []
    for name in sorted(chances, key=lambda one: _sha(seed, f"ticket\n{one}")):
        before, at = at, at + chances[name]
        if ceil(before) < at:
            found.append(name)
    return tuple(found)


def replay_script(chances: Mapping[str, Fraction], seed: str) -> str:
    """Return ten lines of Python that draw again with the standard library alone and print who is drawn."""
    parts = {name: str(chance) for name, chance in chances.items()}
    return f"""import hashlib
from fractions import Fraction
from math import ceil
seed, chances = {seed!r}, {parts!r}
sha = lambda text: hashlib.sha256((seed + chr(10) + text).encode()).hexdigest()
at = -Fraction(int(sha("start"), 16), 2**256)
for name in sorted(chances, key=lambda one: sha("ticket" + chr(10) + one)):
    before, at = at, at + Fraction(chances[name])
    if ceil(before) < at:
        print(name)
"""


def allocate(inputs: Entries, parameters: DrawRules) -> Result:
    """Return who is drawn, with what they are paid where amounts are given."""
    winners = drawn(inputs.chances, parameters.seed)
    return Result(
        method="replayable_draw",
        parameters=recorded(parameters),
        amounts={name: amount if name in winners else 0 for name, amount in inputs.amounts.items()},
        trace=(Step("drawn in the order of tickets", {"winners": list(winners)}),),
        certificate=Certificate(checks(inputs.chances, winners, parameters)),
        selected=winners,
        losers={name: lost(chance) for name, chance in inputs.chances.items() if name not in winners},
        details={"chances": inputs.chances, "replay": replay_script(inputs.chances, parameters.seed)},
    )


def lost(chance: Fraction) -> dict[str, Any]:
    """Return what is said to those who were not drawn."""
    if not chance:
        return {"why": "not in the draw: its chance was 0", "chance": chance}
    return {"why": "in the draw, and not drawn", "chance": chance}


def recorded(parameters: DrawRules) -> dict[str, object]:
    """Return the parameters of a draw for the result; the commitment is told even where none was published."""
    return {
        "seed": parameters.seed,
        "published_commitment": parameters.commitment,
        "sha256_of_seed": commitment(parameters.seed),
        "protocol": "tickets and start by SHA-256, systematic sampling",
    }


def checks(chances: Mapping[str, Fraction], winners: tuple[str, ...], parameters: DrawRules) -> tuple[Check, ...]:
    """Return what can be proved of a draw."""
    number = sum(chances.values())
    sure = [name for name, chance in chances.items() if (chance == 1) != (name in winners) and chance in {0, 1}]
    told = "the seed is what was committed to" if parameters.commitment else "no commitment was published before"
    return (
        Check("as_many_as_chances_add_up_to", len(winners) == number, f"{len(winners)} are drawn"),
        Check("sure_ones_are_sure", not sure, "chance 1 is drawn and chance 0 is not", sure or None),
        Check("seed_committed_before", True if parameters.commitment else None, told),
        Check("draws_again_the_same", drawn(dict(sorted(chances.items())), parameters.seed) == winners, "run twice"),
    )
