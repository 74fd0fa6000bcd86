"""The rules that turn a table and weights into merits, all seen alike: the greater the merit, the better the option."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from infracommons.methods.decisions.table import Floats, Table


@dataclass(frozen=True)
class Scores:
    """What a rule says: its own published score for each option, which way is better, and its further numbers."""

    score: Floats  # (options,)
    merit: Floats  # (options,): the score, turned round where lower is better
    further: Mapping[str, Any] = field(default_factory=dict)


class Model(Protocol):
    """One rule with its parameters.

    `needs_others`: a score depends on which other options are there, so that adding one can turn an order round.
    `is_linear`: merits are `parts` times weights, so that questions about weights have exact answers.
    """

    @property
    def name(self) -> str:
        """Return the name by which a decision asks for it."""
        ...

    @property
    def needs_others(self) -> bool:
        """Return whether a score hangs on the other options."""
        ...

    @property
    def is_linear(self) -> bool:
        """Return whether merits are parts times weights."""
        ...

    @property
    def lower_is_better(self) -> bool:
        """Return whether the published score is better when it is lower."""
        ...

    @property
    def parameters(self) -> Mapping[str, Any]:
        """Return all that was chosen, with what was chosen by default."""
        ...

    def merits(self, table: Table, values: Floats, weights: Floats) -> Floats:
        """Return merits (..., options) of values (..., options, criteria) under weights (..., criteria)."""
        ...

    def parts(self, table: Table, values: Floats) -> Floats:
        """Return what each criterion adds at full weight, (..., options, criteria); only where `is_linear`."""
        ...

    def scores(self, table: Table, values: Floats, weights: Floats) -> Scores:
        """Return the published scores of one table of values (options, criteria)."""
        ...
