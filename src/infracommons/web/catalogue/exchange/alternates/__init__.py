"""Writes one profile in the forms of other communities; each form is one function from a profile to text."""

from collections.abc import Callable
from dataclasses import dataclass

from infracommons.web.catalogue.exchange.alternates import cite, codemeta, own, publiccode
from infracommons.web.catalogue.exchange.alternates.subject import Subject
from infracommons.web.catalogue.exchange.jsonld import jsonld


@dataclass(frozen=True)
class Alternate:
    """One form of a profile: its name for readers, its media type, and how it is written."""

    label: str
    media_type: str
    text_of: Callable[[Subject], str]


def _jsonld(subject: Subject) -> str:
    return own.as_json(jsonld(subject.infrastructure, subject.facts.book, subject.root))


ALTERNATES = {
    "json": Alternate("JSON, complete", "application/json", own.json_text),
    "csv": Alternate("CSV", "text/csv; charset=utf-8", own.csv_text),
    "md": Alternate("Markdown", "text/markdown; charset=utf-8", own.markdown_text),
    "jsonld": Alternate("JSON-LD (schema.org)", "application/ld+json", _jsonld),
    "codemeta.json": Alternate("CodeMeta", "application/vnd.codemeta.ld+json", codemeta.text),
    "publiccode.yml": Alternate("publiccode.yml", "application/x-yaml; charset=utf-8", publiccode.text),
    "bib": Alternate("BibTeX", "application/x-bibtex; charset=utf-8", cite.bibtex),
    "ris": Alternate("RIS", "application/x-research-info-systems; charset=utf-8", cite.ris),
    "csl.json": Alternate("CSL-JSON", "application/vnd.citationstyles.csl+json", cite.csl_json),
}
__all__ = ["ALTERNATES", "Alternate", "Subject"]
