"""Exports a release as open data: a folder or a ZIP file of tables, dictionary, README, licences and descriptions."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from infracommons.insights.export_folder import open_export
from infracommons.insights.formats import FORMATS
from infracommons.insights.package.contents import as_json, contents, data_parts
from infracommons.insights.package.frictionless import descriptor
from infracommons.insights.package.part import PackedFile
from infracommons.insights.package.zipped import zipped
from infracommons.insights.releases import StoredRelease, read_release
from infracommons.vocabulary.problems import UnusableInputError

DEFAULT_FORMATS = ("csv", "parquet")
_ZIP = ".zip"


def export_release(release_folder: Path, out: Path, formats: Sequence[str] = DEFAULT_FORMATS) -> list[Path]:
    """Write the data package into the empty or new folder `out`, or as the new file `out` where it ends with .zip.

    Raises UnusableInputError where there is no whole release, an unknown format, or something at `out` already.
    """
    release = read_release(release_folder)
    if out.suffix.lower() == _ZIP:
        return [_write_zip(release, out, formats)]
    names = open_export(out, formats, known=FORMATS, of="release")
    return [_write(out / part.path, pieces) for part, pieces in contents(release, names)]


def zip_pieces(release: StoredRelease, formats: Sequence[str] = DEFAULT_FORMATS) -> Iterator[bytes]:
    """Yield the data package as a ZIP file."""
    made_at = datetime.fromisoformat(str(release.manifest["made_at"]))
    return zipped(package_name(release), contents(release, formats), made_at)


def package_name(release: StoredRelease) -> str:
    """Return the name of the package's folder, and of its ZIP file without the ending."""
    return f"infracommons-release-{release.release_id}"


def parquet_package(release_folder: Path) -> str:
    """Return the Frictionless descriptor, as JSON, of the release's own Parquet files where they lie."""
    release = read_release(release_folder)
    checksums = {told["name"]: str(told["sha256"]) for told in release.manifest["tables"]}
    files = [
        PackedFile(part, release.path(part.path.removesuffix(".parquet")).stat().st_size, checksum)
        for part in data_parts(release, ["parquet"])
        for checksum in [checksums[part.path.removesuffix(".parquet")]]
    ]
    return as_json(descriptor(release.manifest, files)).decode()


def _write_zip(release: StoredRelease, out: Path, formats: Sequence[str]) -> Path:
    if unknown := [name for name in formats if name not in FORMATS]:
        message = f"--format: {unknown[0]!r}: not a format; there are {', '.join(FORMATS)}"
        raise UnusableInputError(message)
    if out.exists():
        message = f"{out}: there already; name a new file"
        raise UnusableInputError(message)
    out.parent.mkdir(parents=True, exist_ok=True)
    return _write(out, zip_pieces(release, list(dict.fromkeys(formats))))


def _write(target: Path, pieces: Iterator[bytes]) -> Path:
    """Write a file beside, under its name only once it is whole."""
    partial = target.with_name(f".{target.name}.part")
    try:
        with partial.open("wb") as file:
            file.writelines(pieces)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    return partial.replace(target)
