"""A report as a tree that knows no format: what the writers of HTML, PDF, DOCX and Markdown all start from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from math import ceil
from typing import Any, TypeAlias

from infracommons.exhibits.exhibit import ColumnKind, Exhibit


@dataclass(frozen=True)
class Text:
    """Plain words."""

    text: str


@dataclass(frozen=True)
class Styled:
    """Words that stand out: `strong`, `emphasis` or `code`."""

    style: str
    children: tuple["Inline", ...]


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere: an outside address, `#anchor` in the report, or `/path` on the site."""

    children: tuple["Inline", ...]
    href: str


@dataclass(frozen=True)
class Number:
    """What a query gave: as shown, exactly, and where it comes from.

    `query` is the query with its field (`total.counted_usd`), `source` the number of its Source. `change` says how it
    was in the release compared with; empty where nothing is compared or nothing changed. `kind` is as of a column.
    """

    text: str
    exact: str
    query: str
    source: int
    change: str = ""
    kind: ColumnKind = "text"


@dataclass(frozen=True)
class Mark:
    """A small number that leads to a Source."""

    source: int


Inline: TypeAlias = Text | Styled | Link | Number | Mark
Inlines: TypeAlias = tuple[Inline, ...]


@dataclass(frozen=True)
class Heading:
    """A heading: level 1 is a chapter; one that says what an exhibit found is a finding."""

    level: int
    children: Inlines
    anchor: str
    is_finding: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `kind` is `text`, `note` (small print) or `left_out` (says what is not shown, and why)."""

    children: Inlines
    kind: str = "text"


@dataclass(frozen=True)
class Listing:
    """A list of points."""

    items: tuple[tuple["Block", ...], ...]
    is_ordered: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell of a table; `value` is what it says exactly, for those who check."""

    children: Inlines
    value: str = ""


@dataclass(frozen=True)
class Head:
    """The head of a column; numbers stand to the right."""

    label: str
    is_number: bool = False


@dataclass(frozen=True)
class Table:
    """A table: its caption, heads and rows. `total` counts all rows there are, `all_at` is where they are.

    `exhibit` names the exhibit whose rows they are, `source` where they come from; 0 for words of our own.
    """

    caption: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int
    all_at: str = ""
    exhibit: str = ""
    source: int = 0

    @property
    def note(self) -> str:
        """How many rows are shown, where that is not all of them."""
        return "" if len(self.rows) == self.total else f"{len(self.rows):,} of {self.total:,} rows"


@dataclass(frozen=True)
class Figure:
    """The drawing of an exhibit; `alt` says what it shows, `note` how to read it."""

    shown: Exhibit
    alt: str
    note: str
    source: int


@dataclass(frozen=True)
class Break:
    """What follows begins on a new page, where there are pages."""


Block: TypeAlias = Heading | Paragraph | Listing | Table | Figure | Break


@dataclass(frozen=True)
class Source:
    """Where a number comes from: the question, how it was counted, and the page of the site that shows the same."""

    number: int
    question: str
    how: tuple[str, ...]
    path: str
    release_id: str


@dataclass(frozen=True)
class Document:
    """A whole report. `pages` is the most pages that it may have as PDF, where its definition says so.

    `shown` has the exhibits in it, by the number of their source: all their rows, of which tables print the first.
    """

    name: str
    title: str
    subtitle: str
    language: str
    release_id: str
    made_at: datetime
    blocks: tuple[Block, ...]
    sources: tuple[Source, ...]
    compared_with: str = ""
    pages: int | None = None
    shown: Mapping[int, Exhibit] = field(default_factory=dict)

    def figures(self) -> Iterator[Figure]:
        """Yield the drawings in order."""
        return (block for block in self.blocks if isinstance(block, Figure))

    def chapters(self) -> list[Heading]:
        """Return the headings of level 1."""
        return [block for block in self.blocks if isinstance(block, Heading) and block.level == 1]

    def thinned(self, part: float) -> "Document":
        """Return the report with that part (0 to 1) of each table's rows, at least one; tables say how many."""

        def thin(block: Block) -> Block:
            if isinstance(block, Table) and block.all_at and block.rows:
                return replace(block, rows=block.rows[: ceil(len(block.rows) * part)])
            return block

        return replace(self, blocks=tuple(thin(block) for block in self.blocks))


def plain(children: Inlines) -> str:
    """Return the words of inlines without marks and styles."""
    return "".join(_words(child) for child in children)


def _words(child: Inline) -> str:
    if isinstance(child, Text):
        return child.text
    if isinstance(child, Number):
        return child.text + child.change
    return "" if isinstance(child, Mark) else plain(child.children)


def text(words: Any) -> Inlines:  # noqa: ANN401 - whatever has a word for itself
    """Return words as inlines."""
    return (Text(str(words)),)
