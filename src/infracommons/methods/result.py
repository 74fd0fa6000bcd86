"""What every method gives back: its answer with method, parameters, version and seed, and what was proved of it.

A certificate lists each property that was looked at, whether it holds, and a witness where it does not. Amounts of
money are whole minor units (cents); shares are fractions.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, NoReturn

VERSION = "1"  # of the methods; a change that can change an answer counts it up


class MethodInputError(ValueError):
    """Inputs or parameters that no rule can answer; says where, which value, and what is wrong with it."""

    def __init__(self, where: str, value: object, problem: str) -> None:
        """Take the place in the inputs (`ballots[3].votes.p7`), its value, and what is wrong, in words."""
        super().__init__(f"{where}: {value!r}: {problem}")
        self.where, self.value, self.problem = where, value, problem


def refuse(where: str, value: object, problem: str) -> NoReturn:
    """Raise MethodInputError."""
    raise MethodInputError(where, value, problem)


@dataclass(frozen=True)
class Check:
    """One property: whether it holds (None: it could not be told), in words, and a witness where it does not."""

    name: str
    holds: bool | None
    words: str
    witness: Any = None


@dataclass(frozen=True)
class Certificate:
    """The properties that were looked at."""

    checks: tuple[Check, ...] = ()

    @property
    def failing(self) -> tuple[Check, ...]:
        """Return those that do not hold."""
        return tuple(check for check in self.checks if check.holds is False)

    def __getitem__(self, name: str) -> Check:
        """Return the check of that name; KeyError where it was not looked at."""
        for check in self.checks:
            if check.name == name:
                return check
        raise KeyError(name)


@dataclass(frozen=True)
class Step:
    """One step of the way to the answer, in words, with its numbers."""

    words: str
    numbers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    """The answer of a mechanism: minor units for each who gets or pays, and how it came about.

    `parameters` are all that were used, those by default too: nothing that decides is hidden. `selected` are the ids of
    winners where the rule selects. `losers`: for each who does not win, how far away and what would have sufficed.
    """

    method: str
    parameters: Mapping[str, Any]
    amounts: Mapping[str, int]
    trace: tuple[Step, ...] = ()
    certificate: Certificate = field(default_factory=Certificate)
    selected: tuple[str, ...] = ()
    losers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)  # what else the family says, such as each one's match
    seed: int | None = None
    version: str = VERSION

    @property
    def total(self) -> int:
        """Return the sum of all amounts, in minor units."""
        return sum(self.amounts.values())


def plain(value: Any) -> Any:  # noqa: ANN401 - any result goes in, JSON comes out
    """Return a result, or a part of one, as JSON has it: fractions as "p/q", decimals as text, tuples as lists."""
    found = value
    if isinstance(value, Fraction):
        found = int(value) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
    elif isinstance(value, Decimal):
        found = str(value)
    elif isinstance(value, Enum):
        found = value.value
    elif isinstance(value, Mapping):
        found = {str(key): plain(part) for key, part in value.items()}
    elif isinstance(value, set | frozenset):
        found = sorted((plain(part) for part in value), key=str)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        found = [plain(part) for part in value]
    elif hasattr(value, "__dataclass_fields__"):
        found = {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    elif hasattr(value, "tolist"):  # an array or a number of NumPy
        found = plain(value.tolist())
    return found


def largest_remainder(shares: Mapping[str, Fraction], total: int) -> dict[str, int]:
    """Return whole minor units that add up to `total`, each within one of its exact part of it.

    The units left after rounding down go to the largest remainders, ties to the id that comes first. Shares need not
    add up to 1; they must not be negative, and one must be positive unless `total` is 0.
    """
    for name, share in shares.items():
        if share < 0:
            refuse(f"shares.{name}", share, "negative")
    whole = sum(shares.values(), Fraction(0))
    if not whole:
        if total:
            refuse("shares", dict(shares), "all are zero, so nobody can get the money")
        return dict.fromkeys(shares, 0)
    exact = {name: share * total / whole for name, share in shares.items()}
    amounts = {name: part.numerator // part.denominator for name, part in exact.items()}
    left = total - sum(amounts.values())
    for name in sorted(exact, key=lambda one: (amounts[one] - exact[one], one))[:left]:
        amounts[name] += 1
    return amounts


Allocate = Callable[[Any, Any], Result]
Read = Callable[[Mapping[str, Any]], Any]


@dataclass(frozen=True)
class Mechanism:
    """One rule, as commands and pages run it.

    `read_inputs` and `read_parameters` turn JSON into the family's own dataclasses and raise MethodInputError;
    `inputs_schema` and `parameters_schema` are JSON Schemas of the same. `allocate` is the rule itself: the simulator
    and a live round call the same function. `tables` names the lists of records that may come as CSV, one file each.
    """

    name: str
    family: str
    label: str
    purpose: str
    allocate: Allocate
    read_inputs: Read
    read_parameters: Read
    inputs_schema: Mapping[str, Any]
    parameters_schema: Mapping[str, Any]
    tables: tuple[str, ...] = ()
