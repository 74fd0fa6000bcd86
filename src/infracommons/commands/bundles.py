"""Writes all that a result rests on into a folder from which anyone makes it anew, to the byte, in one command.

Nothing in a bundle tells when or where it was written: the same inputs and code give the same bytes anywhere.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from typing import Any

import infracommons
from infracommons import methods
from infracommons.commands.answers import as_object, say
from infracommons.commands.input_files import read_json, unusable
from infracommons.commands.mechanisms import Run, run
from infracommons.methods.result import VERSION
from infracommons.vocabulary.problems import UnusableInputError

_SUMS = "SHA256SUMS"
_SCRIPT = '''"""Makes result.json anew and compares: `python reproduce.py`, where infracommons is installed."""

import sys
from pathlib import Path

from infracommons.commands.bundles import reproduce

sys.exit(reproduce(Path(__file__).resolve().parent))
'''


def write_bundle(name: str, inputs: Sequence[str], parameters: Path | None, out: Path, *, as_json: bool) -> None:
    """Run a mechanism and write its bundle into a new folder; nothing is left where it cannot be finished."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        unusable(out, "is there already; name a new folder")
    done = run(name, inputs, parameters)
    files = _files(done)
    beside = out.with_name(f"{out.name}.part")
    try:
        for path, content in files.items():
            (beside / path).parent.mkdir(parents=True, exist_ok=True)
            (beside / path).write_bytes(content)
        if out.exists():
            out.rmdir()
        beside.rename(out)
    finally:
        rmtree(beside, ignore_errors=True)
    say(
        [f"{len(files)} files in {out}", f"To make the result anew: python {out / 'reproduce.py'}"],
        {"path": str(out), "files": sorted(files), "result_sha256": sha256(files["result.json"]).hexdigest()},
        as_json=as_json,
    )


def reproduce(folder: Path) -> int:
    """Return 0 where a bundle's result comes out the same to the byte, 1 where not, 2 where its files are not whole."""
    try:
        _check_sums(folder)
        told = read_json(folder / "bundle.json")
        inputs = [f"{one['list']}={folder / one['file']}" if one["list"] else str(folder / one["file"])
                  for one in told["inputs"]]  # fmt: skip
        done = run(told["mechanism"], inputs, folder / "parameters.json")
    except (UnusableInputError, OSError, KeyError) as error:
        return _ended(f"cannot be reproduced: {error}", 2)
    if told["code_sha256"] != code_version()["code_sha256"]:
        _ended("the code of the methods is not the same as when the bundle was written", 0)
    if _json(as_object(told["mechanism"], done.result)) != (folder / "result.json").read_bytes():
        return _ended("NOT the same result", 1)
    return _ended("the same result, to the byte", 0)


def code_version() -> dict[str, str]:
    """Return the version of the package and of the methods, and one checksum over the source of all methods."""
    root = Path(str(methods.__file__)).parent
    whole = sha256()
    for path in sorted(root.rglob("*.py"), key=lambda one: one.relative_to(root).as_posix()):
        whole.update(f"{path.relative_to(root).as_posix()}\n".encode())
        whole.update(sha256(path.read_bytes()).digest())
    return {"infracommons": infracommons.__version__, "methods": VERSION, "code_sha256": whole.hexdigest()}


def _files(done: Run) -> dict[str, bytes]:
    """Return every file of a bundle by its place in it."""
    files: dict[str, bytes] = {}
    inputs = []
    for name, path in done.given.files:
        place = f"inputs/{path.name}"
        if place in files:
            place = f"inputs/{len(files) + 1}_{path.name}"
        files[place] = path.read_bytes()
        inputs.append({"list": name, "file": place})
    told = {"mechanism": done.mechanism.name, **code_version(), "inputs": inputs}
    files["parameters.json"] = _json(done.parameters)
    files["result.json"] = _json(as_object(done.mechanism.name, done.result))
    files["bundle.json"] = _json(told)
    files["reproduce.py"] = _SCRIPT.encode()
    sums = (f"{sha256(content).hexdigest()}  {place}\n" for place, content in sorted(files.items()))
    files[_SUMS] = "".join(sums).encode()
    return files


def _check_sums(folder: Path) -> None:
    for line in (folder / _SUMS).read_text(encoding="utf-8").splitlines():
        said, _, place = line.partition("  ")
        if sha256((folder / place).read_bytes()).hexdigest() != said:
            unusable(place, f"was changed since the bundle was written; its checksum is not that in {_SUMS}")


def _json(value: Mapping[str, Any]) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, indent=1)}\n".encode()


def _ended(message: str, status: int) -> int:
    print(message, file=sys.stderr if status else sys.stdout)
    return status
