"""Lists what exhibits find, a sentence each: the front of a report, made from the data."""

from collections.abc import Iterator

from infracommons.reports.context import Context
from infracommons.reports.directives import DirectiveError, asked
from infracommons.reports.document import Block, Listing, Mark, Paragraph, Styled, Text, text
from infracommons.reports.sections.exhibit import find, opened, source_of


def _fill(context: Context, line: str, body: str) -> Iterator[Block]:
    """Return a list with title and sentence of each exhibit named, one a line; those with nothing to show are named."""
    if line:
        message = f"findings {line}: write the exhibits in the lines of the block, one a line"
        raise DirectiveError(message)
    items, nothing = [], []
    for asked_line in filter(None, map(str.strip, body.splitlines())):
        shown = find(context, asked(asked_line))
        if shown.rows:
            title = Styled("strong", (Text(f"{opened(shown.title)}."),))
            items.append((Paragraph((title, Text(f" {shown.sentence}"), Mark(source_of(context, shown)))),))
        else:
            nothing.append(shown.sentence)
    if items:
        yield Listing(tuple(items))
    if nothing:
        yield Paragraph(text("No finding: " + " ".join(dict.fromkeys(nothing))), "left_out")


SECTIONS = {"findings": _fill}
