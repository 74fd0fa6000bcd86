"""`360giving.json`: the awards as grants of the 360Giving Data Standard, and a list of those that cannot be one.

A grant needs a title, an amount with its currency, a date, a funder and a recipient; an award that lacks one is in
`360giving-left-out.csv` with every reason, so that the two files together are all awards of the release.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from infracommons.insights.formats import FORMATS
from infracommons.insights.package import about
from infracommons.insights.package.sorted_rows import beside, sorted_rows
from infracommons.insights.releases import StoredRelease

GRANTS, LEFT_OUT = "360giving.json", "360giving-left-out.csv"
STANDARD_VERSION = "1.4"
# 360Giving gives each publisher a prefix of its own; this one is ours by choice and not in their register.
PREFIX = "360G-infracommons"
# How identifiers of the Research Organization Registry are written in the standard: the code of the list, then the id.
ROR_LIST = "XI-ROR"
# Codes of ISO 4217 that the standard's list of currencies lacks.
_NOT_LISTED = frozenset({"SLE", "UYW", "VED", "XAD", "XCG", "ZWG"})
Award = dict[str, Any]
_COLUMNS = (
    "award_id", "title", "description", "programme", "currency", "amount", "start_date", "end_date", "award_year",
    "funder_organisation_id", "funder_name", "recipient_organisation_id", "recipient_name", "recipient_country_code",
    "source_url",
)  # fmt: skip
# Reason code -> what it means, and when it holds.
REASONS: dict[str, tuple[str, Callable[[Award], bool]]] = {
    "no_title": ("The award has no title.", lambda award: not award["title"]),
    "no_amount": ("The publisher gives no amount.", lambda award: award["amount"] is None),
    "no_currency": ("The currency of the amount is unknown.", lambda award: award["currency"] is None),
    "currency_not_listed": (
        "The standard's list of currencies lacks the currency.",
        lambda award: award["currency"] in _NOT_LISTED,
    ),
    "no_date": ("No day is known; a year alone is no date in the standard.", lambda award: award["start_date"] is None),
    "no_funder": ("The funder is not identified.", lambda award: award["funder_organisation_id"] is None),
    "no_recipient": ("The recipient is unknown.", lambda award: not _recipient(award)),
}
_OUT = pa.schema(
    [
        ("award_id", pa.string()), ("reason_codes", pa.string()), ("reasons", pa.string()), ("title", pa.string()),
        ("funder_name", pa.string()), ("recipient_name", pa.string()), ("award_year", pa.int64()),
        ("amount", pa.decimal128(20, 2)), ("currency", pa.string()), ("source_url", pa.string()),
    ]
)  # fmt: skip
_TYPES = {"award_year": "integer", "amount": "number"}
LEFT_OUT_SCHEMA = {
    "fields": [{"name": name, "type": _TYPES.get(name, "string")} for name in _OUT.names],
    "missingValues": [""],
    "primaryKey": ["award_id"],
}
_ROWS_A_BATCH = 1_000


@dataclass(frozen=True)
class Grants:
    """The awards of a release as grants; a few rows at a time, so that a release of any size needs little memory."""

    release: StoredRelease

    def has_any(self) -> bool:
        """Tell whether any award can be a grant: the standard allows no file without one."""
        return next(self._grants(), None) is not None

    def as_json(self) -> Iterator[bytes]:
        """Yield the package of grants as JSON, a grant a line."""
        head = orjson.dumps(self._head())[:-1]
        yield head + b',"grants":[\n'
        for place, grant in enumerate(self._grants()):
            yield (b",\n" if place else b"") + orjson.dumps(grant, default=_exact)
        yield b"\n]}\n"

    def left_out(self) -> Iterator[bytes]:
        """Yield, as CSV, the awards that cannot be grants, each with every reason."""
        return FORMATS["csv"].bytes_of(_OUT, self._batches_out())

    def _head(self) -> dict[str, Any]:
        manifest = self.release.manifest
        return {
            "version": STANDARD_VERSION,
            "title": about.title_of(manifest),
            "description": f"{about.DESCRIPTION} Each grant has the licence of its publisher: see LICENSE.md. "
            "The award date is the award's first day; where a publisher gives no description, the title stands there.",
            "issued": about.made_on(manifest),
            "modified": manifest["made_at"],
            "identifier": manifest["release"],
            "publisher": {"name": about.PUBLISHER},
        }

    def _grants(self) -> Iterator[dict[str, Any]]:
        awards = sorted_rows(self.release.path("award"), "award_id", _COLUMNS)
        supports = sorted_rows(self.release.path("support"), "award_id", _SUPPORT)
        for award, own in beside(awards, supports, "award_id"):
            if not _reasons(award):
                yield self._grant(award, own)

    def _grant(self, award: Award, supports: Iterable[dict[str, Any]]) -> dict[str, Any]:
        funder = self._organisation(award["funder_organisation_id"], award["funder_name"])
        recipient = self._organisation(award["recipient_organisation_id"], award["recipient_name"])
        if award["recipient_country_code"]:
            recipient |= {"addressCountry": award["recipient_country_code"]}
        dates = {"startDate": award["start_date"], "endDate": award["end_date"]}
        source = award["source_url"] or ""
        optional = {
            "grantProgramme": [{"title": award["programme"]}] if award["programme"] else None,
            "dataSource": source if about.is_web(source) else None,
        }
        return {
            "id": f"{PREFIX}-{award['award_id']}",
            "title": award["title"],
            "description": award["description"] or award["title"],
            "currency": award["currency"],
            "amountAwarded": award["amount"],
            "awardDate": award["start_date"],
            "plannedDates": [{name: day for name, day in dates.items() if day}],
            "recipientOrganization": [recipient],
            "fundingOrganization": [funder],
            "classifications": [self._classification(support) for support in supports],
            **{name: value for name, value in optional.items() if value},
        }

    def _organisation(self, organisation_id: str, name: str) -> dict[str, Any]:
        return {"id": identifier(organisation_id), "name": name}

    def _classification(self, support: dict[str, Any]) -> dict[str, Any]:
        """Say which infrastructure the award names, and whether it supports it: naming is not funding."""
        infrastructure_id = support["infrastructure_id"]
        return {
            "vocabulary": f"Infracommons infrastructure, {support['decision'].replace('_', ' ')}",
            "code": infrastructure_id,
            "title": self._names[infrastructure_id],
        }

    @cached_property
    def _names(self) -> dict[str, str]:
        rows = pq.read_table(self.release.path("infrastructure"), columns=["infrastructure_id", "name"]).to_pylist()
        return {row["infrastructure_id"]: row["name"] for row in rows}

    def _batches_out(self) -> Iterator[pa.RecordBatch]:
        rows: list[dict[str, Any]] = []
        for award in sorted_rows(self.release.path("award"), "award_id", _COLUMNS):
            if codes := _reasons(award):
                words = " ".join(REASONS[code][0] for code in codes)
                rows.append({**award, "reason_codes": "; ".join(codes), "reasons": words})
            if len(rows) == _ROWS_A_BATCH:
                yield pa.RecordBatch.from_pylist(rows, _OUT)
                rows = []
        yield pa.RecordBatch.from_pylist(rows, _OUT)


_SUPPORT = ("award_id", "infrastructure_id", "decision")


def identifier(organisation_id: str) -> str:
    """Return an organisation's identifier in the standard: its ROR where it has one, else one under our prefix.

    >>> identifier("ror:01bj3aw27"), identifier("org:6037804db711")
    ('XI-ROR-01bj3aw27', '360G-infracommons-org:6037804db711')
    """
    kind, _, number = organisation_id.partition(":")
    return f"{ROR_LIST}-{number}" if kind == "ror" else f"{PREFIX}-{organisation_id}"


def _reasons(award: Award) -> list[str]:
    """Return the codes of all that keeps an award from being a grant; none where it is one."""
    return [code for code, (_, holds) in REASONS.items() if holds(award)]


def _recipient(award: Award) -> bool:
    return bool(award["recipient_organisation_id"] and award["recipient_name"])


def _exact(value: object) -> orjson.Fragment:
    """Write an amount digit by digit: a float between would round it."""
    if isinstance(value, Decimal):
        return orjson.Fragment(f"{value:f}")
    raise TypeError(value)
