"""Writes the page of `docs/` that tells what can be claimed of an infrastructure, from the definitions themselves."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from infracommons.web.catalogue.fields.definition import FieldDefinition, Section, TermDefinition, VocabularyDefinition
from infracommons.web.catalogue.fields.load import load_fields, load_vocabularies

_FROM = {
    "terms": "Curators manage these terms on the site.",
    "scale": "The answers are fixed.",
    "countries": "The countries of ISO 3166-1 by their two-letter codes; a library keeps the list.",
    "currencies": "The currencies of ISO 4217 by their three-letter codes; a library keeps the list.",
}
_VISIBILITY = {"public": "everyone", "by_consent": "if approved", "private": "curators"}


def fields_page(folder: Path = Path("definitions")) -> str:
    """Return the page in Markdown, without the line that says what made it. Raises UnusableInputError."""
    sections, vocabularies = load_fields(folder), load_vocabularies(folder)
    count = sum(len(section.fields) for section in sections)
    return "\n".join(
        [
            "# Fields\n",
            f"What can be said of an infrastructure: {count} fields in {len(sections)} sections. To add one, add an",
            "entry to a file of `definitions/fields/`; forms, checks, pages, files and the API follow from it.\n",
            "*Who sees it*: everyone; everyone if the steward approves (`financial_visibility`); or curators only.",
            "*Stale after* counts from the day on which the value was last checked. A field with a star has to be",
            "filled before a suggestion can be sent. Fields of kind `record` are kept by the site.\n",
            *(line for section in sections for line in _section(section)),
            "# Vocabularies\n",
            f"{len(vocabularies)} lists of terms, in `definitions/vocabularies/`.\n",
            *(line for vocabulary in vocabularies for line in _vocabulary(vocabulary)),
        ]
    )


def _section(section: Section) -> Iterator[str]:
    yield f"## {section.label}\n"
    heads = ("code", "label", "kind", "vocabulary", "who sees it", "stale after", "what it is")
    yield from _table(heads, (_field(field) for field in section.fields))


def _field(field: FieldDefinition) -> tuple[str, ...]:
    parts = f" Parts: {', '.join(f'`{part.code}`' for part in field.parts)}." if field.parts else ""
    return (
        f"`{field.code}`{' *' if field.is_required else ''}",
        field.label,
        f"`{field.kind}`",
        f"[{field.vocabulary}](#{field.vocabulary})" if field.vocabulary else "",
        _VISIBILITY[field.visibility],
        f"{field.max_age_days} days" if field.max_age_days else "",
        f"{field.question} {field.help}{parts}".strip(),
    )


def _vocabulary(vocabulary: VocabularyDefinition) -> Iterator[str]:
    yield f"## {vocabulary.code}\n"
    yield f"{vocabulary.label}. {_FROM[vocabulary.source]}\n"
    if vocabulary.source in {"terms", "scale"}:
        rows = ((f"`{term.code}`", term.label, _meaning(term)) for term in vocabulary.terms)
        yield from _table(("code", "term", "meaning"), rows)


def _meaning(term: TermDefinition) -> str:
    return f"{term.description} A text states it by: {', '.join(term.cues)}." if term.cues else term.description


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield _row(heads)
    yield _row(("---",) * len(heads))
    yield from map(_row, rows)
    yield ""


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"
