"""Turns the tokens of a line of Markdown into inlines, asking the release where a directive stands."""

from collections.abc import Callable, Iterator, Sequence

from markdown_it.token import Token

from infracommons.reports.document import Inline, Inlines, Link, Number, Styled, Text
from infracommons.reports.markdown import DIRECTIVE

Answer = Callable[[Token], Number]
_STYLES = {"strong_open": "strong", "em_open": "emphasis"}


def inlines(tokens: Sequence[Token] | None, answer: Answer) -> Inlines:
    """Return the inlines of these tokens; `answer` gives the number of a directive."""
    return tuple(_inlines(iter(tokens or ()), answer, ""))


def _inlines(tokens: Iterator[Token], answer: Answer, end: str) -> Iterator[Inline]:
    for token in tokens:
        if token.type == end:
            return
        if token.type in _STYLES:
            inner = tuple(_inlines(tokens, answer, token.type.replace("_open", "_close")))
            yield Styled(_STYLES[token.type], inner)
        elif token.type == "link_open":
            yield Link(tuple(_inlines(tokens, answer, "link_close")), str(token.attrs["href"]))
        elif token.type == DIRECTIVE:
            yield answer(token)
        elif token.type == "code_inline":
            yield Styled("code", (Text(token.content),))
        elif token.type == "softbreak":
            yield Text(" ")
        elif token.content:
            yield Text(token.content)
