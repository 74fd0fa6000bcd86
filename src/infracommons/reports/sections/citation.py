"""How the report is cited: its title, its release and where the same numbers are."""

from collections.abc import Iterator

from infracommons.reports.context import Context
from infracommons.reports.directives import DirectiveError
from infracommons.reports.document import Block, Paragraph, Styled, Text, text
from infracommons.reports.sections import no_body
from infracommons.vocabulary.figures import day


def _fill(context: Context, line: str, body: str) -> Iterator[Block]:
    """Return the citation; the line has the title that is cited."""
    no_body("citation", body)
    if not line:
        message = "citation: write the title that is cited behind it"
        raise DirectiveError(message)
    year = context.made_at.year
    yield Paragraph(
        (
            Text(f"Infracommons ({year}). "),
            Styled("emphasis", text(line)),
            Text(f". Release {context.release.release_id} of {day(context.made_at.date())}."),
        )
    )


SECTIONS = {"citation": _fill}
