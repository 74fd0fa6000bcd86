"""Keeps the files of reports by release and code, and has those that are missing made, one at a time, beside the site.

A release never changes, so a file that was made once is good for as long as release and code are the same.
"""

import fcntl
import logging
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

_log = logging.getLogger(__name__)
_MOST_FOLDERS = 4  # releases or versions of the code whose files are kept
_MOST_FILES = 600  # of one folder: as many as a release of some hundred infrastructures has
_MOST_WAITING = 20
_TRY_AGAIN_SECONDS = 60


@dataclass(frozen=True)
class Wanted:
    """A file: of which report, about which infrastructure (None: about all), in which form."""

    report: str
    infrastructure: str | None
    form: str

    @property
    def file(self) -> str:
        """The name of the file."""
        about = f"_{self.infrastructure}" if self.infrastructure else ""
        return f"{self.report}{about}.{self.form}"


# Writes the file that is wanted into a folder; raises where it cannot.
Make = Callable[[Wanted, Path], None]


@dataclass
class _Job:
    ready: threading.Event = field(default_factory=threading.Event)
    failed_at: float | None = None


class BusyError(RuntimeError):
    """So many reports wait to be made that no more are taken."""


class NotMadeError(RuntimeError):
    """A report could not be made a moment ago; the log says why."""


class Stock:
    """The files of one release and one version of the code."""

    def __init__(self, folder: Path, make: Make) -> None:
        """Keep files in `folder`, which is made when the first is."""
        self.folder = folder
        self.make = make
        self._jobs: dict[Wanted, _Job] = {}
        self._lock = threading.Lock()
        self._turn = threading.Lock()

    def ask(self, wanted: Wanted, seconds: float) -> Path | None:
        """Return the file; None where it is still being made after so many seconds.

        Raises BusyError and NotMadeError.
        """
        path = self.folder / wanted.file
        if path.is_file():
            return path
        self._job(wanted).ready.wait(seconds)
        if path.is_file():
            return path
        job = self._jobs.get(wanted)
        if job and job.failed_at is not None:
            raise NotMadeError(wanted.file)
        return None

    def _job(self, wanted: Wanted) -> _Job:
        """Return the job that makes a file; two readers who ask for the same wait for the same."""
        with self._lock:
            job = self._jobs.get(wanted)
            if job is None or (job.failed_at is not None and monotonic() - job.failed_at > _TRY_AGAIN_SECONDS):
                waiting = sum(not known.ready.is_set() for known in self._jobs.values())
                if waiting >= _MOST_WAITING:
                    raise BusyError(wanted.file)
                job = self._jobs[wanted] = _Job()
                threading.Thread(target=self._work, args=(wanted, job), daemon=True).start()
            return job

    def _work(self, wanted: Wanted, job: _Job) -> None:
        try:
            with self._turn, _alone(self.folder):
                if not (self.folder / wanted.file).is_file():
                    self.make(wanted, self.folder)
                    _make_room(self.folder)
        except (OSError, subprocess.SubprocessError):
            _log.exception("the report %s cannot be made", wanted.file)
            job.failed_at = monotonic()
        finally:
            with self._lock:
                if job.failed_at is None:
                    self._jobs.pop(wanted, None)
            job.ready.set()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until no other process makes reports here; the lock goes with a process that ends."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _make_room(folder: Path) -> None:
    """Take away the oldest files, and the folders of releases and code that were used longest ago."""
    files = sorted((path for path in folder.iterdir() if path.is_file()), key=lambda path: path.stat().st_mtime)
    for path in [path for path in files if path.name != ".lock"][:-_MOST_FILES]:
        path.unlink(missing_ok=True)
    stocks = [path for path in folder.parent.iterdir() if (path / ".lock").is_file() and path != folder]
    stocks.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in stocks[_MOST_FOLDERS - 1 :]:
        shutil.rmtree(path, ignore_errors=True)
