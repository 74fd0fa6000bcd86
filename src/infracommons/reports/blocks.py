"""Turns the tokens of a definition into the blocks of a document, and each directive into what it asks for."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from markdown_it.token import Token

from infracommons.reports.context import Context
from infracommons.reports.directives import DirectiveError
from infracommons.reports.document import Block, Break, Cell, Head, Heading, Inlines, Listing, Number, Paragraph, Table
from infracommons.reports.document import plain as plain_words
from infracommons.reports.inlines import inlines
from infracommons.reports.numbers import number
from infracommons.reports.problems import at
from infracommons.reports.sections import fill

_NOT_IN_ANCHOR = re.compile(r"[^a-z0-9]+")


class Blocks:
    """Reads the tokens of one definition, in order."""

    def __init__(self, path: Path, context: Context) -> None:
        self.path = path
        self.context = context

    def all(self, tokens: Sequence[Token]) -> tuple[Block, ...]:
        """Return the blocks of a whole definition; ReportError with file and line where a directive cannot be done."""
        return tuple(self._until(iter(tokens), ""))

    def _until(self, tokens: Iterator[Token], end: str) -> Iterator[Block]:
        for token in tokens:
            if token.type == end:
                return
            if token.type == "heading_open":
                children = self._line(next(tokens))
                self.context.level = int(token.tag[1])
                yield Heading(self.context.level, children, anchor(plain_words(children)))
            elif token.type == "paragraph_open":
                yield Paragraph(self._line(next(tokens)))
            elif token.type in {"bullet_list_open", "ordered_list_open"}:
                yield self._listing(tokens, token)
            elif token.type == "table_open":
                yield self._table(tokens)
            elif token.type == "hr":
                yield Break()
            elif token.type == "fence":
                yield from self._fence(token)

    def _line(self, token: Token) -> Inlines:
        return inlines(token.children, self._number)

    def _number(self, token: Token) -> Number:
        try:
            return number(self.context, token.content)
        except DirectiveError as error:
            raise at(self.path, token.meta["line"], str(error)) from error

    def _listing(self, tokens: Iterator[Token], opened: Token) -> Listing:
        end = opened.type.replace("_open", "_close")
        items = []
        for token in tokens:
            if token.type == end:
                break
            if token.type == "list_item_open":
                items.append(tuple(self._until(tokens, "list_item_close")))
        return Listing(tuple(items), is_ordered=opened.type.startswith("ordered"))

    def _table(self, tokens: Iterator[Token]) -> Table:
        rows: list[list[Cell]] = []
        for token in tokens:
            if token.type == "table_close":
                break
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                children = self._line(token)
                rows[-1].append(Cell(children, plain_words(children)))
        heads = tuple(Head(cell.value) for cell in rows[0])
        return Table("", heads, tuple(map(tuple, rows[1:])), len(rows) - 1)

    def _fence(self, token: Token) -> Iterator[Block]:
        try:
            yield from fill(self.context, token.info.strip(), token.content)
        except DirectiveError as error:
            raise at(self.path, token.meta["line"], str(error)) from error


def anchor(words: str) -> str:
    """Return the name by which a heading is linked to.

    >>> anchor("How a release is made")
    'how-a-release-is-made'
    """
    return _NOT_IN_ANCHOR.sub("-", words.lower()).strip("-") or "part"
