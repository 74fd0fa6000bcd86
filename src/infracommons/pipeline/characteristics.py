"""What the catalogue says of each infrastructure: as its newest export has it, else as the definitions have it."""

from collections.abc import Sequence
from typing import Any

from infracommons.vocabulary.countries import country_name
from infracommons.vocabulary.definitions import Infrastructure
from infracommons.vocabulary.tables import CHARACTERISTIC

Row = dict[str, Any]


def characteristics(exported: Sequence[Row], infrastructures: Sequence[Infrastructure]) -> tuple[list[Row], list[str]]:
    """Return rows of table characteristic, by their key, and a line for what is said of no known infrastructure.

    `exported` are rows of contract CATALOGUE_CHARACTERISTIC; what an infrastructure's newest export leaves out is
    unknown, whatever its definition says.
    """
    ids = {one.infrastructure_id for one in infrastructures}
    newest = max((row["exported_at"] for row in exported), default=None)
    current = [row for row in exported if row["exported_at"] == newest]
    told = {row["infrastructure_id"] for row in current}
    rows = [_known(row, ids) for row in current if row["infrastructure_id"] in ids]
    rows += [row for one in infrastructures if one.infrastructure_id not in told for row in _defined(one, ids)]
    unknown = [f"characteristics: {name}: left out, the definitions lack it" for name in sorted(told - ids)]
    by_key = {tuple(row[name] for name in CHARACTERISTIC.key): row for row in rows}
    return [by_key[key] for key in sorted(by_key)], unknown


def _known(row: Row, ids: set[str]) -> Row:
    """Return a row as it is published; an infrastructure that a release lacks is named by its label alone."""
    other = row["other_infrastructure_id"]
    return {name: row[name] for name in CHARACTERISTIC.schema.names} | {
        "other_infrastructure_id": other if other in ids else None
    }


def _defined(one: Infrastructure, ids: set[str]) -> list[Row]:
    """Return what a definition says; its homepage is the evidence where it names no other."""
    said: list[tuple[str, str, str, str]] = []  # field, value, label, link
    if one.country:
        said.append(("country", one.country, country_name(one.country) or one.country, one.homepage))
    if one.launched:
        said.append(("launched", str(one.launched), str(one.launched), one.homepage))
    if one.licence:
        said.append(("spdx_licence", one.licence, one.licence, one.homepage))
    if one.code_repository:
        said.append(("code_repository", "available", "available", one.code_repository))
    said += [("categories", code, code.replace("_", " "), one.homepage) for code in one.categories]
    base = {"infrastructure_id": one.infrastructure_id, "checked_date": None, "said_by": "curator"}
    names = ("field", "value", "label", "link")
    rows = [base | dict(zip(names, values, strict=True)) | {"other_infrastructure_id": None} for values in said]
    return rows + [
        base
        | {
            "field": "integrations",
            "value": other.infrastructure_id.replace("-", "_"),
            "label": other.infrastructure_id,
            "link": other.evidence,
            "other_infrastructure_id": other.infrastructure_id if other.infrastructure_id in ids else None,
        }
        for other in one.integrations
    ]
