"""What is said of a definition that cannot be made into a report: which file and line, and what to write there."""

from pathlib import Path

from infracommons.vocabulary.problems import UnusableInputError


class ReportError(UnusableInputError):
    """A definition, an option or a release from which no report can be made; nothing was written. Exit status 2."""


def at(path: Path, line: int, message: str) -> ReportError:
    """Return the error for a line (counted from 1) of a definition."""
    return ReportError(f"{path}:{line}: {message}")
