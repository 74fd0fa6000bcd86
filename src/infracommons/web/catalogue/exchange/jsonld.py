"""A profile in the words of schema.org, for search engines and harvesters; properties come from the definitions."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from infracommons.web.catalogue.exchange.facts import Facts
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.registry import field
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.fields.texts import visible_text
from infracommons.web.catalogue.models import Infrastructure

CONTEXT = "https://schema.org"
SOFTWARE, SOURCE_CODE, SERVICE, ORGANIZATION = "SoftwareApplication", "SoftwareSourceCode", "Service", "Organization"
_DATASET, _WORK = "Dataset", "CreativeWork"
_TYPES = {  # of categories that are not plainly software or a service
    "standard_specification_protocol": _WORK,
    "open_scholarly_dataset": _DATASET,
    "data_resource": _DATASET,
    "index_or_directory": "DataCatalog",
    "community_or_network": ORGANIZATION,
    "collective_funding": ORGANIZATION,
    "preprint_service": SERVICE,
    "repository_service": SERVICE,
    "persistent_identifier_service": SERVICE,
    "metadata_service": SERVICE,
    "digital_preservation_service": SERVICE,
    "open_access_service": SERVICE,
    "authentication_service": SERVICE,
}
# What only some types have; every other property named in the definitions belongs to any thing.
_CREATIVE = frozenset({SOFTWARE, SOURCE_CODE, _DATASET, _WORK, "DataCatalog"})
_ONLY = {
    "about": _CREATIVE,
    "applicationCategory": frozenset({SOFTWARE}),
    "category": frozenset({SERVICE}),
    "codeRepository": frozenset({SOURCE_CODE}),
    "conditionsOfAccess": _CREATIVE,
    "contactPoint": frozenset({ORGANIZATION}),
    "countryOfOrigin": _CREATIVE,
    "dateCreated": _CREATIVE,
    "foundingDate": frozenset({ORGANIZATION}),
    "keywords": _CREATIVE | {ORGANIZATION},
    "license": _CREATIVE,
    "programmingLanguage": frozenset({SOURCE_CODE}),
    "provider": _CREATIVE | {SERVICE},
    "parentOrganization": frozenset({ORGANIZATION}),
    "softwareHelp": frozenset({SOFTWARE}),
}
# What says the same of a type that lacks the property, the first that it has.
_OTHERWISE = {
    "applicationCategory": ("category", "keywords"),
    "dateCreated": ("foundingDate",),
    "provider": ("parentOrganization",),
}


def jsonld(infrastructure: Infrastructure, book: TermBook, request_root: str) -> dict[str, Any]:
    """Return the JSON-LD object of a profile; `request_root` is this site's address without a slash at its end."""
    facts = Facts(infrastructure.profile, book)
    page = request_root + reverse("profile", args=[infrastructure.infrastructure_id])
    types = types_of(facts)
    told: dict[str, Any] = {
        "@context": CONTEXT,
        "@id": page,
        "@type": types[0] if len(types) == 1 else types,
        "name": infrastructure.name,
    }
    for definition, entry in facts.entries():
        said = _said(definition, entry, facts, request_root)
        if said and definition.schema_org:
            _put(told, definition.schema_org, said, types)
    if wikidata := facts.identifier("wikidata"):
        _put(told, "sameAs", [f"https://www.wikidata.org/entity/{wikidata}"], types)
    told |= _api(facts, infrastructure.name, types)
    told["mainEntityOfPage"] = {
        "@type": "WebPage",
        "@id": page,
        "url": page,
        "dateModified": infrastructure.changed_at.isoformat(timespec="seconds"),
        "isPartOf": {"@type": "WebSite", "name": "Infracommons", "url": f"{request_root}/"},
    }
    return told


def types_of(facts: Facts) -> list[str]:
    """Return the schema.org types: that of the first category, and source code where a repository is open."""
    category = next((term.code for term in facts.terms("categories")), "")
    has_code = bool(facts.links("code_repository"))
    main = _TYPES.get(category, SOFTWARE if category or has_code else SERVICE)
    return [main, SOURCE_CODE] if has_code else [main]


def _put(told: dict[str, Any], name: str, said: list[Any], types: list[str]) -> None:
    """Add what is said under the property, or under the one that these types have for it."""
    fitting = next((one for one in (name, *_OTHERWISE.get(name, ())) if _has(types, one)), None)
    if fitting is None:
        return
    before = told.get(fitting, [])
    every = [*(before if isinstance(before, list) else [before]), *said]
    once = [one for place, one in enumerate(every) if one not in every[:place]]
    told[fitting] = once[0] if len(once) == 1 else once


def _has(types: list[str], name: str) -> bool:
    return name not in _ONLY or any(kind in _ONLY[name] for kind in types)


def _said(definition: FieldDefinition, entry: dict[str, Any], facts: Facts, root: str) -> list[Any]:
    if definition.kind == "practice":
        return list(facts.links(definition.code))
    if definition.kind in {"term", "terms"}:
        other = (entry["value"] or {}).get("other")
        return [*(term.label for term in facts.terms(definition.code)), *([other] if other else [])]
    if definition.kind == "image" and entry["value"]:
        return [root + reverse("logo", args=[entry["value"]["sha256"]])]
    write = _WRITE.get(definition.kind)
    return write(entry["value"]) if write and entry["value"] is not None else []


def licence_address(expression: str) -> str:
    """Return the SPDX address of one licence; an expression of several stays text."""
    return expression if " " in expression else f"https://spdx.org/licenses/{expression}"


def organisation(value: dict[str, str]) -> dict[str, str]:
    """Return an Organization with its ROR address as its id."""
    told = {"@type": ORGANIZATION, "name": value["name"]}
    return told | {"@id": value["ror"], "sameAs": value["ror"]} if value["ror"] else told


def _identifier(pair: dict[str, str]) -> dict[str, str]:
    return {"@type": "PropertyValue", "propertyID": pair["scheme"], "value": pair["value"]}


def _contact(address: str) -> dict[str, str]:
    is_mail = address.startswith("mailto:")
    return {"@type": "ContactPoint", "email" if is_mail else "url": address.removeprefix("mailto:")}


def _entries(value: dict[str, Any]) -> list[Any]:
    return [{"@type": "Thing", **{key: row[key] for key in ("name", "url") if key in row}} for row in value["entries"]]


def _api(facts: Facts, name: str, types: list[str]) -> dict[str, Any]:
    """Return the interface for programs, tied by the property that the type has for it."""
    pages = facts.links("open_api")
    if not pages or ORGANIZATION in types:
        return {}
    interface = {"@type": "WebAPI", "name": f"{name}: {field('open_api').label}", "documentation": pages}
    return {"isRelatedTo" if SERVICE in types else "mentions": interface}


_WRITE: dict[str, Callable[[Any], list[Any]]] = {
    "text": lambda value: [value],
    "rich_text": lambda value: [visible_text(value)],
    "url": lambda value: [value],
    "contact": lambda value: [_contact(value)],
    "yes_no": lambda value: [value],
    "year": lambda value: [str(value)],
    "names": list,
    "licence": lambda value: [licence_address(value)],
    "organisation": lambda value: [organisation(value)],
    "identifiers": lambda value: [_identifier(pair) for pair in value],
    "entries": _entries,
}
