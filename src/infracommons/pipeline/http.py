"""Fetches a source page by page over HTTP: politely, patiently, and going on where it stopped."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


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
