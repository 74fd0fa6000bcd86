"""Fetches a source page by page over HTTP: politely, patiently, and going on where it stopped."""

import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any, Self

import httpx

from infracommons import __version__
from infracommons.vocabulary.problems import UnusableInputError

CONTACT = "INFRACOMMONS_CONTACT"  # environment variable: an address at which publishers reach whoever harvests
_TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_ATTEMPTS = 6
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0
_LONGEST_ASKED_PAUSE = 3600.0  # a server that asks for more is asking us to come back another day
_MOST_BYTES = 2**28
_BLOCK = 2**16
_TIMEOUT = 60.0


@dataclass(frozen=True)
class Request:
    """One page to ask for: GET, or POST where there is a body. `name` becomes the raw file's name, with its suffix."""

    url: str
    name: str
    params: dict[str, str] = field(default_factory=dict)
    json: dict[str, Any] | None = None


@dataclass(frozen=True)
class HttpHarvest:
    """How a source is paged.

    first: the first request, from the base address. following: the next one, from a request and the bytes it brought;
    None after the last page. It is also how an interrupted harvest goes on: the last page kept tells the next.
    """

    base_url: str
    first: Callable[[str], Request]
    following: Callable[[Request, bytes], Request | None]
    seconds_between: float = 1.0


def user_agent() -> str:
    """Return how the harvester names itself, with the contact of whoever runs it where INFRACOMMONS_CONTACT is set."""
    contact = os.environ.get(CONTACT, "").encode("ascii", "ignore").decode()
    said = "; ".join(filter(None, ("open funding evidence", " ".join(contact.split()))))
    return f"infracommons/{__version__} ({said})"


class _TransientError(Exception):
    """A fault that may pass. `pause` is what the server asked for, in seconds."""

    def __init__(self, message: str, pause: float = 0.0) -> None:
        super().__init__(message)
        self.pause = pause


class Client:
    """Asks for pages: not faster than told, and again, with growing pauses, where a fault may pass.

    `sleep` and `clock` (seconds that only grow) are the machine's own unless a test brings others.
    """

    def __init__(
        self,
        seconds_between: float,
        *,
        timeout: float = _TIMEOUT,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        headers = {"User-Agent": user_agent(), "Accept": "application/json"}
        self._http = httpx.Client(headers=headers, timeout=timeout, follow_redirects=True)
        self._seconds_between, self._sleep, self._clock = seconds_between, sleep, clock
        self._next_at = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._http.close()

    def fetch(self, request: Request, check: Callable[[bytes], None]) -> bytes:
        """Return the page's bytes once `check` takes them; it raises ValueError for a broken or truncated body.

        Raises UnusableInputError where the server refuses, or does not mend within some attempts.
        """
        attempt = 0
        while True:
            attempt += 1
            try:
                return self._ask(request, check)
            except _TransientError as fault:
                if attempt == _ATTEMPTS or fault.pause > _LONGEST_ASKED_PAUSE:
                    message = f"{request.name} ({_address(request)}): {fault}; run the harvest again to go on from here"
                    raise UnusableInputError(message) from fault
                self._sleep(max(fault.pause, _pause(attempt)))

    def _ask(self, request: Request, check: Callable[[bytes], None]) -> bytes:
        self._wait()
        try:
            content = self._read(request)
        except httpx.TransportError as error:
            message = f"{type(error).__name__}: {error}"
            raise _TransientError(message) from error
        except httpx.HTTPError as error:
            message = f"{request.name} ({_address(request)}): {type(error).__name__}: {error}"
            raise UnusableInputError(message) from error
        try:
            check(content)
        except UnusableInputError:
            raise
        except (ValueError, SyntaxError, KeyError, TypeError, AttributeError) as error:
            message = f"a broken answer of {len(content):,} bytes ({error})"
            raise _TransientError(message) from error
        return content

    def _wait(self) -> None:
        pause = self._next_at - self._clock()
        if pause > 0:
            self._sleep(pause)
        self._next_at = self._clock() + self._seconds_between

    def _read(self, request: Request) -> bytes:
        url = httpx.URL(request.url)
        if url.scheme not in {"http", "https"} or not url.host:
            message = f"{_address(request)}: not an http or https address"
            raise UnusableInputError(message)
        # What stands in the base address narrows the harvest, so it wins over the source's own parameters.
        params = {**request.params, **dict(url.params)}
        method = "GET" if request.json is None else "POST"
        with self._http.stream(method, url.copy_with(query=None), params=params, json=request.json) as response:
            _check_status(response, request)
            content = bytearray()
            for block in response.iter_bytes(_BLOCK):
                content += block
                if len(content) > _MOST_BYTES:
                    message = f"{request.name} ({_address(request)}): a page of more than {_MOST_BYTES:,} bytes"
                    raise UnusableInputError(message)
            return bytes(content)


def _check_status(response: httpx.Response, request: Request) -> None:
    if response.status_code in _TRY_AGAIN:
        message = f"answered {response.status_code}"
        raise _TransientError(message, _asked_pause(response.headers.get("Retry-After")))
    if not response.is_success:
        message = f"{request.name} ({_address(request)}): answered {response.status_code} {response.reason_phrase}"
        raise UnusableInputError(message)


def _asked_pause(retry_after: str | None) -> float:
    """Return the seconds that a Retry-After header asks for, which holds seconds or a time; 0 where it says nothing."""
    if not retry_after:
        return 0.0
    if retry_after.strip().isdigit():
        return float(retry_after)
    try:
        seconds: float = (parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds()
        return max(seconds, 0.0)
    except (ValueError, TypeError):
        return 0.0


def _pause(attempt: int) -> float:
    """Return a pause that doubles with each attempt, varied so that many clients do not come back at once."""
    return min(_FIRST_PAUSE * 2.0 ** (attempt - 1), _LONGEST_PAUSE) * random.uniform(0.5, 1.0)  # noqa: S311 - no secret


def _address(request: Request) -> str:
    """Return the address without its query, which may hold a key."""
    return request.url.partition("?")[0]
