"""Fills the directives in a title: `{{ infrastructure.name }}: a briefing`."""

import re
from pathlib import Path

from infracommons.reports.context import Context
from infracommons.reports.directives import DirectiveError
from infracommons.reports.numbers import number
from infracommons.reports.problems import at

_DIRECTIVE = re.compile(r"{{(.*?)}}")


def title_of(path: Path, context: Context, words: str) -> str:
    """Return the words with what their directives ask for; ReportError where one cannot be answered."""
    try:
        return _DIRECTIVE.sub(lambda found: number(context, found[1].strip()).text, words)
    except DirectiveError as error:
        raise at(path, 1, f"front matter: {error}") from error
