"""Keeps the site's secret key in a file that only its owner can read, made on the first run."""

import os
import secrets
from pathlib import Path

_BYTES = 50


def secret_key(path: Path) -> str:
    """Return the key in the file, after making the file where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}-{os.getpid()}-{secrets.token_hex(4)}")
    if not path.exists():
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(_BYTES))
        try:
            # A link never replaces: of two processes that start at once, the first one's key is both's.
            path.hardlink_to(beside)
        except FileExistsError:
            pass
        finally:
            beside.unlink()
    return path.read_text(encoding="ascii")
