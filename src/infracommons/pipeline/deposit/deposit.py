"""Deposits a package: a draft, its files, and, where asked, its publication. What broke off can go on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from infracommons.pipeline.deposit.metadata import metadata
from infracommons.pipeline.deposit.package import Package, read_package
from infracommons.pipeline.deposit.problems import DepositError, of_errors
from infracommons.pipeline.deposit.repository import Record, Repository, is_complete
from infracommons.vocabulary.problems import UnusableInputError


@dataclass(frozen=True)
class Job:
    """What to deposit and how.

    new_version_of: id of a published record whose next version it is. draft: id of a draft to go on with. discard:
    delete the draft where anything fails; else it stays, so that `draft` can go on. publish: for good, not undone.
    """

    package: Path
    creators: tuple[str, ...]
    title: str = ""
    licence: str = ""
    new_version_of: str = ""
    draft: str = ""
    discard: bool = False
    publish: bool = False
    tell: Callable[[str, int], None] = field(default=lambda _step, _done: None)


@dataclass(frozen=True)
class Deposited:
    """What came about: id and address of the draft or record, its DOI where it has one, and its files."""

    record_id: str
    address: str
    doi: str
    is_published: bool
    uploaded: int
    already_there: int

    def lines(self) -> list[str]:
        """Return it in words."""
        what = "Published" if self.is_published else "A draft; nothing is public until you publish it there"
        files = f"{self.uploaded} files uploaded, {self.already_there} were there"
        return [f"{what}: {self.address}", files, *([f"DOI {self.doi}"] if self.doi else [])]


def deposit(job: Job, repository: Repository) -> Deposited:
    """Deposit the package. Raises DepositError, or UnusableInputError where the package or a name cannot be used."""
    if job.draft and job.new_version_of:
        message = "--draft, --new-version-of: one of them; a draft of a new version is a draft like any other"
        raise UnusableInputError(message)
    package = read_package(job.package)
    said = metadata(package.descriptor, job.creators, title=job.title, licence=job.licence)
    body = {"access": {"record": "public", "files": "public"}, "files": {"enabled": True}, "metadata": said}
    draft_id = _draft(job, repository, body)
    try:
        uploaded, there = _upload(job, repository, draft_id, package)
        told = repository.publish(draft_id) if job.publish else repository.draft(draft_id)
    except DepositError as problem:
        raise DepositError(problem.code, f"{_without_code(problem)}; {_left(job, repository, draft_id)}") from problem
    return Deposited(draft_id, _link(told), _doi(told), job.publish, uploaded, there)


def _draft(job: Job, repository: Repository, body: Record) -> str:
    """Return the id of the draft to fill, which says what `body` says and has no fault in it."""
    if job.draft:
        told = repository.update(job.draft, body)
    elif job.new_version_of:
        told = repository.update(_id(repository.new_version(job.new_version_of)), body)
    else:
        told = repository.create(body)
    draft_id = _id(told)
    # A draft is kept with its faults, which would only show when it is published.
    if faults := of_errors(told.get("errors")):
        left = "" if job.draft else f"; {_deleted(repository, draft_id)}"
        raise DepositError("metadata_refused", f"the repository refuses what is said of the package: {faults}{left}")
    return draft_id


def _upload(job: Job, repository: Repository, draft_id: str, package: Package) -> tuple[int, int]:
    """Upload what is not there yet, take away what should not be; return how many were sent and were there."""
    there = repository.files(draft_id)
    complete = {u.key for u in package.uploads if u.key in there and is_complete(there[u.key], u)}
    for key in there.keys() - complete:
        repository.remove(draft_id, key)
    for upload in package.uploads:
        if upload.key in complete:
            continue
        job.tell(f"Uploading {upload.key}", 0)
        entry = repository.upload(draft_id, upload)
        if not is_complete(entry, upload):
            message = f"{upload.key}: arrived with checksum {entry.get('checksum')}, which is not that of the file here"
            raise DepositError("checksum_differs", message)
        job.tell(f"Uploading {upload.key}", 1)
    return len(package.uploads) - len(complete), len(complete)


def _left(job: Job, repository: Repository, draft_id: str) -> str:
    """Say what is left at the repository, after deleting it where that was asked."""
    if job.discard:
        return _deleted(repository, draft_id)
    return f"nothing was published; --draft {draft_id} goes on from here"


def _deleted(repository: Repository, draft_id: str) -> str:
    try:
        repository.discard(draft_id)
    except DepositError:
        return f"draft {draft_id} could not be deleted: delete it there"
    return f"draft {draft_id} was deleted"


def _id(told: Record) -> str:
    draft_id = told.get("id")
    if not isinstance(draft_id, str) or not draft_id.replace("-", "").isalnum():
        raise DepositError("not_understood", f"the repository gives a draft the id {draft_id!r}")
    return draft_id


def _link(told: Record) -> str:
    return str(_part(told, "links", "self_html") or "address not told")


def _doi(told: Record) -> str:
    return str(_part(told, "pids", "doi", "identifier") or "")


def _part(told: Any, *names: str) -> Any:  # noqa: ANN401 - JSON
    for name in names:
        told = told.get(name) if isinstance(told, dict) else None
    return told


def _without_code(problem: DepositError) -> str:
    return str(problem).removeprefix(f"{problem.code}: ")
