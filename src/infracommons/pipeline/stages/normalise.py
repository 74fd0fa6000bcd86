"""Turns raw files into contract tables: what cannot be read is set aside with file, record, field and value."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from infracommons.pipeline.contract_values import check_row
from infracommons.pipeline.raw import Document, documents, sha256
from infracommons.pipeline.raw_folder import found_below, shown, strangers
from infracommons.pipeline.source import PARSER_ERRORS, Award, Fact, Gives, Source, all_sources
from infracommons.vocabulary.inputs import (
    CATALOGUE_CHARACTERISTIC,
    CATALOGUE_ENTRY,
    DECISION,
    RATE,
    RECORD,
    ROR_ORGANISATION,
)
from infracommons.vocabulary.problems import FieldProblem, UnusableInputError
from infracommons.vocabulary.tables import EXCLUSION, Table
from infracommons.vocabulary.text import clean

CONTRACTS: dict[Gives, Table] = {
    "record": RECORD,
    "organisation": ROR_ORGANISATION,
    "rate": RATE,
    "infrastructure": CATALOGUE_ENTRY,
    "characteristic": CATALOGUE_CHARACTERISTIC,
    "decision": DECISION,
}
_TEXT = ("funder_name", "recipient_name", "programme", "title", "description", "status")
_ROWS_A_BATCH = 5000
_ROWS_A_STEP = 1000  # of progress
_LONGEST_DETAIL = 1000  # characters; a hostile file may make a parser say as much as it likes
Progress = Callable[[int], None]
Row = dict[str, Any]


@dataclass
class Normalised:
    """What came of the raw files: Parquet files by contract, and the counts that must add up."""

    folder: Path
    files: dict[Gives, list[Path]] = field(default_factory=dict)
    exclusions: list[Row] = field(default_factory=list)
    records_in: Counter[str] = field(default_factory=Counter)
    inputs: list[Row] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def normalise(sources: Iterable[Source], raw: Path, folder: Path, progress: Progress = lambda _: None) -> Normalised:
    """Read `raw/<source>/*` of every source and write `folder/<contract>-<source>.parquet`.

    `progress` is told of every thousand rows. Nothing is read but the raw folder. Raises UnusableInputError for a file
    or folder that may not be read: to go on would lose what is in it.
    """
    result = Normalised(folder, warnings=strangers(raw, all_sources()))
    for source in sources:
        found = found_below(raw / source.name)
        files = [one.path for one in found if one.left_out is None]
        # The harvester keeps files of its own beside the data, whose names begin with a dot.
        left_out = [one for one in found if one.left_out and not one.path.name.startswith(".")]
        result.warnings += [f"{shown(str(one.path.relative_to(raw)))}: not read: {one.left_out}" for one in left_out]
        if files:
            path = folder / f"{source.gives}-{source.name}.parquet"
            _write(path, CONTRACTS[source.gives], _rows(source, raw, files, result, progress))
            result.files.setdefault(source.gives, []).append(path)
    return result


def record_key(value: str) -> str:
    """Return a one-way key of a person's name or number, so that no release or log carries it."""
    return hashlib.sha256(b"infracommons person:" + clean(value).casefold().encode()).hexdigest()[:16]


def _rows(source: Source, raw: Path, files: list[Path], result: Normalised, progress: Progress) -> Iterator[Row]:
    seen: Counter[str] = Counter()
    rows = 0
    for path in files:
        name = shown(path.relative_to(raw).as_posix())
        checksum = _checksum(path)
        before = result.records_in[source.name]
        reader = _Reader(source, name, checksum, result, seen)
        for row in reader.rows(path):
            yield row
            rows += 1
            if rows % _ROWS_A_STEP == 0:
                progress(_ROWS_A_STEP)
        records = result.records_in[source.name] - before
        result.inputs.append(
            {"file": name, "sha256": checksum, "bytes": path.stat().st_size, "source": source.name, "records": records}
        )


def _checksum(path: Path) -> str:
    try:
        return sha256(path)
    except OSError as error:
        message = f"{shown(str(path))}: cannot be read ({error.strerror}); nothing was published"
        raise UnusableInputError(message) from error


