"""Which awards a search finds, worked out slowly in plain Python over the tables, word by word."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from infracommons.insights.award_words import FIELD_NAMES
from infracommons.insights.text_query import Clause, parse_query
from infracommons.vocabulary.countries import country_code
from infracommons.vocabulary.folding import variants, words

Row = dict[str, Any]
Tables = dict[str, list[Row]]
OWN = {"title": "title", "description": "description", "recipient": "recipient_name", "funder": "funder_name",
       "programme": "programme"}  # fmt: skip
CODES = {"country": "recipient_country_code", "funder_country": "funder_country_code", "source": "source",
         "currency": "currency"}  # fmt: skip
NUMBERS = {"year": ("award_year", 1), "amount": ("amount", 100), "usd": ("amount_usd", 100)}


def searched(tables: Tables, text: str) -> set[str]:
    """Return the ids of the awards that have everything the text asks for."""
    groups = parse_query(text, FIELD_NAMES).groups
    return {
        award["award_id"]
        for award in tables["award"]
        if all(any(holds(tables, award, one) != one.is_excluded for one in group) for group in groups)
    }


def holds(tables: Tables, award: Row, clause: Clause) -> bool:
    texts = texts_of(tables, award)
    if clause.field in NUMBERS:
        column, parts = NUMBERS[clause.field]
        return within(award[column], clause, parts)
    award = award | {"funder_country_code": funder_country(tables, award)}
    if clause.words == ("unknown",) and clause.field and clause.field != "type":
        said = award[CODES[clause.field]] if clause.field in CODES else " ".join(texts[clause.field])
        return not words(said or "")
    if clause.field in {"country", "funder_country"}:
        return bool(award[CODES[clause.field]] == a_country(clause))
    if clause.field in CODES:
        return stands(words(award[CODES[clause.field]] or ""), clause.words)
    if clause.field == "type":
        own = [s["support_type"] for s in tables["support"] if s["award_id"] == award["award_id"]]
        return clause.words[0] in own
    fields = [clause.field] if clause.field else [*texts]
    return any(in_text(words(" ".join(texts[field])), clause) for field in fields)


def a_country(clause: Clause) -> str:
    return country_code(" ".join(clause.words)) or clause.words[0].upper()


def funder_country(tables: Tables, award: Row) -> str | None:
    codes = {row["organisation_id"]: row["country_code"] for row in tables["organisation"]}
    return codes.get(award["funder_organisation_id"])


def texts_of(tables: Tables, award: Row) -> dict[str, list[str]]:
    own = award["award_id"]
    supported = {row["infrastructure_id"] for row in tables["support"] if row["award_id"] == own}
    named = [row for row in tables["infrastructure"] if row["infrastructure_id"] in supported]
    named.sort(key=lambda row: row["infrastructure_id"])
    numbers = {r["award_number"] for r in tables["award_record"] if r["award_id"] == own and r["award_number"]}
    return {field: [award[column] or ""] for field, column in OWN.items()} | {
        "infrastructure": [text for row in named for text in (row["name"], *row["aliases"])],
        "number": [*sorted(numbers), own],
    }


def in_text(here: Sequence[str], clause: Clause) -> bool:
    if len(clause.words) > 1 or clause.is_quoted:
        return stands(here, clause.words)
    word = clause.words[0]
    if clause.typed.endswith("*"):
        return any(one.startswith(word) for one in here)
    return any(one in here for one in (word, *variants(word)))


def stands(here: Sequence[str], wanted: Sequence[str]) -> bool:
    return any(tuple(here[at : at + len(wanted)]) == tuple(wanted) for at in range(len(here)))


def within(value: Decimal | int | None, clause: Clause, parts: int) -> bool:
    if clause.bounds is None:
        return value is None
    low, high = clause.bounds
    return value is not None and (low is None or value * parts >= low) and (high is None or value * parts <= high)
