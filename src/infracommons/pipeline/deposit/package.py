"""Reads what is to be deposited: the files of a package, or its ZIP file, and what the package says of itself."""

import hashlib
import json
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infracommons.vocabulary.problems import UnusableInputError

_DESCRIPTOR = "datapackage.json"
_LARGEST_DESCRIPTOR = 2**26
# A name that stands in an address of the API as it is.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,200}")


@dataclass(frozen=True)
class Upload:
    """One file to upload: its name there, where it lies, its size in bytes."""

    key: str
    path: Path
    size: int

    def md5(self) -> str:
        """Return the checksum that InvenioRDM keeps of a file."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


@dataclass(frozen=True)
class Package:
    """The files to upload, and `datapackage.json` of the package."""

    uploads: tuple[Upload, ...]
    descriptor: dict[str, Any]


def read_package(path: Path) -> Package:
    """Return the package in a folder or a ZIP file. Raises UnusableInputError where it is no data package of ours."""
    try:
        if path.is_dir():
            files, text = sorted(path.iterdir()), (path / _DESCRIPTOR).read_bytes()
        else:
            files, text = [path], _from_zip(path)
        descriptor = json.loads(text)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        message = f"{path}: no data package ({error}); make one with `infracommons export release`"
        raise UnusableInputError(message) from error
    if not isinstance(descriptor, dict) or not {"title", "description", "version", "created"} <= descriptor.keys():
        message = f"{path}: {_DESCRIPTOR} does not say title, description, version and created"
        raise UnusableInputError(message)
    return Package(tuple(_upload(file) for file in files), descriptor)


def _upload(path: Path) -> Upload:
    if not path.is_file() or path.is_symlink() or not _NAME.fullmatch(path.name):
        message = f"{path}: not a file of a data package; deposit a folder that `infracommons export release` made"
        raise UnusableInputError(message)
    return Upload(path.name, path, path.stat().st_size)


def _from_zip(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        (name,) = (name for name in archive.namelist() if name.rpartition("/")[2] == _DESCRIPTOR)
        if archive.getinfo(name).file_size > _LARGEST_DESCRIPTOR:
            message = f"{_DESCRIPTOR} is too large"
            raise ValueError(message)
        return archive.read(name)
