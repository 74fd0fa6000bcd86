"""Turns stored values into what a page shows: words with the links that belong to them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from infracommons.web.catalogue.claims.profile import Entry
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.problems import ValueProblem
from infracommons.web.catalogue.fields.terms import TermBook, TermFacts
from infracommons.web.catalogue.fields.texts import rich_text, visible_text
from infracommons.web.catalogue.fields.words import value_words
from infracommons.web.catalogue.search.facets import value_of

_LONGEST_ADDRESS = 60
_IDENTIFIER_ADDRESSES = {
    "github": "https://github.com/{}",
    "wikidata": "https://www.wikidata.org/wiki/{}",
    "re3data": "https://www.re3data.org/repository/{}",
    "rrid": "https://scicrunch.org/resolver/{}",
    "swhid": "https://archive.softwareheritage.org/{}",
    "fairsharing": "https://fairsharing.org/{}",
}


@dataclass(frozen=True)
class Part:
    """One thing that a value says; `href` leads to it, outside of this site where `is_external`."""

    text: str = ""
    href: str = ""
    is_external: bool = False
    title: str = ""
    markup: SafeString = field(default_factory=lambda: SafeString(""))  # safe HTML, in place of the text
    before: str = ""  # what stands before a link and is no part of it

    @property
    def html(self) -> SafeString:
        """The part as it stands in a page."""
        return format_html("{}{}", self._before, self._said) if self.before else self._said

    @property
    def _before(self) -> SafeString:
        return format_html('<span class="soft">{}</span>', self.before)

    @property
    def _said(self) -> SafeString:
        if self.markup:
            return self.markup
        if not self.href:
            return SafeString(linebreaksbr(self.text))
        if self.is_external:
            return format_html('<a href="{}" rel="external nofollow noopener">{}</a>', self.href, self.text)
        if self.title:
            return format_html('<a href="{}" title="{}">{}</a>', self.href, self.title, self.text)
        return format_html('<a href="{}">{}</a>', self.href, self.text)


@dataclass(frozen=True)
class Reading:
    """What is needed to show values: today's terms, and the infrastructures that terms name, as {slug: name}."""

    book: TermBook
    named: Mapping[str, str] = field(default_factory=dict)
    stewards: Mapping[str, str] = field(default_factory=dict)  # id of today's steward, by its name and its ROR


def parts_of(definition: FieldDefinition, entry: Entry, reading: Reading) -> list[Part]:
    """Return what the entry's value says; [] where it has none."""
    value = entry["value"]
    if value is None:
        return []
    if definition.kind in {"term", "terms"}:
        return _terms(definition, value, reading)
    if definition.kind == "organisation":
        return [_organisation(value, reading)]
    write = _PARTS.get(definition.kind)
    if write is not None:
        return write(value)
    return [Part(words) for words in value_words(definition, value, reading.book)]


def outside(url: str, text: str = "", before: str = "") -> Part:
    """Return a link out of this site; a text where the address is none of the web or of mail."""
    shown = text or address_words(url)
    if not url.lower().startswith(("https://", "http://", "mailto:")):
        return Part(shown, before=before)
    return Part(shown, url, is_external=True, before=before)


def address_words(url: str) -> str:
    """Return an address as readers see it: without the scheme, shortened.

    >>> address_words("https://www.example.org/")
    'www.example.org'
    """
    if url.startswith("mailto:"):
        return url.removeprefix("mailto:")
    split = urlsplit(url)
    text = f"{split.netloc}{split.path}".rstrip("/") + (f"?{split.query}" if split.query else "")
    return text if len(text) <= _LONGEST_ADDRESS else text[: _LONGEST_ADDRESS - 1] + "\N{HORIZONTAL ELLIPSIS}"


def search_address(code: str, value: str) -> str:
    """Return the address of all infrastructures of which a field says this."""
    return f"{reverse('discover')}?{urlencode({code: value})}"


def _terms(definition: FieldDefinition, value: dict[str, Any], reading: Reading) -> list[Part]:
    vocabulary = definition.vocabulary or ""
    current = {code: reading.book.current(vocabulary, code) for code in value["terms"]}
    parts = [_term(definition, code, term, reading) for code, term in current.items()]
    once = list({part.text: part for part in parts}.values())
    return [*once, *([Part(value["other"], before="in its own words: ")] if value["other"] else [])]


def _term(definition: FieldDefinition, code: str, term: TermFacts | None, reading: Reading) -> Part:
    if term is None:
        return Part(code.replace("_", " "))
    if term.infrastructure in reading.named:
        return Part(term.label, reverse("profile", args=[term.infrastructure]), title=term.description)
    href = search_address(definition.code, value_of(term)) if definition.is_facet else ""
    return Part(term.label, href, title=term.description)


def _organisation(value: dict[str, str], reading: Reading) -> Part:
    if organisation := reading.stewards.get(value["ror"]) or reading.stewards.get(value["name"]):
        return Part(value["name"], reverse("steward", args=[organisation]))
    return outside(value["ror"], value["name"]) if value["ror"] else Part(value["name"])


def _rich(value: str) -> list[Part]:
    """Return stored HTML cleaned once more: a page never trusts that whatever wrote the row has done so."""
    try:
        return [Part(markup=mark_safe(rich_text(value, "value")))]  # noqa: S308 - cleaned in this line
    except ValueProblem:
        return [Part(visible_text(value))]


def _entries(value: dict[str, Any]) -> list[Part]:
    rows = [_entry(row) for row in value["entries"]]
    return [*rows, *([Part(value["text"])] if value["text"] else [])]


def _entry(row: dict[str, str]) -> Part:
    texts = [text for code, text in row.items() if code != "url" and text]
    if url := row.get("url"):
        return outside(url, " \N{EN DASH} ".join(texts))
    return Part(" \N{EN DASH} ".join(texts))


def _identifiers(value: list[dict[str, str]]) -> list[Part]:
    found = []
    for pair in value:
        form = _IDENTIFIER_ADDRESSES.get(pair["scheme"], "{}")
        before = f"{pair['scheme'].replace('_', ' ')}: "
        found.append(outside(form.format(pair["value"]), pair["value"].removeprefix("https://ror.org/"), before))
    return found


def _licence(value: str) -> list[Part]:
    return [Part(value, search_address("spdx_licence", value))]


_PARTS: dict[str, Callable[[Any], list[Part]]] = {
    "rich_text": _rich,
    "url": lambda value: [outside(value)],
    "contact": lambda value: [outside(value)],
    "practice": lambda value: [Part(value["statement"])],
    "entries": _entries,
    "identifiers": _identifiers,
    "licence": _licence,
}
