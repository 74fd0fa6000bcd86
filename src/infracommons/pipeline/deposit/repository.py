"""Speaks the REST API of InvenioRDM: drafts, their files, publishing.

The requests are those of the reference at inveniordm.docs.cern.ch, "Drafts and records". The token is in one header
and in no message; no redirect is followed, so that it goes to no other host than the one named.
"""

import time
from collections.abc import Callable, Iterator
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self

import httpx

from infracommons.pipeline.deposit.package import Upload
from infracommons.pipeline.deposit.problems import DepositError, of_answer, of_break
from infracommons.pipeline.http import user_agent
from infracommons.vocabulary.problems import UnusableInputError

Record = dict[str, Any]
_TIMEOUT = httpx.Timeout(60.0, write=300.0)
_ATTEMPTS, _PAUSE, _LONGEST_PAUSE = 3, 2.0, 120.0
_PASSING = {
    HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT
}  # fmt: skip
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_PIECE = 1 << 18
_COMPLETED = "completed"


class Repository:
    """A repository at an address, and a token for it; `sleep` is the machine's own unless a test brings another."""

    def __init__(self, address: str, token: str, *, sleep: Callable[[float], None] = time.sleep) -> None:
        url = httpx.URL(address)
        if not (url.scheme == "https" or (url.scheme == "http" and url.host in _LOOPBACK)) or not url.host:
            message = f"--to: {url.host or address!r}: give an https address; over http the token could be read"
            raise UnusableInputError(message)
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json", "User-Agent": user_agent()}
        base = url.copy_with(path=url.path.rstrip("/") + "/api/", query=None, fragment=None)
        self._http = httpx.Client(base_url=base, headers=headers, timeout=_TIMEOUT)
        self._sleep = sleep

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._http.close()

    def create(self, body: Record) -> Record:
        """Make a new draft."""
        return self._once("POST", "records", "making a draft", json=body)

    def new_version(self, record_id: str) -> Record:
        """Make a draft of a new version of a published record; asked twice, it is the same draft."""
        return self._asked("POST", f"records/{record_id}/versions", f"making a new version of {record_id}")

    def draft(self, draft_id: str) -> Record:
        """Return a draft."""
        return self._asked("GET", f"records/{draft_id}/draft", f"reading draft {draft_id}")

    def update(self, draft_id: str, body: Record) -> Record:
        """Replace what a draft says."""
        return self._asked("PUT", f"records/{draft_id}/draft", f"describing draft {draft_id}", json=body)

    def discard(self, draft_id: str) -> None:
        """Delete a draft with its files."""
        self._asked("DELETE", f"records/{draft_id}/draft", f"deleting draft {draft_id}")

    def files(self, draft_id: str) -> dict[str, Record]:
        """Return the files of a draft by their names."""
        told = self._asked("GET", f"records/{draft_id}/draft/files", f"listing the files of draft {draft_id}")
        return {entry["key"]: entry for entry in told.get("entries", ())}

    def remove(self, draft_id: str, key: str) -> None:
        """Delete one file of a draft."""
        self._asked("DELETE", f"records/{draft_id}/draft/files/{key}", f"{key}: deleting what was there")

    def upload(self, draft_id: str, upload: Upload) -> Record:
        """Upload one file: announce it, send its bytes a piece at a time, and commit it; return what became of it."""
        files = f"records/{draft_id}/draft/files"
        self._once("POST", files, f"{upload.key}: announcing the file", json=[{"key": upload.key}])
        self._asked("PUT", f"{files}/{upload.key}/content", f"{upload.key}: uploading", upload=upload)
        return self._asked("POST", f"{files}/{upload.key}/commit", f"{upload.key}: completing the file")

    def publish(self, draft_id: str) -> Record:
        """Publish a draft, for good."""
        return self._once("POST", f"records/{draft_id}/draft/actions/publish", f"publishing draft {draft_id}")

    def _asked(self, method: str, path: str, doing: str, **sent: Any) -> Record:  # noqa: ANN401 - as httpx takes it
        """Ask what may be asked again, with growing pauses, where a fault may pass."""
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return self._once(method, path, doing, **sent)
            except DepositError as problem:
                pause = self._pause_after(problem, attempt)
                if pause is None:
                    raise
                self._sleep(pause)
        raise AssertionError(doing)  # the last attempt returned or raised

    def _pause_after(self, problem: DepositError, attempt: int) -> float | None:
        cause = problem.__cause__
        if attempt == _ATTEMPTS:
            return None
        if isinstance(cause, httpx.HTTPStatusError):
            if cause.response.status_code not in _PASSING:
                return None
            asked = cause.response.headers.get("Retry-After", "")
            if asked.isdigit():
                return min(float(asked), _LONGEST_PAUSE)
        return _PAUSE * 2.0 ** (attempt - 1)

    def _once(self, method: str, path: str, doing: str, upload: Upload | None = None, json: object = None) -> Record:
        body: dict[str, Any] = {"json": json} if json is not None else {}
        if upload:
            headers = {"Content-Type": "application/octet-stream", "Content-Length": str(upload.size)}
            body = {"content": _pieces(upload), "headers": headers}
        try:
            response = self._http.request(method, path, **body)
            response.raise_for_status()
        except httpx.HTTPStatusError as error:
            raise of_answer(error.response, doing) from error
        except httpx.HTTPError as error:
            raise of_break(error, doing) from error
        return _record(response, doing)


def is_complete(entry: Record, upload: Upload) -> bool:
    """Tell whether a file of a draft is all of what lies here."""
    return entry.get("status") == _COMPLETED and entry.get("checksum") == f"md5:{upload.md5()}"


def _pieces(upload: Upload) -> Iterator[bytes]:
    with upload.path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _record(response: httpx.Response, doing: str) -> Record:
    if response.status_code == HTTPStatus.NO_CONTENT or not response.content:
        return {}
    try:
        told = response.json()
    except ValueError as error:
        raise DepositError("not_understood", f"{doing}: the answer is no JSON: is this an InvenioRDM?") from error
    if not isinstance(told, dict):
        raise DepositError("not_understood", f"{doing}: the answer is of another form than InvenioRDM gives")
    return told
