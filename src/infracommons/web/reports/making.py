"""Has reports made by our own command in a process of its own, so that readers of other pages do not wait for it."""

import os
import subprocess
import sys
from functools import lru_cache, partial
from pathlib import Path

from django.conf import settings

from infracommons.web.reports.stock import Stock, Wanted
from infracommons.web.reports.texts import texts_version
from infracommons.web.shared.code_version import code_version

PAGE = "page"
_LONGEST_SECONDS = 600


def stock_of(release: Path) -> Stock:
    """Return the stock of the release in that folder, made by this code from these texts."""
    return _stock(settings.INFRACOMMONS_REPORTS, release, texts_version())


@lru_cache(maxsize=8)
def _stock(reports: Path, folder: Path, texts: str) -> Stock:
    return Stock(reports / f"{folder.name}-{code_version()}-{texts}", partial(make, folder))


def make(release: Path, wanted: Wanted, out: Path) -> None:
    """Make one file in the folder `out`. Raises subprocess.SubprocessError where the command does not end well."""
    # On the site, links stay within it; a file that is taken away names the site.
    site = "" if wanted.form == PAGE else settings.INFRACOMMONS_ADDRESS
    about = ["--infrastructure", wanted.infrastructure] if wanted.infrastructure else []
    command = [sys.executable, "-m", "infracommons", "report", wanted.report, "--format", wanted.form, "--site", site]
    folders = ["--releases", str(release.parent), "--release", release.name, "--out", str(out)]
    definitions = str(settings.INFRACOMMONS_DEFINITIONS)
    subprocess.run(  # noqa: S603 - our own command; names were checked by the view
        [*command, *folders, "--definitions", definitions, *about],
        check=True,
        capture_output=True,
        timeout=_LONGEST_SECONDS,
        env={**os.environ, "INFRACOMMONS_DEFINITIONS": definitions},
    )
