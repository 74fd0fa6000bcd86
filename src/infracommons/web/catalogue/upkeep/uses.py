"""Finds the web addresses that current public claims of listed infrastructures name, and where each one stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.registry import public_fields
from infracommons.web.catalogue.models import Infrastructure
from infracommons.web.catalogue.models.infrastructure import Listing

_CHUNK = 200
_HREF = re.compile(r'href="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Use:
    """One address in one current claim; `infrastructure` and `claim` are keys."""

    infrastructure: int
    field: str
    claim: int
    url: str


def uses() -> Iterator[Use]:
    """Yield every use, an address once for each claim, a few profiles in memory at a time."""
    public = public_fields()
    listed = Infrastructure.objects.filter(listing=Listing.LISTED).order_by("pk").values_list("pk", "profile")
    for key, profile in listed.iterator(chunk_size=_CHUNK):
        for definition in public:
            if entry := profile.get(definition.code):
                for url in addresses_in(definition, entry):
                    yield Use(key, definition.code, entry["claim"], url)


def addresses_in(definition: FieldDefinition, entry: dict[str, Any]) -> list[str]:
    """Return the web addresses of an entry, of its evidence and of its value, each once."""
    found = [link["url"] for link in entry["evidence"]]
    if entry["value"] is not None:
        found += _of_value(definition, entry["value"])
    return list(dict.fromkeys(url for url in found if url.startswith(("https://", "http://"))))


def _of_value(definition: FieldDefinition, value: Any) -> list[str]:  # noqa: ANN401 - JSON of the kind
    if definition.kind in {"url", "contact"}:
        return [value]
    if definition.kind == "rich_text":
        return [unescape(href) for href in _HREF.findall(value)]
    if definition.kind == "organisation":
        return [value["ror"]] if value["ror"] else []
    if definition.kind == "entries":
        parts = [part.code for part in definition.parts if part.kind == "url"]
        return [row[part] for row in value["entries"] for part in parts if row.get(part)]
    return []
