"""Gives each value of a profile what a reader needs to judge it: words, evidence, who said it, how old it is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from infracommons.vocabulary.figures import counted, day
from infracommons.web.catalogue.claims.profile import Entry, age_in_days
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.statuses import UNKNOWN, WORDS
from infracommons.web.catalogue.models.claim import AuthorKind
from infracommons.web.catalogue.profile.values import Part, Reading, address_words, outside, parts_of
from infracommons.web.catalogue.profile.visible import is_answered

_BLOCK, _LIST = "block", "list"
_LAYOUTS = {"rich_text": _BLOCK, "entries": _LIST, "identifiers": _LIST, "practice": _BLOCK}


@dataclass(frozen=True)
class Evidence:
    """One link that shows that a value holds; `problem` says in words what is wrong with it, empty where nothing."""

    url: str
    label: str
    problem: str

    @property
    def html(self) -> SafeString:
        """The link as it stands in a page."""
        link = outside(self.url, self.label).html
        return (
            format_html('{} <strong class="mark-word">(link {})</strong>', link, self.problem) if self.problem else link
        )


@dataclass(frozen=True)
class Row:
    """One field of a profile as a page shows it."""

    code: str
    label: str
    layout: str
    is_practice: bool
    is_above: bool  # long, and shown at the top of the page already
    status: str  # code, empty where the value speaks for itself
    status_words: str
    parts: list[Part]
    evidence: list[Evidence]
    broken: list[str]  # addresses in the value itself that do not answer, with what is wrong
    is_answered: bool
    author: str
    claimed_on: date
    checked_on: date | None
    stale: str  # how old it is and may be, empty while it is young enough
    is_uncertain: bool
    note: str
    history: str
    image: dict[str, Any] | None


@dataclass(frozen=True)
class Circumstances:
    """What is known of a profile's claims from elsewhere."""

    today: date
    people: Mapping[int, str]  # names of those who agreed to be named, by id
    uncertain: Collection[int]  # ids of claims
    broken: Mapping[str, str]  # what is wrong with an address, by address
    history: str  # address of the page of all claims


def row_of(definition: FieldDefinition, entry: Entry, reading: Reading, around: Circumstances) -> Row:
    """Return one field as a page shows it."""
    status = entry["status"]
    return Row(
        code=definition.code,
        label=definition.label,
        layout=_LAYOUTS.get(definition.kind, ""),
        is_above=definition.code == "summary",
        is_practice=definition.kind == "practice",
        status=status,
        status_words=WORDS[status] if status else "",
        parts=[] if definition.kind == "image" else parts_of(definition, entry, reading),
        evidence=evidence_of(entry, around.broken),
        broken=_broken(definition, entry, around.broken),
        is_answered=is_answered(definition, entry, reading.book),
        author=author_words(entry["author_kind"], entry["source"], around.people.get(entry["author"] or 0, "")),
        claimed_on=datetime.fromisoformat(entry["at"]).date(),
        checked_on=date.fromisoformat(entry["checked_on"]) if entry["checked_on"] else None,
        stale=stale_words(definition, entry, around.today),
        is_uncertain=entry["claim"] in around.uncertain,
        note=entry["note"],
        history=f"{around.history}?{urlencode({'field': definition.code})}",
        image=entry["value"] if definition.kind == "image" else None,
    )


def evidence_of(entry: Entry, broken: Mapping[str, str]) -> list[Evidence]:
    """Return the links of a claim, each with a name."""
    return [
        Evidence(link["url"], link["label"] or address_words(link["url"]), broken.get(link["url"], ""))
        for link in entry["evidence"]
    ]


def _broken(definition: FieldDefinition, entry: Entry, broken: Mapping[str, str]) -> list[str]:
    proofs = {link["url"] for link in entry["evidence"]}
    named = [url for url in addresses_of(definition, entry) if url in broken and url not in proofs]
    return [f"{address_words(url)} {broken[url]}" for url in named]


def author_words(kind: str, source: str, name: str = "") -> str:
    """Return who said it: the person where they agreed to be named, the role, the source."""
    role = AuthorKind(kind).label
    who = f"{name} ({role})" if name else role
    return f"{who}: {source}" if source else who


def is_stale(definition: FieldDefinition, entry: Entry, today: date) -> bool:
    """Return whether a value is past its age; what says nothing does not age."""
    if definition.max_age_days is None or (entry["value"] is None and entry["status"] in {"", UNKNOWN}):
        return False
    return age_in_days(entry, today) > definition.max_age_days


def stale_words(definition: FieldDefinition, entry: Entry, today: date) -> str:
    """Return how old a value is that is past its age."""
    if not is_stale(definition, entry, today):
        return ""
    age, most = age_in_days(entry, today), definition.max_age_days or 0
    since = (
        f"checked {day(date.fromisoformat(entry['checked_on']))}" if entry["checked_on"] else "never checked, claimed"
    )
    return f"{since}, {counted(age, 'day')} ago; to be checked every {counted(most, 'day')}"


def addresses_of(definition: FieldDefinition, entry: Entry) -> list[str]:
    """Return every web address that a claim names: its evidence, and those in its value that have links here."""
    value = entry["value"]
    if definition.kind in {"url", "contact"} and value:
        said = [value]
    elif definition.kind == "entries" and value:
        said = [row["url"] for row in value["entries"] if "url" in row]
    else:
        said = []
    return [*(link["url"] for link in entry["evidence"]), *said]


def history_address(infrastructure_id: str) -> str:
    """Return the address of all claims of an infrastructure."""
    return reverse("profile_history", args=[infrastructure_id])
