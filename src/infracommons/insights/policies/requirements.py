"""Which policies ask for what, and how strongly: must, should, may, or not said."""

from collections.abc import Iterable
from dataclasses import dataclass

from infracommons.vocabulary.policies import NOT_SAID, STRENGTHS, Clause, Instrument, Strength


@dataclass(frozen=True)
class Asked:
    """What one policy says to one requirement: its clauses, strongest first."""

    instrument: Instrument
    clauses: tuple[Clause, ...]

    @property
    def strength(self) -> Strength:
        """The strongest word."""
        return self.clauses[0].strength


def clauses_on(one: Instrument, requirement: str) -> tuple[Clause, ...]:
    """Return the clauses of a policy that bear on a requirement, strongest first."""
    found = [clause for clause in one.clauses if requirement in clause.requirements]
    return tuple(sorted(found, key=lambda clause: STRENGTHS.index(clause.strength)))


def strength_on(one: Instrument, requirement: str) -> str:
    """Return must, should, may or not said: the strongest that any clause says."""
    found = clauses_on(one, requirement)
    return found[0].strength if found else NOT_SAID


def asking_for(instruments: Iterable[Instrument], requirement: str) -> list[Asked]:
    """Return the policies that say something to a requirement, strongest first, each strength in the order given."""
    found = [Asked(one, clauses) for one in instruments if (clauses := clauses_on(one, requirement))]
    return sorted(found, key=lambda asked: STRENGTHS.index(asked.strength))
