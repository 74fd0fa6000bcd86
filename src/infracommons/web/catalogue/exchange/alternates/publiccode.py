"""A profile as publiccode.yml 0.5, with the keys that claims can fill; what is required and unknown is said on top."""

from collections.abc import Iterator
from typing import Any

import yaml

from infracommons.web.catalogue.exchange.alternates.subject import Subject
from infracommons.web.catalogue.fields.statuses import AVAILABLE

VERSION = "0.5"
REQUIRED = (
    "publiccodeYmlVersion",
    "name",
    "url",
    "platforms",
    "developmentStatus",
    "softwareType",
    "description.en.shortDescription",
    "description.en.longDescription",
    "description.en.features",
    "legal.license",
    "maintenance.type",
    "localisation.localisationReady",
    "localisation.availableLanguages",
)
_SHORTEST_LONG, _LONGEST_LONG, _LONGEST_SHORT = 150, 10_000, 150
_OBSOLETE = frozenset({"unsupported"})
_STATUS_BY_TERM = {  # the first that holds; terms between these have no equivalent
    "obsolete": _OBSOLETE,
    "stable": frozenset({"proven", "complete"}),
    "concept": frozenset({"proof_of_concept"}),
}


def text(subject: Subject) -> str:
    """Return the file; a comment names the required keys that nothing here can fill."""
    document = publiccode(subject)
    lines = [f"# From {subject.page}"]
    if missing := missing_keys(document):
        lines.append("# A draft: publiccode.yml 0.5 also requires what is unknown here, which its team can add:")
        lines += [f"#   {key}" for key in missing]
    body = yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=100)
    return "\n".join([*lines, body])


def publiccode(subject: Subject) -> dict[str, Any]:
    """Return the keys that claims fill."""
    facts = subject.facts
    document = {
        "publiccodeYmlVersion": VERSION,
        "name": subject.infrastructure.name,
        "url": next(iter(facts.links("code_repository")), None),
        "landingURL": facts.value("website"),
        "roadmap": next(iter(facts.links("product_roadmap")), None),
        "developmentStatus": _development_status(subject),
        "description": {"en": _description(subject)},
        "legal": _filled({"license": facts.value("spdx_licence")}),
        "maintenance": _maintenance(subject),
    }
    return _filled(document)


def missing_keys(document: dict[str, Any]) -> list[str]:
    """Return the required keys that a document lacks, as paths with dots."""
    return [path for path in REQUIRED if not _at(document, path)]


def _at(document: Any, path: str) -> Any:  # noqa: ANN401 - YAML
    for key in path.split("."):
        document = document.get(key) if isinstance(document, dict) else None
    return document


def _filled(document: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if value}


def _description(subject: Subject) -> dict[str, Any]:
    facts = subject.facts
    summary, mission = facts.text("summary"), facts.text("mission")
    short = summary if len(summary) <= _LONGEST_SHORT else summary[: _LONGEST_SHORT - 1].rsplit(" ", 1)[0] + "…"
    long = "\n\n".join(filter(None, (summary, mission)))[:_LONGEST_LONG]
    return _filled(
        {
            "shortDescription": short,
            "longDescription": long if len(long) >= _SHORTEST_LONG else None,
            "documentation": next(iter(facts.links("user_documentation")), None),
            "apiDocumentation": next(iter(facts.links("open_api")), None),
        }
    )


def _development_status(subject: Subject) -> str | None:
    codes = set(_codes(subject))
    return next((status for status, signs in _STATUS_BY_TERM.items() if codes & signs), None)


def _codes(subject: Subject) -> Iterator[str]:
    for code in ("maintenance_status", "readiness_level"):
        yield from (term.code for term in subject.facts.terms(code))


def _maintenance(subject: Subject) -> dict[str, Any]:
    """Return who keeps it up: `none` where nobody does, the community where it may contribute; else unknown."""
    pathways, steward = subject.facts.entry("contribution_pathways"), subject.facts.value("steward")
    if set(_codes(subject)) & _OBSOLETE:
        return {"type": "none"}
    if pathways and pathways["status"] == AVAILABLE and steward:
        return {"type": "community", "contacts": [{"name": steward["name"]}]}
    return {}
