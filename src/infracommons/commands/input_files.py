"""Reads inputs and parameters from files: JSON, CSV and .pb; what is wrong is told with file, place and value."""

import csv
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from infracommons.methods.result import Mechanism, MethodInputError
from infracommons.vocabulary.problems import UnusableInputError

_MOST_BYTES = 500_000_000
_LONGEST_SHOWN = 80
_IN_LIST = re.compile(r"(\w+)\[(\d+)\](?:\.(.+))?")


@dataclass
class Given:
    """The inputs as one JSON object, the files they are from, and for each list from CSV its file and row numbers."""

    data: dict[str, Any] = field(default_factory=dict)
    files: list[tuple[str, Path]] = field(default_factory=list)  # "" or the name of the list, and the file
    rows: dict[str, tuple[Path, list[int]]] = field(default_factory=dict)


def read_inputs(said: Sequence[str], mechanism: Mechanism) -> Given:
    """Return the inputs of a mechanism from one or more files.

    JSON files hold an object each, with different keys. A CSV file holds one list of records: LIST=FILE says which
    where the mechanism knows several; a file with the name of a list needs no LIST. A .pb file is a whole vote.
    """
    given = Given()
    for one in said:
        named, path = _named(one, mechanism)
        suffix = path.suffix.lower()
        if suffix == ".csv":
            _add_csv(given, named, path, mechanism)
        elif suffix == ".pb":
            if "pb" not in mechanism.inputs_schema.get("properties", {}):
                unusable(path, f"{mechanism.name} does not read .pb files")
            _add(given, path, {"pb": text_of(path)})
            given.files.append(("", path))
        else:
            _add(given, path, read_json(path))
            given.files.append(("", path))
    return given


def read_json(path: Path) -> dict[str, Any]:
    """Return the object in a JSON file; NaN, keys that stand twice, and anything but an object are refused."""
    text = text_of(path)
    try:
        found = json.loads(text, parse_constant=_no_constant, object_pairs_hook=_no_key_twice)
    except json.JSONDecodeError as error:
        unusable(path, f"line {error.lineno}, column {error.colno}: not JSON: {error.msg}")
    except (ValueError, RecursionError) as error:
        unusable(path, str(error) if isinstance(error, ValueError) else "nested too deeply")
    if not isinstance(found, dict):
        unusable(path, "holds no JSON object, which begins with {")
    return found


