"""Makes a report from a folder of releases, as the command asks for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from infracommons.insights.release import NoReleaseError, Release
from infracommons.insights.releases import UnknownReleaseError, stored_release
from infracommons.reports.assemble import assemble
from infracommons.reports.definition import definition
from infracommons.reports.problems import ReportError
from infracommons.reports.write import checked, write
from infracommons.vocabulary.release_files import CURRENT


@dataclass(frozen=True)
class Order:
    """What is asked for: the report, the release it is over, in which formats, for which site, compared with which."""

    name: str
    definitions: Path
    releases: Path
    out: Path
    formats: Sequence[str] = ("html",)
    release_id: str = CURRENT
    infrastructure: str | None = None
    compare_with: str | None = None
    site: str | None = None


def make(order: Order) -> tuple[Release, list[Path]]:
    """Write the files of a report and return the release and their paths.

    Raises ReportError; then nothing is written.
    """
    checked(order.formats)
    defined = definition(order.definitions / "reports", order.name)
    release = opened(order.releases, order.release_id)
    before = opened(order.releases, order.compare_with) if order.compare_with else None
    document = assemble(defined, release, infrastructure=order.infrastructure, before=before)
    return release, write(document, order.formats, order.out, order.site)


def opened(releases: Path, release_id: str) -> Release:
    """Return a release of the folder, `current` being the one that is shown. Raises ReportError where there is none."""
    try:
        if release_id == CURRENT:
            return Release((releases / CURRENT).resolve())
        return Release(stored_release(releases, release_id).folder)
    except (NoReleaseError, UnknownReleaseError) as error:
        message = f"--release {release_id}: {error}"
        raise ReportError(message) from error
