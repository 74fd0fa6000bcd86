"""Sentences that every format has: which release, how to read the numbers, where each comes from."""

from infracommons.reports.document import Document, Source, Table
from infracommons.vocabulary.figures import day

WHERE = "Where each number comes from"
CONTENTS = "Contents"
LISTED = (
    "Listed is not endorsed: an amount is no score, and sources tell more of some countries and funders than of others."
)


def about(document: Document) -> str:
    """Return what the head of a report says of it."""
    return f"Release {document.release_id}, made on {day(document.made_at.date())}. {_numbers(document)}"


def _numbers(document: Document) -> str:
    if not document.compared_with:
        return "Each number leads to the question that gave it."
    return (
        f"Compared with release {document.compared_with}: where a number was another one there, brackets behind it say "
        "how it changed."
    )


def from_where(source: Source) -> str:
    """Return the words of a source: the question, how it was counted, the release."""
    return "; ".join((source.question, *source.how, f"release {source.release_id}")) + "."


def address(site: str | None, path: str) -> str:
    """Return the address of a page of the site; empty where there is no site to lead to."""
    return "" if site is None else f"{site.rstrip('/')}{path}"


def row_note(table: Table) -> str:
    """Return how many rows of how many a table shows; empty where it shows all."""
    return f"{table.note}." if table.note else ""
