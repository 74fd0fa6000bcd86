"""Writes a document as HTML, PDF, DOCX or Markdown, one file each."""

from collections.abc import Callable, Mapping

from infracommons.reports.document import Document

# Takes a document and the address of the site (None where links to it are of no use); gives the bytes of each file.
Writer = Callable[[Document, str | None], Mapping[str, bytes]]