def text_of(path: Path) -> str:
    """Return the text of a file; UnusableInputError where there is none, or it is not UTF-8."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            unusable(path, f"larger than {_MOST_BYTES:,} bytes")
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        unusable(path, f"byte {error.start}: not UTF-8")
    except OSError as error:
        unusable(path, error.strerror or "cannot be read")


@contextmanager
def told(of: str | Path, given: Given | None = None) -> Any:  # noqa: ANN401 - a context manager's own type
    """Turn what a method says of bad input into one line that names the file, the place and the value."""
    try:
        yield
    except MethodInputError as error:
        path, where, cell = _place(of, error.where, given)
        shown = repr(error.value if cell is None else cell)
        shown = shown if len(shown) <= _LONGEST_SHOWN else f"{shown[:_LONGEST_SHOWN]}..."
        message = ": ".join(part for part in (str(path), where, shown, error.problem) if part)
        raise UnusableInputError(message) from error


def unusable(path: Path | str, problem: str) -> NoReturn:
    """Raise UnusableInputError about a file."""
    message = f"{path}: {problem}"
    raise UnusableInputError(message)


def _place(of: str | Path, where: str, given: Given | None) -> tuple[str | Path, str, str | None]:
    """Return the file and the place in it; where the list came from CSV, row, column and the cell as it stands."""
    found = _IN_LIST.match(where)
    if not given or not found or found[1] not in given.rows:
        return of, where, None
    path, numbers = given.rows[found[1]]
    place, column = int(found[2]), found[3]
    if place >= len(numbers):
        return path, where, None
    cell = given.data[found[1]][place].get(column)
    row = f"row {numbers[place]}"
    return path, f"{row}, column {column}" if column else row, cell if isinstance(cell, str) else None


def _named(said: str, mechanism: Mechanism) -> tuple[str, Path]:
    name, mark, rest = said.partition("=")
    if mark and name in mechanism.tables:
        return name, Path(rest)
    return "", Path(said)


def _add(given: Given, path: Path, data: Mapping[str, Any]) -> None:
    for key, value in data.items():
        if key in given.data:
            unusable(path, f"{key}: another file of inputs says this already")
        given.data[key] = value


def _add_csv(given: Given, named: str, path: Path, mechanism: Mechanism) -> None:
    known = mechanism.tables
    name = named or (path.stem if path.stem in known else known[0] if len(known) == 1 else "")
    if not name:
        way = f"say which: {' or '.join(f'{one}={path}' for one in known)}" if known else "only JSON is read"
        unusable(path, f"{mechanism.name}: no list of this name; {way}")
    if name in given.data:
        unusable(path, f"{name}: another file of inputs says this already")
    schema = mechanism.inputs_schema.get("properties", {}).get(name, {}).get("items", {})
    records, numbers = _records(path, schema)
    given.data[name] = records
    given.rows[name] = (path, numbers)
    given.files.append((name, path))


def _records(path: Path, schema: Mapping[str, Any]) -> tuple[list[dict[str, Any]], list[int]]:
    """Return the rows as records, and the number of each in the file; the head is row 1."""
    reader = csv.reader(io.StringIO(text_of(path), newline=""), strict=True)
    rows = _rows(path, reader)
    if not rows or not any(cell.strip() for cell in rows[0]):
        unusable(path, "row 1: the names of columns are missing")
    head = [cell.strip() for cell in rows[0]]
    for number, name in enumerate(head, start=1):
        if not name or name in head[: number - 1]:
            unusable(path, f"row 1, column {number}: {name!r}: every column needs a name of its own")
    records, numbers = [], []
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(head):
            unusable(path, f"row {number}: {len(row)} cells where the head has {len(head)}")
        records.append(_record(path, number, dict(zip(head, row, strict=True)), schema))
        numbers.append(number)
    return records, numbers


def _rows(path: Path, reader: Any) -> list[list[str]]:  # noqa: ANN401 - csv has no public type of a reader
    try:
        return list(reader)
    except csv.Error as error:
        unusable(path, f"line {reader.line_num}: {error}")


def _record(path: Path, number: int, row: Mapping[str, str], schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row as a record: empty cells left out; a column `points.p7` is the key p7 of the object points."""
    record: dict[str, Any] = {}
    for name, cell in row.items():
        if not cell.strip():
            continue
        top, _, inside = name.partition(".")
        properties = schema.get("properties", {})
        if inside and name not in properties:
            kind = properties.get(top, {}).get("additionalProperties", {})
            value = _value(cell.strip(), kind if isinstance(kind, Mapping) else {})
            record.setdefault(top, {})[inside] = value
        else:
            record[name] = _value(cell.strip(), properties.get(name, {}))
        if not isinstance(record.get(top, {}), dict) and inside and name not in properties:
            unusable(path, f"row {number}, column {name}: {cell!r}: {top} stands in a column of its own as well")
    return record


def _value(cell: str, schema: Mapping[str, Any]) -> Any:  # noqa: ANN401 - JSON
    """Return a cell as the schema has it. Text stays text wherever the schema takes text: 12.50 is then exact."""
    kinds = _kinds(schema)
    if not kinds or "string" in kinds:
        return cell
    for kind, read in _READ.items():
        if kind in kinds:
            try:
                return read(cell)
            except ValueError:
                continue
    return cell  # the method says what is wrong with it, and where


def _kinds(schema: Mapping[str, Any]) -> set[str]:
    found = schema.get("type", [])
    kinds = {found} if isinstance(found, str) else set(found)
    if any(isinstance(one, str) for one in schema.get("enum", ())):
        kinds.add("string")
    for part in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        kinds |= _kinds(part)
    return kinds


def _boolean(cell: str) -> bool:
    return {"true": True, "false": False}[cell.lower()] if cell.lower() in {"true", "false"} else bool(int(cell))


def _object(cell: str) -> dict[str, str]:
    pairs = [part.split("=", 1) for part in cell.split(",")]
    return {name.strip(): value.strip() for name, value in pairs}


_READ: Mapping[str, Callable[[str], Any]] = {
    "integer": int,
    "number": float,
    "boolean": _boolean,
    "array": lambda cell: [part.strip() for part in cell.split(",") if part.strip()],
    "object": _object,
}


def _no_constant(name: str) -> NoReturn:
    message = f"{name}: not a number that JSON has"
    raise ValueError(message)


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            message = f"{key}: stands twice in one object"
            raise ValueError(message)
        found[key] = value
    return found
