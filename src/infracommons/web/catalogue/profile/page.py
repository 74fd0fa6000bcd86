"""Puts a profile together: sections with what is answered and what is not, and the sentence that answers first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from infracommons.vocabulary.figures import counted
from infracommons.web.catalogue.claims.profile import Entry, Profile
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.registry import field, sections
from infracommons.web.catalogue.models import Infrastructure
from infracommons.web.catalogue.profile.rows import Circumstances, Row, row_of
from infracommons.web.catalogue.profile.values import Part, Reading, parts_of
from infracommons.web.catalogue.profile.visible import shown_fields

_YEAR = 365


@dataclass(frozen=True)
class ShownSection:
    """A section: rows of what is claimed, and the fields of which nothing is known."""

    code: str
    label: str
    rows: list[Row]
    missing: list[FieldDefinition]
    answered: int
    asked: int


@dataclass(frozen=True)
class Completeness:
    """How much of a profile is there, as counts: no score."""

    asked: int
    answered: int
    with_evidence: int
    checked_this_year: int
    stale: int
    uncertain: int


@dataclass(frozen=True)
class Head:
    """What stands above the sections."""

    steward: Part | None
    country: Part | None
    launched: str
    website: str
    summary: Sequence[Part]
    logo: Row | None
    aliases: str


def shown_sections(profile: Profile, reading: Reading, around: Circumstances, *, consent: bool) -> list[ShownSection]:
    """Return the sections of which readers see anything, in the order of the definitions."""
    visible = {one.code for one in shown_fields(consent=consent)}
    found = []
    for section in sections():
        fields = [one for one in section.fields if one.code in visible]
        if fields:
            rows = [row_of(one, profile[one.code], reading, around) for one in fields if one.code in profile]
            missing = [one for one in fields if one.code not in profile]
            answered = sum(row.is_answered for row in rows)
            found.append(ShownSection(section.code, section.label, rows, missing, answered, len(fields)))
    return found


def completeness(shown: Sequence[ShownSection], today: date) -> Completeness:
    """Return how much is there."""
    rows = [row for section in shown for row in section.rows if row.is_answered]
    recent = [row for row in rows if row.checked_on and (today - row.checked_on).days <= _YEAR]
    return Completeness(
        asked=sum(section.asked for section in shown),
        answered=len(rows),
        with_evidence=sum(bool(row.evidence) for row in rows),
        checked_this_year=len(recent),
        stale=sum(bool(row.stale) for row in rows),
        uncertain=sum(row.is_uncertain for row in rows),
    )


def head(profile: Profile, reading: Reading, shown: Sequence[ShownSection]) -> Head:
    """Return what stands above the sections."""

    def parts(code: str) -> list[Part]:
        entry = profile.get(code)
        return parts_of(field(code), entry, reading) if entry else []

    def first(code: str) -> Part | None:
        return next(iter(parts(code)), None)

    launched, website = first("launched"), first("website")
    rows = {row.code: row for section in shown for row in section.rows}
    logo = rows.get("logo")
    return Head(
        steward=first("steward"),
        country=first("country"),
        launched=launched.text if launched else "",
        website=website.href if website else "",
        summary=parts("summary"),
        logo=logo if logo and logo.image else None,
        aliases=", ".join(part.text for part in parts("aliases")),
    )


def answer_sentence(infrastructure: Infrastructure, profile: Profile, reading: Reading) -> str:
    """Return in one sentence what it is, who runs it, where and since when."""
    said = {code: _words(code, profile.get(code), reading) for code in ("categories", "steward", "country", "launched")}
    kinds = _joined([words.lower() for words in said["categories"]]) or "infrastructure of a kind not yet claimed"
    steward = f", run by {said['steward'][0]}" if said["steward"] else ", run by an organisation not yet named"
    country = f" ({said['country'][0]})" if said["country"] else ""
    since = f", since {said['launched'][0]}" if said["launched"] else ""
    return f"{infrastructure.name} is listed as {kinds}{steward}{country}{since}."


def counts_sentence(counts: Completeness) -> str:
    """Return in one sentence how much of the profile is known and checked."""
    return (
        f"{counts.answered} of {counted(counts.asked, 'question')} "
        f"{'is' if counts.answered == 1 else 'are'} answered, {counts.with_evidence} of these with evidence; "
        f"{counts.checked_this_year} {'was' if counts.checked_this_year == 1 else 'were'} "
        "checked against it in the last 12 months."
    )


def _words(code: str, entry: Entry | None, reading: Reading) -> list[str]:
    return [part.text for part in parts_of(field(code), entry, reading) if part.text] if entry else []


def _joined(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""
