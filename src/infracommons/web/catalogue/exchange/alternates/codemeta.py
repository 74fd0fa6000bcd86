"""A profile as CodeMeta 3, by which repositories and archives of software exchange descriptions."""

from typing import Any

from infracommons.web.catalogue.exchange.alternates.own import as_json
from infracommons.web.catalogue.exchange.alternates.subject import Subject
from infracommons.web.catalogue.exchange.jsonld import SOURCE_CODE, licence_address, organisation, types_of

CONTEXT = "https://w3id.org/codemeta/3.0"
_REPOSTATUS = {"active": "active", "minimally_maintained": "inactive", "unsupported": "unsupported"}


def text(subject: Subject) -> str:
    """Return the CodeMeta file; what nobody has claimed is left out."""
    return as_json({key: value for key, value in codemeta(subject).items() if value})


def codemeta(subject: Subject) -> dict[str, Any]:
    """Return every key that CodeMeta has for a field of ours, empty where nothing is claimed."""
    facts = subject.facts
    types = types_of(facts)
    repositories = facts.links("code_repository")
    licence, steward = facts.value("spdx_licence"), facts.value("steward")
    launched = facts.value("launched")
    return {
        "@context": CONTEXT,
        "@type": SOURCE_CODE if SOURCE_CODE in types else types[0],
        "@id": subject.page,
        "identifier": [f"{pair['scheme']}:{pair['value']}" for pair in facts.value("identifiers") or []],
        "name": subject.infrastructure.name,
        "alternateName": facts.value("aliases"),
        "description": facts.text("summary"),
        "url": facts.value("website"),
        "dateCreated": str(launched) if launched else "",
        "dateModified": subject.infrastructure.changed_at.date().isoformat(),
        "license": licence_address(licence) if licence else "",
        "codeRepository": repositories[0] if repositories else "",
        "relatedLink": repositories[1:],
        "softwareHelp": facts.links("user_documentation"),
        "programmingLanguage": [term.label for term in facts.terms("programming_languages")],
        "applicationCategory": [term.label for term in facts.terms("categories")],
        "developmentStatus": _development_status(subject),
        "maintainer": organisation(steward) if steward else None,
    }


def _development_status(subject: Subject) -> str:
    """Return the address of a state of repostatus.org, which CodeMeta asks for; empty where none is known."""
    term = next(iter(subject.facts.terms("maintenance_status")), None)
    state = _REPOSTATUS.get(term.provides, _REPOSTATUS.get(term.code, "")) if term else ""
    return f"https://www.repostatus.org/#{state}" if state else ""
