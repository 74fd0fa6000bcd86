"""What an exhibit is: a finding with its sentence, its table, its drawing, and how its numbers were made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.release import Release, Row

CHAPTERS = {
    "money": "How much, when and by which rule",
    "givers": "Who gives, and where",
    "kinds": "What for",
    "risk": "What could go missing",
    "reliance": "What relies on what",
    "catalogue": "What the catalogue says",
}
ColumnKind = Literal["text", "count", "usd", "share", "number", "year", "month", "date"]
Drawing = Mapping[str, Any]


@dataclass(frozen=True)
class Column:
    """One column of the table: `usd` is Decimal dollars, `share` a number from 0 to 1; None reads as unknown."""

    name: str
    label: str
    kind: ColumnKind = "text"


@dataclass(frozen=True)
class LeftOut:
    """Awards that are asked for but are in no sum: how many, why in words, and the filters that list them."""

    number: int
    words: str
    filters: AwardFilters | None = None


@dataclass(frozen=True)
class Made:
    """How the numbers were made: from which release and awards, by which rule, and what is not in them.

    `of` is the noun of what is counted, where it is not awards; then nothing links to lists of awards.
    """

    release_id: str
    filters: AwardFilters
    awards: int
    counted: int
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    of: str = "award"

    @property
    def share_unknown(self) -> float | None:
        """The part of the awards that is in no sum, 0 to 1; None where there is no award."""
        return 1 - self.counted / self.awards if self.awards else None


@dataclass(frozen=True)
class Exhibit:
    """A finding as people quote it.

    `title` is the finding as a statement, `sentence` says it in full with its numbers, `reading` how to read the
    drawing. `rows` are all rows of the table; `drawn` those of the drawing where they differ, with `drawn_note` to say
    so ("The 20 largest of 67 are drawn"). `drawing` is Vega-Lite without data, theme and size: colours are tokens of
    the style sheet (`token:direct`). `behind` gives the filters that list the awards of a row; None where a row is not
    of awards. `rounds` are exact amounts that the sentence rounds and that stand in no cell: readers who point at one
    see it to the cent. With nothing to show there are no rows, and the sentence says why.
    """

    name: str
    title: str
    sentence: str
    columns: tuple[Column, ...]
    rows: list[Row]
    made: Made
    reading: str = ""
    drawing: Drawing | None = None
    drawn: list[Row] | None = None
    drawn_note: str = ""
    behind: Callable[[Row], AwardFilters | None] | None = field(default=None, compare=False)
    rounds: tuple[Decimal, ...] = ()

    @property
    def drawn_rows(self) -> list[Row]:
        """The rows of the drawing."""
        return self.rows if self.drawn is None else self.drawn

    @property
    def is_drawn(self) -> bool:
        """Whether there is a drawing with something in it."""
        return bool(self.drawing and self.drawn_rows)


Ask = Callable[[Release, AwardFilters], Exhibit]


@dataclass(frozen=True)
class ExhibitKind:
    """A question that an exhibit answers: its name in addresses, what it shows, its chapter, and how it is asked."""

    name: str
    label: str
    chapter: str
    ask: Ask
    order: int = 50
    uses: frozenset[str] = field(default_factory=frozenset)  # filters that mean something else here, told on its page
