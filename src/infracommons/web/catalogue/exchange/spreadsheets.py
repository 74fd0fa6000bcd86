"""Keeps spreadsheets from running text of a CSV file as a formula, in a way that can be undone when it comes back."""

import re

# The files' writer puts an apostrophe before what would run; one that stands there already gets another, so that
# taking one away gives the text back.
QUOTED = r"^'+[=+\-@\t\r\n]"
_QUOTED = re.compile(QUOTED)
_RUNS = re.compile(r"'*[=+\-@\t\r\n]")


def quoted(text: str) -> str:
    """Return the text with an apostrophe before it where a spreadsheet would run it or ours already stands."""
    return f"'{text}" if _RUNS.match(text) else text


def unquoted(text: str) -> str:
    """Return the text that `quoted` was given."""
    return text[1:] if _QUOTED.match(text) else text
