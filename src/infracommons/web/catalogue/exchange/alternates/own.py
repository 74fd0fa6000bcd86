"""A profile in our own words: JSON with all that a reader sees, CSV with a row a field, Markdown to read."""

import csv
import io
import json
import re
from typing import Any

from infracommons.web.catalogue.claims.flags import flags_of
from infracommons.web.catalogue.exchange.alternates.subject import Subject
from infracommons.web.catalogue.exchange.exports.table import json_text as inline_json
from infracommons.web.catalogue.exchange.licences import LICENCE_URL, licence_of
from infracommons.web.catalogue.exchange.spreadsheets import quoted
from infracommons.web.catalogue.fields.registry import sections
from infracommons.web.catalogue.fields.words import entry_words

_CSV_COLUMNS = "field label status words value evidence author_kind source checked_on note at licence".split()
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~])")
_LINE_BEGIN = re.compile(r"^(\s*)([-+]|\d+[.)])(\s)")


def as_json(told: Any) -> str:  # noqa: ANN401 - any JSON
    """Return JSON for people and programs."""
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def told_of(subject: Subject) -> dict[str, Any]:
    """Return the profile with each field's value, words, evidence, author's role and dates."""
    infrastructure = subject.infrastructure
    steward = infrastructure.steward
    return {
        "id": infrastructure.infrastructure_id,
        "name": infrastructure.name,
        "url": subject.page,
        "listing": infrastructure.listing,
        "listing_reason": infrastructure.listing_reason or None,
        "steward_id": steward.organisation_id if steward else None,
        "created_at": infrastructure.created_at.isoformat(),
        "changed_at": infrastructure.changed_at.isoformat(),
        "licence": LICENCE_URL,
        "flags": {
            flag.code: {"label": flag.label, "verdict": flag.verdict, "reason": flag.reason, "rule": flag.rule_version}
            for flag in flags_of(infrastructure.profile, subject.book)
        },
        "fields": {row["field"]: {key: row[key] for key in row if key != "field"} for row in rows(subject)},
    }


def rows(subject: Subject) -> list[dict[str, Any]]:
    """Return a row for each public field that something is claimed of, with _CSV_COLUMNS as keys."""
    return [
        {
            "field": definition.code,
            "label": definition.label,
            "status": entry["status"] or None,
            "words": list(entry_words(definition, entry, subject.book)),
            "value": entry["value"],
            "evidence": entry["evidence"],
            "author_kind": entry["author_kind"],
            "source": entry["source"],
            "checked_on": entry["checked_on"],
            "note": entry["note"] or None,
            "at": entry["at"],
            "licence": licence_of(entry["source"]),
        }
        for definition, entry in subject.facts.entries()
    ]


def json_text(subject: Subject) -> str:
    """Return the whole profile as JSON."""
    return as_json(told_of(subject))


def csv_text(subject: Subject) -> str:
    """Return the profile as CSV, a row a field; values and evidence are JSON."""
    file = io.StringIO()
    write = csv.writer(file, lineterminator="\n")
    write.writerow(_CSV_COLUMNS)
    for row in rows(subject):
        cells = row | {
            "words": " | ".join(row["words"]),
            "value": inline_json(row["value"]),
            "evidence": inline_json(row["evidence"]),
        }
        write.writerow([quoted(str(cells[name] or "")) for name in _CSV_COLUMNS])
    return file.getvalue()


def markdown_text(subject: Subject) -> str:
    """Return the profile as Markdown, by sections, with evidence and dates."""
    told = {row["field"]: row for row in rows(subject)}
    lines = [f"# {plain(subject.infrastructure.name)}", "", f"<{subject.page}>", "", "Listed is not endorsed.", ""]
    lines += ["## Openness", ""]
    for flag in flags_of(subject.infrastructure.profile, subject.book):
        lines.append(f"- {plain(flag.label)}: {flag.verdict}. {plain(flag.reason)}")
    for section in sections():
        shown = [told[field.code] for field in section.fields if field.code in told]
        if shown:
            lines += ["", f"## {plain(section.label)}", ""]
            lines += [line for row in shown for line in _item(row)]
    return "\n".join([*lines, "", f"Licence: {LICENCE_URL}", ""])


def _item(row: dict[str, Any]) -> list[str]:
    checked = f"checked {row['checked_on']}" if row["checked_on"] else "not checked"
    said = "; ".join(plain(words) for words in row["words"])
    head = f"- **{plain(row['label'])}**: {said} ({plain(row['source'])}, {checked}, {row['licence']})"
    links = [f"  - {plain(link['label'])} <{link['url']}>".replace("-  <", "- <") for link in row["evidence"]]
    return [head, *links, *([f"  - Note: {plain(row['note'])}"] if row["note"] else [])]


def plain(text: str) -> str:
    """Return text that Markdown shows as it is, in one line."""
    one_line = " ".join(text.split())
    return _LINE_BEGIN.sub(r"\1\\\2\3", _MARKDOWN.sub(r"\\\1", one_line))
