"""Writes rows of a release as rows of answers: money as decimal text, so that no cent is lost, ids with addresses."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse

from infracommons.insights.award import AwardEvidence
from infracommons.insights.award_matches import Match
from infracommons.vocabulary.tables import AWARD, AWARD_RECORD, EXCLUSION, MENTION, SUPPORT, Table

Row = dict[str, Any]
COUNTED = ("infrastructures", "counted_rule", "counted_usd", "not_counted_because")
AWARD_COLUMNS = (*(column.name for column in AWARD.columns), *COUNTED)


@dataclass(frozen=True)
class Writer:
    """Writes the rows of one answer; `absolute` makes a whole address of a path."""

    absolute: Callable[[str], str]

    def award(self, row: Mapping[str, Any], columns: Collection[str], match: Match | None = None) -> Row:
        """Return an award of a list, with these columns, and where the words of the search stand in it."""
        told = {name: plain(row[name]) for name in AWARD_COLUMNS if name in columns and name != "infrastructures"}
        if "infrastructures" in columns:
            told["infrastructures"] = _pairs(row)
        award_id = row["award_id"]
        return {
            "award_id": award_id,
            **told,
            "matches": _matches(match),
            "links": {"self": self._address("api:award", award_id), "page": self._address("award", award_id)},
        }

    def evidence(self, evidence: AwardEvidence) -> Row:
        """Return one award with every row that stands behind it."""
        award_id = evidence.award["award_id"]
        return {
            **_columns(AWARD, evidence.award),
            "records": [
                _columns(AWARD_RECORD, record)
                | {"mentions": [_columns(MENTION, one) for one in evidence.mentions.get(record["record_id"], ())]}
                for record in evidence.records
            ],
            "supports": [
                _columns(SUPPORT, one)
                | {"name": one["name"], "attributed": {rule: plain(usd) for rule, usd in one["attributed"].items()}}
                for one in evidence.supports
            ],
            "exclusions": [_columns(EXCLUSION, one) for one in evidence.exclusions],
            "links": {"self": self._address("api:award", award_id), "page": self._address("award", award_id)},
        }

    def support(self, row: Mapping[str, Any]) -> Row:
        """Return one award and infrastructure, with what counts for it under the rule."""
        counted = {"counted_rule": row["counted_rule"], "counted_usd": plain(row["counted_usd"])}
        return _columns(SUPPORT, row) | counted | {"links": {"award": self._address("api:award", row["award_id"])}}

    def organisation(self, row: Mapping[str, Any], facts: Mapping[str, Any], kind: str) -> Row:
        """Return an organisation with what its awards add up to; `unknown` stands for those that name none."""
        known = {name: facts.get(name) for name in ("ror_id", "country_code", "region", "kind", "is_us_federal")}
        return {
            "organisation_id": row["value"],
            "name": facts.get("name") or row["name"],
            **known,
            **sums(row),
            "links": {"self": self._address(f"api:{kind}", row["value"])} if facts else {},
        }

    def _address(self, name: str, *args: str) -> str:
        return self.absolute(reverse(name, args=args))


def sums(row: Mapping[str, Any]) -> Row:
    """Return what a group adds up to."""
    return {name: plain(row[name]) for name in ("awards", "counted", "counted_usd", "first_year", "last_year")}


def plain(value: Any) -> Any:  # noqa: ANN401 - a value of any column
    """Return a value as JSON takes it: an amount or a rate as text, to its last digit.

    >>> plain(Decimal("12.50")), plain(2020), plain(None)
    ('12.50', 2020, None)
    """
    return f"{value:f}" if isinstance(value, Decimal) else value


def _columns(table: Table, row: Mapping[str, Any]) -> Row:
    return {column.name: plain(row[column.name]) for column in table.columns}


def _pairs(row: Mapping[str, Any]) -> list[Row]:
    ids, kinds = row["infrastructure_ids"].split("; "), row["support_types"].split("; ")
    return [
        {"infrastructure_id": one, "support_type": None if kind == "not decided" else kind}
        for one, kind in zip(ids, kinds, strict=True)
    ]


def _matches(match: Match | None) -> list[Row]:
    return [
        {
            "field": reason.field,
            "label": reason.label,
            "text": "".join(piece.text for piece in reason.pieces),
            "marked": [piece.text for piece in reason.pieces if piece.is_marked],
        }
        for reason in (match.reasons if match else ())
    ]


def by_id(rows: Iterable[Row], name: str) -> dict[str, Row]:
    """Return rows by the value of one column."""
    return {str(row[name]): row for row in rows}