@dataclass
class _Reader:
    """Reads one raw file of one source and books every native record: as a row, or as an exclusion."""

    source: Source
    file: str
    checksum: str
    result: Normalised
    seen: Counter[str]

    def rows(self, path: Path) -> Iterator[Row]:
        try:
            for document in documents(path, self.file):
                yield from self._document(document)
        except UnusableInputError as error:
            self._exclude(f"{self.source.name}:{self.file}", "damaged_file", str(error))

    def _document(self, document: Document) -> Iterator[Row]:
        place = "start"
        try:
            if not self.source.recognise(document):
                detail = f"{document.name}: not in the format of {self.source.name}"
                self._exclude(f"{self.source.name}:{document.name}", "other_format", detail)
                return
            for place, native in self.source.parse(document):
                yield from self._native(document, place, native)
        except PARSER_ERRORS as error:
            said = str(error).removeprefix(f"{document.name}: ") or type(error).__name__
            detail = f"{document.name}: unreadable after {place}: {said}"
            is_refused = isinstance(error, UnusableInputError) and place == "start"
            after = "" if is_refused else f"#after {place}"
            self._exclude(f"{self.source.name}:{document.name}{after}", "damaged_file", detail)

    def _native(self, document: Document, place: str, native: Any) -> Iterator[Row]:  # noqa: ANN401
        is_record = self.source.gives == "record"
        try:
            said = self.source.normalise(native)
            rows = [self._award(said)] if isinstance(said, Award) else [fact.values for fact in _facts(said)]
            for row in rows:
                check_row(row, CONTRACTS[self.source.gives])
        except FieldProblem as problem:
            self._exclude(
                self._fallback_id(document, place), problem.reason_code, f"{document.name}: {place}: {problem}"
            )
            return
        except PARSER_ERRORS as error:
            detail = f"{document.name}: {place}: not the record's usual shape: {type(error).__name__}: {error}"
            self._exclude(self._fallback_id(document, place), "malformed_record", detail)
            return
        if is_record:
            self.result.records_in[self.source.name] += 1
        yield from rows

    def _fallback_id(self, document: Document, place: str) -> str:
        return f"{self.source.name}:{document.name}#{place}"

    def _exclude(self, record_id: str, reason_code: str, detail: str) -> None:
        # Registries have no records that could be missing from a total; what is wrong with them is said all the same.
        if self.source.gives == "record":
            self.result.records_in[self.source.name] += 1
        row = {
            "record_id": self._unused(_printable(record_id)),
            "stage": EXCLUSION.column("stage").values[0],
            "reason_code": reason_code,
            "detail": _printable(detail)[:_LONGEST_DETAIL],
            "source": self.source.name,
        }
        self.result.exclusions.append(row)

    def _award(self, award: Award) -> Row:
        if not award.identifier.strip():
            raise FieldProblem("missing_identifier", "identifier", award.identifier, "a record needs an identifier")
        row: Row = {column: getattr(award, column, None) for column in RECORD.schema.names}
        for column in _TEXT:
            row[column] = (clean(row[column]) or None) if row[column] else None
        return row | {
            "record_id": self._unused(f"{self.source.name}:{award.identifier.strip()}"),
            "source": self.source.name,
            "raw_file": self.file,
            "raw_sha256": self.checksum,
            "award_year": award.start_date.year if award.start_date else award.award_year,
            "investigator_keys": sorted({record_key(person) for person in award.people if person.strip()}),
            "other_recipients": [clean(name) for name in award.other_recipients],
            "licence": award.licence or self.source.licence,
        }

    def _unused(self, key: str) -> str:
        """Give a repeated key a number of its own, in the order of the files, so that neither record is lost."""
        unused = key
        while unused in self.seen:
            self.seen[key] += 1
            unused = f"{key}#{self.seen[key]}"
        self.seen[unused] = 1
        return unused


def _printable(text: str) -> str:
    """Return the text without what no file can hold and no reader should be shown."""
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in text)


def _facts(said: Fact | Iterable[Fact]) -> Iterable[Fact]:
    return [said] if isinstance(said, Fact) else said


def _write(path: Path, contract: Table, rows: Iterator[Row]) -> None:
    with pq.ParquetWriter(path, contract.schema, compression="zstd") as writer:
        batch: list[Row] = []
        for row in rows:
            batch.append(row)
            if len(batch) == _ROWS_A_BATCH:
                writer.write_table(pa.Table.from_pylist(batch, contract.schema))
                batch.clear()
        writer.write_table(pa.Table.from_pylist(batch, contract.schema))
