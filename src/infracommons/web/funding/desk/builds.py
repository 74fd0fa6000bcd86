"""Builds a release in the background: hands over what people decided, runs the command, keeps its progress."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from queue import Empty, Queue
from threading import Thread
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks import task

from infracommons.insights.release import NoReleaseError
from infracommons.web.accounts.models import User
from infracommons.web.catalogue.exchange.exports import export_for_release
from infracommons.web.funding.desk.hand_over import export_curation
from infracommons.web.funding.models import BuildState, ReleaseBuild
from infracommons.web.funding.models.build import OPEN
from infracommons.web.shared.published import releases

if TYPE_CHECKING:
    from pathlib import Path

SILENT_FOR = timedelta(seconds=60)  # a process that did not report for so long is gone
_BEAT_SECONDS = 1.0
_END_SECONDS = 20
_LONGEST_PROBLEM = 4000
_OWN = {
    "curation",
    "catalogue",
    "characteristics",
    "ror",
    "ecb_rates",
}  # folders of the raw folder that hold no award records


class BuildError(ValueError):
    """A build that cannot begin; the message says why and what to do."""


def request_build(*, by: User) -> ReleaseBuild:
    """Store a build and put it in line. Raises BuildError where one is open, or there is nothing to build from."""
    if not has_records():
        message = (
            f"The raw folder ({settings.INFRACOMMONS_RAW.name}) holds no award records. Harvest sources first, or "
            "start the site with --raw and the folder that the current release was made from."
        )
        raise BuildError(message)
    end_lost()
    try:
        with transaction.atomic():
            build = ReleaseBuild.objects.create(by=by, before_id=_current()[0], counts_before=_current()[1])
    except IntegrityError as error:
        message = "A release is being built already. Wait for it, or cancel it."
        raise BuildError(message) from error
    transaction.on_commit(lambda: run_build.enqueue(build.pk))
    return build


def has_records() -> bool:
    """Say whether the raw folder has files of a source of awards."""
    raw: Path = settings.INFRACOMMONS_RAW
    folders = (
        [folder for folder in raw.iterdir() if folder.is_dir() and folder.name not in _OWN] if raw.is_dir() else []
    )
    return any(path.is_file() and not path.name.startswith(".") for folder in folders for path in folder.iterdir())


def cancel(build: ReleaseBuild) -> None:
    """Ask a build to stop; one that nobody took up yet stops at once."""
    now = timezone.now()
    waiting = ReleaseBuild.objects.filter(pk=build.pk, state=BuildState.WAITING)
    if not waiting.update(state=BuildState.CANCELLED, ended_at=now):
        ReleaseBuild.objects.filter(pk=build.pk, state=BuildState.RUNNING).update(is_cancelling=True)


def end_lost() -> None:
    """Tell builds whose process is gone as failed."""
    silent = ReleaseBuild.objects.filter(state=BuildState.RUNNING, beat_at__lt=timezone.now() - SILENT_FOR)
    said = "The process that built it is gone: the site or its machine was stopped. The release before stays."
    silent.update(state=BuildState.FAILED, problem=said, ended_at=timezone.now())


def is_unattended(build: ReleaseBuild) -> bool:
    """Say whether a build waits though nothing else runs: no worker takes it up."""
    return build.state == BuildState.WAITING and build.at < timezone.now() - SILENT_FOR


@task()
def run_build(build_id: int) -> None:
    """Build the release that was asked for; what goes wrong is kept with the build."""
    now = timezone.now()
    taken = ReleaseBuild.objects.filter(pk=build_id, state=BuildState.WAITING)
    if not taken.update(state=BuildState.RUNNING, began_at=now, beat_at=now):
        return  # cancelled meanwhile
    build = ReleaseBuild.objects.get(pk=build_id)
    try:
        _handed_over(build)
        _run(build)
    except OSError as error:
        _end(build, BuildState.FAILED, problem=f"{error.strerror or error}: {error.filename or 'while starting'}")


def _handed_over(build: ReleaseBuild) -> None:
    raw: Path = settings.INFRACOMMONS_RAW
    export_for_release(raw)
    _, build.decisions = export_curation(raw / "curation")
    build.save(update_fields=["decisions"])


def _run(build: ReleaseBuild) -> None:
    command = [
        sys.executable, "-m", "infracommons", "release", "--progress", "json", "--json",
        "--raw", str(settings.INFRACOMMONS_RAW), "--out", str(settings.INFRACOMMONS_RELEASES),
        "--definitions", str(settings.INFRACOMMONS_DEFINITIONS),
    ]  # fmt: skip
    environment = {**os.environ, "NO_COLOR": "1"}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=environment) as process:  # noqa: S603
        said, errors = _Lines(process.stdout), _Lines(process.stderr)
        result: dict[str, Any] = {}
        is_cancelled = False
        while process.poll() is None or said.is_open:
            for line in said.waiting(_BEAT_SECONDS):
                result = _took(build, line) or result
            if not is_cancelled and _beat(build):
                is_cancelled = True
                process.terminate()
        status = process.wait(_END_SECONDS)
    _ended(build, status, result, errors, is_cancelled=is_cancelled)


def _ended(build: ReleaseBuild, status: int, result: dict[str, Any], errors: "_Lines", *, is_cancelled: bool) -> None:
    if status == 0 and "release" in result:
        _, counts = _current()
        _end(build, BuildState.DONE, after_id=result["release"], counts=counts | {"warnings": result["warnings"]})
    elif is_cancelled:
        _end(build, BuildState.CANCELLED)
    else:
        said = [line for line in errors.waiting(0) if line.strip()]
        _end(build, BuildState.FAILED, problem=(said[-1] if said else f"ended with status {status}")[:_LONGEST_PROBLEM])


def _took(build: ReleaseBuild, line: str) -> dict[str, Any] | None:
    """Keep a line of progress; return the last line, which holds what came of it."""
    try:
        told = json.loads(line)
    except ValueError:
        return None
    if "step" not in told:
        return dict(told)
    steps = [step for step in build.steps if step["step"] != told["step"]]
    build.steps = [*steps, {"step": told["step"], "done": told["done"]}]
    build.save(update_fields=["steps"])
    return None


def _beat(build: ReleaseBuild) -> bool:
    """Say that the process is alive; return whether somebody wants it to stop."""
    ReleaseBuild.objects.filter(pk=build.pk).update(beat_at=timezone.now())
    return ReleaseBuild.objects.filter(pk=build.pk, is_cancelling=True).exists()


def _end(build: ReleaseBuild, state: BuildState, **values: Any) -> None:  # noqa: ANN401 - fields of the model
    ReleaseBuild.objects.filter(pk=build.pk, state__in=OPEN).update(state=state, ended_at=timezone.now(), **values)


def _current() -> tuple[str, dict[str, Any]]:
    """Return id and counts of the current release; nothing before the first."""
    with suppress(NoReleaseError):
        manifest = releases().current().manifest
        return str(manifest["release"]), {**manifest["counts"], **manifest.get("totals_usd", {})}
    return "", {}


class _Lines:
    """Reads a stream line by line in a thread of its own, so that whoever waits for lines can do something else."""

    def __init__(self, stream: Any) -> None:  # noqa: ANN401 - a text stream
        self._found: Queue[str | None] = Queue()
        self.is_open = True
        Thread(target=self._read, args=(stream,), daemon=True).start()

    def _read(self, stream: Any) -> None:  # noqa: ANN401
        with suppress(ValueError):  # closed while it was read
            for line in stream:
                self._found.put(line)
        self._found.put(None)

    def waiting(self, seconds: float) -> Iterator[str]:
        """Yield the lines that are there, the first after so many seconds at most."""
        try:
            line = self._found.get(timeout=seconds) if seconds else self._found.get_nowait()
            while line is not None:
                yield line
                line = self._found.get_nowait()
            self.is_open = False
        except Empty:
            return
