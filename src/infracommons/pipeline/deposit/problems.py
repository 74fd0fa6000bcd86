"""What can go wrong with a deposit, each by a name, and what to do about it."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import httpx

from infracommons.vocabulary.problems import UnusableInputError

_ADVICE = {
    HTTPStatus.BAD_REQUEST: ("refused", "the repository refuses what was sent"),
    HTTPStatus.UNAUTHORIZED: ("token_refused", "the repository does not take the token: make a new one there"),
    HTTPStatus.FORBIDDEN: (
        "not_allowed",
        "the token may not: it needs the scopes to deposit and, with --publish, to publish; the record must be yours",
    ),
    HTTPStatus.NOT_FOUND: ("not_found", "there is no such record or draft, or no InvenioRDM at this address"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        "too_large",
        "the file is larger than the repository takes: ask it for more room, or export fewer formats",
    ),
    HTTPStatus.TOO_MANY_REQUESTS: ("too_many", "the repository asks to come back later"),
}
_SERVER_ERROR = ("server_error", "the repository failed: try again later")
_LONGEST_SAID = 300


class DepositError(UnusableInputError):
    """A deposit did not come about; `code` names the problem, the message says where and what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


def of_answer(response: httpx.Response, doing: str) -> DepositError:
    """Return the problem that an answer with an error status tells of, with the repository's own words."""
    code, advice = _ADVICE.get(HTTPStatus(response.status_code), _SERVER_ERROR)
    if response.is_redirect:
        code, advice = "moved", "the address leads elsewhere; name the repository's own with --to"
    said = _said(response)
    return DepositError(code, f"{doing}: answered {response.status_code}{f' ({said})' if said else ''}; {advice}")


def of_break(error: httpx.HTTPError, doing: str) -> DepositError:
    """Return the problem of a connection that broke or never came about."""
    return DepositError("connection_broken", f"{doing}: {type(error).__name__}; check the network and the address")


def of_errors(errors: object) -> str:
    """Return in words what is wrong with which field of the metadata."""
    rows = errors if isinstance(errors, list) else []
    return "; ".join(
        f"{row.get('field', 'metadata')}: {', '.join(map(str, row.get('messages', ())))}"
        for row in rows
        if isinstance(row, Mapping)
    )


def _said(response: httpx.Response) -> str:
    try:
        body: Any = response.json()
    except ValueError:
        return ""
    if not isinstance(body, Mapping):
        return ""
    parts = (str(body.get("message", "")).rstrip("."), of_errors(body.get("errors")))
    return " ".join("; ".join(filter(None, parts)).split())[:_LONGEST_SAID]
