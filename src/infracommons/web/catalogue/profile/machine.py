"""What programs read of a profile page: JSON-LD, alternates, and the links of FAIR Signposting in the answer's head."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from infracommons.web.catalogue.exchange.jsonld import jsonld
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.models import Infrastructure

# Inside a script element only these could end it or be taken for markup.
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@dataclass(frozen=True)
class File:
    """One file of a profile: its form, what readers call it, its media type, and where to look for it."""

    form: str
    label: str
    media_type: str
    href: str


_FORMS = (
    ("json", "JSON, complete", "application/json"),
    ("csv", "CSV", "text/csv"),
    ("md", "Markdown", "text/markdown"),
    ("jsonld", "JSON-LD (schema.org)", "application/ld+json"),
    ("codemeta.json", "CodeMeta", "application/vnd.codemeta.ld+json"),
    ("publiccode.yml", "publiccode.yml", "application/x-yaml"),
)
_CITE = (
    ("bib", "BibTeX", "application/x-bibtex"),
    ("ris", "RIS", "application/x-research-info-systems"),
    ("csl.json", "CSL-JSON", "application/vnd.citationstyles.csl+json"),
)
_FEEDS = (("atom", "Atom", "application/atom+xml"), ("feed.json", "JSON Feed", "application/feed+json"))


def files(infrastructure: Infrastructure) -> list[File]:
    """Return the whole profile as files."""
    return _files(infrastructure, _FORMS)


def citations(infrastructure: Infrastructure) -> list[File]:
    """Return the citation as files."""
    return _files(infrastructure, _CITE)


def feeds(infrastructure: Infrastructure) -> list[File]:
    """Return the feeds of what changes in the profile."""
    return _files(infrastructure, _FEEDS)


def structured_data(infrastructure: Infrastructure, book: TermBook, root: str) -> SafeString:
    """Return the schema.org object for a script element; no text in it can end the element."""
    told = json.dumps(jsonld(infrastructure, book, root), ensure_ascii=False)
    return mark_safe(told.translate(_ESCAPES))  # noqa: S308 - escaped in this line


def link_header(request: HttpRequest, page: str, described: Sequence[File], cited: Sequence[File]) -> str:
    """Return the Link header: the address to cite, descriptions, other forms; addresses are whole ones."""

    def whole(path: str) -> str:
        return request.build_absolute_uri(path)

    links = [f'<{whole(page)}>; rel="cite-as"', f'<{whole(page)}>; rel="canonical"']
    links += [f'<{whole(one.href)}>; rel="describedby"; type="{one.media_type}"' for one in (*described, *cited)]
    links += [f'<{whole(one.href)}>; rel="alternate"; type="{one.media_type}"' for one in described]
    links.append(f'<{whole(reverse("discover"))}>; rel="collection"; type="text/html"')
    return ", ".join(links)


def _files(infrastructure: Infrastructure, forms: Sequence[tuple[str, str, str]]) -> list[File]:
    return [
        File(form, label, kind, reverse("profile_file", args=[infrastructure.infrastructure_id, form]))
        for form, label, kind in forms
    ]
