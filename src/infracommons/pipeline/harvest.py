"""Brings publishers' files into the raw folder, bytes unchanged: from a path, or over the network and only here."""

import io
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from infracommons.pipeline.http import Client, HttpHarvest, Request
from infracommons.pipeline.landing import copy, land
from infracommons.pipeline.raw import Document, documents, sha256
from infracommons.pipeline.raw_folder import found_below, shown
from infracommons.pipeline.source import PARSER_ERRORS, Source, all_sources
from infracommons.vocabulary.problems import UnusableInputError

AUTO = "auto"
FINISHED, STATE = ".finished", ".harvest.json"  # the harvester's own: names that begin with a dot are no data
_MOST_LINES = 40  # files told one by one; of more, as many pages are, a line a folder is enough
Tell = Callable[[str, int], None]  # told of each step, and of the records that a file or page of it brought


def _tell_nobody(_step: str, _records: int) -> None: ...


@dataclass(frozen=True)
class Stored:
    """A file that is now in the raw folder. `broken`: documents in an archive that could not be read whole."""

    source: str
    file: str  # below the raw folder
    sha256: str
    records: int
    was_there: bool
    broken: tuple[str, ...] = ()


@dataclass(frozen=True)
class Skipped:
    """A file that was not taken, and why."""

    file: str
    reason: str


@dataclass
class HarvestReport:
    """What a harvest brought."""

    stored: list[Stored] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    @property
    def records(self) -> int:
        """Records in the files, those that were there before included."""
        return sum(file.records for file in self.stored)

    def lines(self) -> list[str]:
        """Return what to tell a person: what was stored where, what was there, what was left out and why."""
        told = [_told(file) for file in self.stored] if len(self.stored) <= _MOST_LINES else self._folders()
        broken = [f"not whole, its record is set aside: {document}" for file in self.stored for document in file.broken]
        skipped = [f"left out: {file.reason}" for file in self.skipped]
        return [*told, *broken, *skipped, f"{len(self.stored):,} files with {self.records:,} records"]

    def as_dict(self) -> dict[str, Any]:
        """Return the report for another program, ready for JSON."""
        return {"files": len(self.stored), "records": self.records, **asdict(self)}

    def _folders(self) -> list[str]:
        files: Counter[str] = Counter()
        records: Counter[str] = Counter()
        for file in self.stored:
            folder = file.file.rpartition("/")[0]
            files[folder] += 1
            records[folder] += file.records
        return [f"{folder}: {files[folder]:,} files, {records[folder]:,} records" for folder in files]


def _told(file: Stored) -> str:
    return f"{file.file}: {file.records:,} records, {'there already' if file.was_there else 'stored'}"


def harvest_from(source: str, path: Path, raw: Path, *, tell: Tell = _tell_nobody) -> HarvestReport:
    """Take a file, an archive or a folder into `raw/<source>/`; `auto` finds the source of each file.

    Every document is read through before its file is stored. In a folder, files that cannot be taken are skipped and
    listed. Raises UnusableInputError where nothing can be taken, naming what and where; NotWrittenError on a full disk.
    """
    sources = _sources(source)
    if not path.exists():
        message = f"{shown(str(path))}: no such file or folder"
        raise UnusableInputError(message)
    report = HarvestReport()
    if path.is_file():
        report.stored.append(_take(path, shown(path.name), sources, raw, tell))
        return report
    for file, left_out in found_below(path):
        name = shown(file.relative_to(path).as_posix())
        if left_out:
            report.skipped.append(Skipped(name, f"{name}: {left_out}"))
            continue
        try:
            report.stored.append(_take(file, name, sources, raw, tell))
        except UnusableInputError as error:
            report.skipped.append(Skipped(name, str(error)))
    if not report.stored:
        found = f": {report.skipped[0].reason}" if report.skipped else ": it is empty"
        message = f"{shown(str(path))}: no file that {_asked(sources)} can read{found}"
        raise UnusableInputError(message)
    return report


def _sources(asked: str) -> list[Source]:
    known = all_sources()
    if asked == AUTO:
        return list(known.values())
    if asked not in known:
        message = f"{asked}: no such source; there are {AUTO}, {', '.join(known)}"
        raise UnusableInputError(message)
    return [known[asked]]


def _asked(sources: list[Source]) -> str:
    return f"source {sources[0].name}" if len(sources) == 1 else "any source"


def _take(path: Path, name: str, sources: list[Source], raw: Path, tell: Tell) -> Stored:
    try:
        source, records, broken = _read_through(path, name, sources)
    except OSError as error:
        message = f"{name}: cannot be read ({error.strerror})"
        raise UnusableInputError(message) from error
    target, checksum, was_there = copy(path, raw / source.name)
    tell("Taking files", records)
    return Stored(source.name, target.relative_to(raw).as_posix(), checksum, records, was_there, broken)


