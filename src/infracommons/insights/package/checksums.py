"""`SHA256SUMS`: a checksum a file, as `sha256sum --check` reads them."""

from collections.abc import Sequence

from infracommons.insights.package.part import PackedFile

CHECKSUMS = "SHA256SUMS"


def checksums(files: Sequence[PackedFile]) -> str:
    """Return a line for each file."""
    return "".join(f"{file.sha256}  {file.path}\n" for file in files)
