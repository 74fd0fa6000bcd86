"""Writes what is listed as the incumbent's export has it, so that either catalogue can read the other."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime

from infracommons.web.catalogue.claims.profile import Profile
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.exchange.exports.inventory_cells import Cells, cells_of
from infracommons.web.catalogue.exchange.facts import exported_fields
from infracommons.web.catalogue.exchange.spreadsheets import quoted
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.models import Infrastructure
from infracommons.web.catalogue.models.infrastructure import Listing

NAME = "infra_finder_v2.csv"
_IDENTIFIER, _SHOWN_NAME = "identifier", "001_service_name"
_CREATED, _CHECKED, _STATUS = "002_creation_date", "092_last_update", "109_publication_status"
_AT_ONCE = 200


def inventory_bytes() -> Iterator[bytes]:
    """Yield the file row by row: UTF-8, as RFC 4180 has it, one listed infrastructure a row, public fields alone."""
    book, columns = term_book(), inventory_columns()
    yield _line(columns)
    rows = Infrastructure.objects.filter(listing=Listing.LISTED).order_by("infrastructure_id")
    for infrastructure in rows.iterator(_AT_ONCE):
        row = _row(infrastructure, book)
        yield _line([quoted(row.get(column, "")) for column in columns])


def inventory_columns() -> list[str]:
    """Return the heading: the columns that we can fill, with the incumbent's numbers and names."""
    named = [definition.inventory for definition in exported_fields()]
    plain = [column for one in named for column in (one.value, one.links, one.other) if column]
    json_columns = [one.structured for one in named if one.structured]
    return [_IDENTIFIER, *plain, _CREATED, _CHECKED, _STATUS, *json_columns]


def _row(infrastructure: Infrastructure, book: TermBook) -> Cells:
    """Return the cells of one infrastructure by column."""
    profile = infrastructure.profile
    row: Cells = {
        _IDENTIFIER: infrastructure.external_id,
        _CREATED: infrastructure.created_at.isoformat(),
        _CHECKED: _oldest_day(profile),
        _STATUS: "published",
    }
    for definition in exported_fields():
        row |= cells_of(definition, profile, book)
    return row | {_SHOWN_NAME: infrastructure.name}


def _oldest_day(profile: Profile) -> str:
    """Return the day of the value that was looked at longest ago, so that no value is taken for newer than it is."""
    entries = [profile[definition.code] for definition in exported_fields() if definition.code in profile]
    days = [entry["checked_on"] or datetime.fromisoformat(entry["at"]).date().isoformat() for entry in entries]
    return min(days, default="")


def _line(cells: list[str]) -> bytes:
    file = io.StringIO()
    csv.writer(file).writerow(cells)
    return file.getvalue().encode()
