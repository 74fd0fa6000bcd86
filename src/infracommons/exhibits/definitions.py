"""Where the definitions are that exhibits read, and no release has: the folder that the site's settings name too."""

import os
from pathlib import Path


def definitions() -> Path:
    """Return the folder of the definitions."""
    return Path(os.environ.get("INFRACOMMONS_DEFINITIONS") or "definitions").resolve()
