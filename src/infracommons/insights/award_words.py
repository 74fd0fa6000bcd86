"""What of each award can be searched: its texts, codes and figures. People are in no release, so in no index either."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from infracommons.insights.release import Release, Row
from infracommons.insights.text_query import FieldNames, field_key
from infracommons.vocabulary.folding import folded

Words = Mapping[str, str]
Numbers = Mapping[str, int]


@dataclass(frozen=True)
class SearchedField:
    """One field of the search: its code, what readers call it, how much a word in it weighs (0: asked by name only)."""

    code: str
    label: str
    weight: int = 0
    column: str = ""  # of table award, where it is one of it


TEXTS = (
    SearchedField("title", "Title", 8, "title"),
    SearchedField("infrastructure", "Infrastructure", 6),
    SearchedField("number", "Award number", 4),
    SearchedField("recipient", "Recipient", 3, "recipient_name"),
    SearchedField("funder", "Funder", 3, "funder_name"),
    SearchedField("programme", "Programme", 2, "programme"),
    SearchedField("description", "Description", 1, "description"),
)
CODES = (
    SearchedField("country", "Recipient's country", column="recipient_country_code"),
    SearchedField("funder_country", "Funder's country"),
    SearchedField("source", "Source", column="source"),
    SearchedField("currency", "Currency", column="currency"),
    SearchedField("type", "Kind of support"),
)
NUMBERS = (
    SearchedField("year", "Year", column="award_year"),
    SearchedField("amount", "Amount in its own currency", column="amount"),
    SearchedField("usd", "Amount in US dollars", column="amount_usd"),
)
FIELDS = {field.code: field for field in (*TEXTS, *CODES, *NUMBERS)}
_MONEY = frozenset({"amount", "usd"})
_ALSO = {"recipient organisation": "recipient", "grant number": "number", "award": "number", "support type": "type"}
FIELD_NAMES = FieldNames(
    {field_key(name): field.code for field in FIELDS.values() for name in (field.code, field.label)} | _ALSO,
    numbers=frozenset(field.code for field in NUMBERS),
    money=_MONEY,
    has_alternatives=True,
)


@dataclass(frozen=True)
class SearchedAward:
    """One award as the index takes it: folded words, whole numbers (money in cents), and which fields are unknown."""

    award_id: str
    words: Words
    numbers: Numbers
    unknown: str


_ROWS = """
WITH named AS (
  SELECT award_id,
    string_agg(infrastructure.name || ' ' || array_to_string(aliases, ' '), ' ' ORDER BY infrastructure_id)
      AS infrastructure,
    string_agg(DISTINCT support_type, ' ') AS "type"
  FROM support JOIN infrastructure USING (infrastructure_id) GROUP BY award_id
), numbered AS (
  SELECT award_id, string_agg(DISTINCT award_number, ' ') AS number FROM award_record GROUP BY award_id
)
SELECT award_id, title, description, recipient_name, funder_name, programme, recipient_country_code,
  funder.country_code AS funder_country, award.source, currency, award_year, amount, amount_usd, infrastructure, number,
  "type"
FROM award LEFT JOIN named USING (award_id) LEFT JOIN numbered USING (award_id)
LEFT JOIN organisation AS funder ON funder.organisation_id = funder_organisation_id"""


def searched_awards(release: Release) -> Iterator[SearchedAward]:
    """Yield every award, some thousands of rows in memory at a time."""
    for batch in release.batches(_ROWS)[1]:
        for row in batch.to_pylist():
            yield _searched(row)


def _searched(row: Row) -> SearchedAward:
    words = {field.code: folded(row[field.column or field.code] or "") for field in (*TEXTS, *CODES)}
    words["number"] = " ".join((words["number"], folded(row["award_id"])))
    numbers = {field.code: row[field.column] for field in NUMBERS}
    unknown = [code for code, said in (words | numbers).items() if said in ("", None)]
    return SearchedAward(
        row["award_id"],
        words,
        {code: _whole(code, number) for code, number in numbers.items() if number is not None},
        " ".join(unknown),
    )


def _whole(code: str, number: Any) -> int:  # noqa: ANN401 - a year or an amount
    return int(Decimal(number) * 100) if code in _MONEY else int(number)
