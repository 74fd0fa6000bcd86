"""Parses the Markdown of a definition into tokens; directives in text, as in {{ total.awards }}, are tokens of it."""

from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from infracommons.reports.problems import at

DIRECTIVE = "directive"
_OPEN, _CLOSE = "{{", "}}"
# What a report may be written with; anything else is told of rather than lost.
_KNOWN = {
    *("heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "fence", "hr"),
    *("bullet_list_open", "bullet_list_close", "ordered_list_open", "ordered_list_close"),
    *("list_item_open", "list_item_close", "table_open", "table_close", "thead_open", "thead_close"),
    *("tbody_open", "tbody_close", "tr_open", "tr_close", "th_open", "th_close", "td_open", "td_close"),
    *("text", "softbreak", "strong_open", "strong_close", "em_open", "em_close", "code_inline"),
    *("link_open", "link_close", "text_special", DIRECTIVE),
}
_WORDS = {"code_block": "text set in by four blanks", "blockquote_open": "a quotation", "image": "a picture"}


def tokens_of(path: Path, markdown: str, *, first_line: int) -> tuple[Token, ...]:
    """Return the tokens of the text, `meta["line"]` of each block being its line in the file `path`.

    Raises ReportError where the text has what a report cannot show, or a directive that does not end.
    """
    tokens = _reader().parse(markdown)
    line = first_line + 1
    for token in tokens:
        line = first_line + token.map[0] + 1 if token.map else line
        token.meta["line"] = line
        for part in (token, *(token.children or ())):
            if part.type not in _KNOWN:
                what = _WORDS.get(part.type, part.type.replace("_", " "))
                raise at(path, line, f"{what} cannot stand in a report; see docs/howto/reports.md")
            if part.type == DIRECTIVE:
                part.meta["line"] = line + part.meta["lines_down"]
        _no_halves(path, token)
    return tuple(tokens)


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.disable(["html_block", "html_inline", "reference", "newline"][:3])
    reader.inline.ruler.before("escape", DIRECTIVE, _directive)
    return reader


def _directive(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Take what stands between double braces as one token; its content is what is between them."""
    if not state.src.startswith(_OPEN, state.pos):
        return False
    end = state.src.find(_CLOSE, state.pos)
    if end < 0:
        return False
    if not silent:
        token = state.push(DIRECTIVE, "", 0)
        token.content = state.src[state.pos + len(_OPEN) : end].strip()
        token.meta = {"lines_down": state.src.count("\n", 0, state.pos)}
    state.pos = end + len(_CLOSE)
    return True


def _no_halves(path: Path, token: Token) -> None:
    """Refuse a directive that was opened and not closed: it would be printed as it stands."""
    for part in token.children or ():
        if part.type == "text" and (_OPEN in part.content or _CLOSE in part.content):
            raise at(path, token.meta["line"], f"{part.content.strip()!r}: {_OPEN} and {_CLOSE} go together")