def _read_through(path: Path, name: str, sources: list[Source]) -> tuple[Source, int, tuple[str, ...]]:
    """Read every document of the file once. Return its source, its records, and the documents that broke off."""
    source: Source | None = None
    records, broken, is_whole = 0, [], False
    for document in documents(path, name):
        known = _recognised(document, [source, *sources] if source else sources)
        if known is None:
            continue
        if source and known != source:
            message = f"{name}: holds documents of {source.name} and of {known.name}; unpack it and harvest the folder"
            raise UnusableInputError(message)
        source = known
        try:
            records += sum(1 for _ in source.parse(document))
            is_whole = True
        except UnusableInputError:
            raise
        except PARSER_ERRORS as error:
            broken.append(f"{document.name}: {str(error) or type(error).__name__}")
    if source is None:
        message = f"{name}: not in the format of {_asked(sources)}"
        raise UnusableInputError(message)
    if not is_whole:
        message = f"{broken[0]}; cut off or damaged, fetch it again"
        raise UnusableInputError(message)
    if not records:
        message = f"{name}: in the format of {source.name}, but without a record"
        raise UnusableInputError(message)
    return source, records, tuple(broken)


def _recognised(document: Document, sources: list[Source]) -> Source | None:
    return next((source for source in sources if source.recognise(document)), None)


def harvest_http(
    name: str,
    raw: Path,
    base_url: str | None = None,
    *,
    client: Client | None = None,
    tell: Tell = _tell_nobody,
) -> HarvestReport:
    """Fetch every page of a source into `raw/<source>/<day>/`, going on where an unfinished harvest stopped.

    A finished harvest is marked; the next one begins anew in a folder of its own day. `base_url` is the publisher's
    unless told otherwise. Raises UnusableInputError where the source has no HTTP harvest or the server does not answer
    usefully; the pages before are kept.
    """
    source = _sources(name)[0]
    if name == AUTO or source.http is None:
        message = f"{name}: is not harvested over HTTP; give its files with --from"
        raise UnusableInputError(message)
    base = (base_url or source.http.base_url).rstrip("/")
    folder = _harvest_folder(raw / source.name, base)
    report = HarvestReport()
    with client or Client(source.http.seconds_between) as open_client:
        for page in _pages(source, source.http, folder, base, open_client):
            file = page.path.relative_to(raw).as_posix()
            report.stored.append(Stored(source.name, file, page.sha256, page.records, page.was_there))
            tell(f"Fetching {name}", page.records)
    land(folder / FINISHED, [])
    return report


@dataclass(frozen=True)
class _Page:
    path: Path
    sha256: str
    records: int
    was_there: bool


def _harvest_folder(folder: Path, base_url: str) -> Path:
    """Return the folder of the unfinished harvest from this address, or a new one named by the day."""
    for state in sorted(folder.glob(f"*/{STATE}"), reverse=True):
        same = json.loads(state.read_bytes())["base_url"] == base_url
        if same and not (state.parent / FINISHED).exists():
            return state.parent
    today = datetime.now(UTC).date()
    names = (f"{today}" if number == 1 else f"{today}-{number}" for number in count(1))
    new = next(folder / name for name in names if not (folder / name).exists())
    land(new / STATE, [json.dumps({"base_url": base_url}).encode()])
    return new


def _pages(source: Source, how: HttpHarvest, folder: Path, base_url: str, client: Client) -> Iterator[_Page]:
    """Yield the pages in order; those on the disk are read there and tell the next one, as fetched ones do."""
    request: Request | None = how.first(base_url)
    while request:
        there = _page_there(folder, request)
        checked = _PageCheck(source, how, request)
        if there:
            content = there.read_bytes()
            checked(content)
        else:
            content = client.fetch(request, checked)
        # A page without a record is kept for going on after an interruption, but it is no data.
        path = there or folder / (request.name if checked.records else f".{request.name}")
        yield _Page(path, _land_page(path, content, there), checked.records, there is not None)
        request = checked.following


def _page_there(folder: Path, request: Request) -> Path | None:
    paths = (folder / request.name, folder / f".{request.name}")
    return next((path for path in paths if path.exists()), None)


def _land_page(path: Path, content: bytes, there: Path | None) -> str:
    return sha256(there) if there else land(path, [content])


class _PageCheck:
    """Reads a page through, as the release will: a page cut off on the way must not be kept."""

    def __init__(self, source: Source, how: HttpHarvest, request: Request) -> None:
        self._source, self._how, self._request = source, how, request
        self.records = 0
        self.following: Request | None = None

    def __call__(self, content: bytes) -> None:
        document = Document(self._request.name, Path(self._request.name), lambda: io.BytesIO(content))
        self.following = self._how.following(self._request, content)
        self.records = sum(1 for _ in self._source.parse(document))
        if self.records and not self._source.recognise(document):
            message = f"{self._request.name}: the answer is not in the format of {self._source.name}"
            raise UnusableInputError(message)
