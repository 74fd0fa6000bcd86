"""Files of releases: their tables, their data packages, and what is different between two."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from infracommons.insights import difference
from infracommons.insights.data_package import package_name, zip_pieces
from infracommons.insights.difference import GROUPINGS, DifferenceFilters
from infracommons.insights.formats import FORMATS
from infracommons.insights.making import every_input_change
from infracommons.insights.releases import StoredRelease
from infracommons.vocabulary.release_files import MANIFEST
from infracommons.web.funding.releases.asked import with_filters
from infracommons.web.funding.releases.stored import found, of_releases

INPUT = "input"
_ROWS_A_BATCH = 10_000


@of_releases
def table(_request: HttpRequest, folder: Path, release_id: str, table: str, form: str) -> HttpResponseBase:
    """Send a table of any release, whole; as Parquet it is the release's own file."""
    _check(form)
    release = found(folder, release_id)
    if table not in {contract.name for contract in release.tables}:
        message = f"There is no table “{table}” in release {release_id}."
        raise Http404(message)
    name = f"infracommons-{table}-{release_id}.{form}"
    if form == "parquet":
        kind = FORMATS[form].media_type
        return FileResponse(release.path(table).open("rb"), filename=name, as_attachment=True, content_type=kind)
    return _file(_written(release.path(table), form), name, FORMATS[form].media_type)


@of_releases
def manifest(_request: HttpRequest, folder: Path, release_id: str) -> HttpResponseBase:
    """Send what a release says of itself, as it lies."""
    path = found(folder, release_id).folder / MANIFEST
    return FileResponse(path.open("rb"), filename=f"release-{release_id}.json", content_type="application/json")


@of_releases
def package(_request: HttpRequest, folder: Path, release_id: str) -> HttpResponseBase:
    """Send the data package of a release as a ZIP file, written while it is sent."""
    release = found(folder, release_id)
    return _file(zip_pieces(release), f"{package_name(release)}.zip", "application/zip")


@of_releases
@with_filters(DifferenceFilters)
def changes(
    request: HttpRequest, folder: Path, asked: DifferenceFilters, before: str, after: str, form: str
) -> HttpResponseBase:
    """Send the changes between two releases."""
    _check(form)
    two = found(folder, before), found(folder, after)
    return _rows(difference.every_change(*two, asked), request, _name("changes", *two), form)


@of_releases
def movement(request: HttpRequest, folder: Path, before: str, after: str, grouping: str, form: str) -> HttpResponseBase:
    """Send how much each group moved, under every rule; or, for `input`, which raw files are not the same."""
    _check(form)
    two = found(folder, before), found(folder, after)
    if grouping == INPUT:
        return _rows(every_input_change(two[0].manifest, two[1].manifest), request, _name(grouping, *two), form)
    if grouping not in GROUPINGS:
        message = f"There are movements by {', '.join(GROUPINGS)}; not by “{grouping}”."
        raise Http404(message)
    rows = difference.every_movement(difference.difference(*two), grouping)
    return _rows(rows, request, _name(f"moved-by-{grouping}", *two), form)


def _check(form: str) -> None:
    if form not in FORMATS:
        message = f"There is no download as “{form}”; there are {', '.join(FORMATS)}."
        raise Http404(message)


def _name(what: str, before: StoredRelease, after: StoredRelease) -> str:
    return f"infracommons-{what}-{before.release_id}-to-{after.release_id}"


def _rows(
    rows: tuple[pa.Schema, Iterator[pa.RecordBatch]], request: HttpRequest, name: str, form: str
) -> StreamingHttpResponse:
    about = {"query": request.build_absolute_uri()}  # which names both releases
    return _file(FORMATS[form].bytes_of(*rows, about=about), f"{name}.{form}", FORMATS[form].media_type)


def _written(path: Path, form: str) -> Iterator[bytes]:
    with pq.ParquetFile(path) as rows:
        yield from FORMATS[form].bytes_of(rows.schema_arrow, rows.iter_batches(_ROWS_A_BATCH))


def _file(pieces: Iterable[bytes], name: str, media_type: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(pieces, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
