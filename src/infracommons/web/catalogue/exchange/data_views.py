"""The page of open data, and the files that it offers: each table, everything in one file, the data dictionary."""

from collections.abc import Callable, Iterator
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from infracommons.web.catalogue.exchange.answers import changed_at, open_data
from infracommons.web.catalogue.exchange.exports import notes
from infracommons.web.catalogue.exchange.exports.files import FILES, sqlite_bytes, table_bytes, workbook_bytes
from infracommons.web.catalogue.exchange.exports.tables import export_tables
from infracommons.web.catalogue.exchange.exports.write import BOOK_FORMS, TABLE_FORMS, WHOLE
from infracommons.web.catalogue.exchange.licences import LICENCE_NAME, LICENCE_URL
from infracommons.web.catalogue.exchange.public import public_claims, public_infrastructures

_LABELS = {"csv": "CSV", "jsonl": "JSON Lines", "parquet": "Parquet", "xlsx": "XLSX", "sqlite": "SQLite"}


@require_safe
def catalogue_downloads(request: HttpRequest) -> HttpResponse:
    """Show what may be taken away, how it is made, and under which licence."""
    told = {
        "infrastructures": public_infrastructures().count(),
        "claims": public_claims().count(),
        "changed_at": changed_at(),
        "tables": [{"name": table.name, "meaning": table.meaning} for table in export_tables()],
        "forms": [(form, _LABELS[form]) for form in TABLE_FORMS],
        "whole": [(form, _LABELS[form]) for form in BOOK_FORMS],
        "licence_name": LICENCE_NAME,
        "licence_url": LICENCE_URL,
    }
    return render(request, "catalogue/exchange/data.html", told)


@open_data
def catalogue_file(_request: HttpRequest, name: str, form: str) -> HttpResponseBase:
    """Send one file, written while it is sent."""
    write = _writers().get((name, form))
    if write is None:
        message = f"There is no file “{name}.{form}” of the catalogue; the page of open data lists them."
        raise Http404(message)
    response = StreamingHttpResponse(write(), content_type=FILES[form])
    filename = f"infracommons-{name}-{timezone.now():%Y-%m-%d}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _writers() -> dict[tuple[str, str], Callable[[], Iterator[bytes]]]:
    tables = export_tables()
    writers: dict[tuple[str, str], Callable[[], Iterator[bytes]]] = {
        (table.name, form): partial(table_bytes, table, form) for table in tables for form in TABLE_FORMS
    }
    return writers | {
        (WHOLE, "xlsx"): lambda: workbook_bytes(tables, notes.notes()),
        (WHOLE, "sqlite"): lambda: sqlite_bytes(tables, notes.notes()),
        ("data_dictionary", "csv"): lambda: iter([notes.dictionary_csv(tables).encode()]),
        ("data_dictionary", "md"): lambda: iter([notes.dictionary_markdown(tables).encode()]),
        ("readme", "md"): lambda: iter([notes.readme(tables).encode()]),
        ("licence", "txt"): lambda: iter([notes.licence_text().encode()]),
    }
