"""Names the code that is running, so that neither a page nor a style sheet of older code is taken for current."""

import hashlib
from functools import cache
from pathlib import Path

import infracommons

_SHOWN = 8


@cache
def code_version() -> str:
    """Return the version and the start of a checksum over what makes pages: code, templates, styles."""
    root = Path(infracommons.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix in {".py", ".html", ".css", ".js", ".svg"} and "pipeline" not in path.parts:
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(path.read_bytes())
    return f"{infracommons.__version__}-{digest.hexdigest()[:_SHOWN]}"
