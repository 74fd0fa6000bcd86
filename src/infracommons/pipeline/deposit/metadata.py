"""Says of a data package what InvenioRDM asks of a record: title, creators, licence, sources, version."""

import html
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from infracommons.vocabulary.problems import UnusableInputError

_ORCID = re.compile(r"(?P<name>.+?)\s*\((?P<orcid>\d{4}-\d{4}-\d{4}-\d{3}[\dX])\)")
_PUBLISHER = "Infracommons"
_SOURCES_OWN = {
    "title": {"en": "Licences of the sources"},
    "description": {"en": "Each row has the licence of its publisher; LICENSE.md in the files lists them."},
}


def metadata(
    descriptor: dict[str, Any], creators: Sequence[str], *, title: str = "", licence: str = ""
) -> dict[str, Any]:
    """Return the record's metadata. Raises UnusableInputError without a creator, or for one that cannot be read."""
    if not creators:
        message = "--creator: name who made the package, such as --creator 'Example, Ada (0000-0002-1825-0097)'"
        raise UnusableInputError(message)
    return {
        "resource_type": {"id": "dataset"},
        "title": title or f"{descriptor['title']}: release {descriptor['version']}",
        "creators": [_creator(text) for text in creators],
        "publication_date": datetime.fromisoformat(descriptor["created"]).date().isoformat(),
        "description": f"<p>{html.escape(descriptor['description'])}</p>",
        "version": str(descriptor["version"]),
        "publisher": _PUBLISHER,
        "rights": [{"id": licence.lower()} if licence else _SOURCES_OWN],
        "related_identifiers": [_derived_from(source["path"]) for source in _placed(descriptor)],
    }


def _creator(text: str) -> dict[str, Any]:
    """Read `Family, Given (ORCID)`; a name without a comma is an organisation's."""
    found = _ORCID.fullmatch(text.strip())
    name, orcid = (found["name"], found["orcid"]) if found else (text.strip(), "")
    if not name or "(" in name:
        message = f"--creator: {text!r}: write 'Family, Given', or that and the ORCID iD in brackets"
        raise UnusableInputError(message)
    if orcid and not _is_orcid(orcid):
        message = f"--creator: {orcid}: not an ORCID iD: its last character does not fit; look at it again"
        raise UnusableInputError(message)
    family, comma, given = (part.strip() for part in name.partition(","))
    who: dict[str, Any] = (
        {"type": "personal", "family_name": family, "given_name": given}
        if comma
        else {"type": "organizational", "name": name}
    )
    if orcid:
        who["identifiers"] = [{"scheme": "orcid", "identifier": orcid}]
    return {"person_or_org": who}


def _is_orcid(text: str) -> bool:
    """Tell whether the check character fits (ISO 7064, MOD 11-2)."""
    total = 0
    for digit in text.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return text[-1] == ("X" if check == 10 else str(check))  # noqa: PLR2004 - ten is written X


def _placed(descriptor: dict[str, Any]) -> list[dict[str, Any]]:
    return [source for source in descriptor.get("sources", ()) if "path" in source]


def _derived_from(address: str) -> dict[str, Any]:
    return {
        "identifier": address,
        "scheme": "url",
        "relation_type": {"id": "isderivedfrom"},
        "resource_type": {"id": "dataset"},
    }
