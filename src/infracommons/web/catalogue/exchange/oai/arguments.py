"""Reads the arguments of an OAI-PMH request, and names what is wrong with them by the protocol's error codes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

PREFIX = "oai_dc"
# What each verb takes: the first set is required, the second is not, the third is taken alone.
VERBS: dict[str, tuple[frozenset[str], frozenset[str], str]] = {
    "Identify": (frozenset(), frozenset(), ""),
    "ListMetadataFormats": (frozenset(), frozenset({"identifier"}), ""),
    "ListSets": (frozenset(), frozenset(), "resumptionToken"),
    "GetRecord": (frozenset({"identifier", "metadataPrefix"}), frozenset(), ""),
    "ListIdentifiers": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"}), "resumptionToken"),
    "ListRecords": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"}), "resumptionToken"),
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SECOND = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")


class OaiError(ValueError):
    """An error of the protocol: its code, and what is wrong in words."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


@dataclass(frozen=True)
class Span:
    """The time asked for: from this moment, and before that one; None is open."""

    since: datetime | None = None
    before: datetime | None = None


def checked(given: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return verb and arguments, each given once and taken by the verb. Raises OaiError badVerb or badArgument."""
    verbs = given.get("verb", [])
    if len(verbs) != 1 or verbs[0] not in VERBS:
        message = f"verb must be one of {', '.join(VERBS)}, once"
        raise OaiError("badVerb", message)
    required, optional, alone = VERBS[verbs[0]]
    names = {name for name in given if name != "verb"}
    allowed = required | optional | ({alone} if alone else frozenset())
    if strange := sorted(names - allowed):
        message = f"{verbs[0]} does not take {', '.join(strange)[:200]}"
        raise OaiError("badArgument", message)
    if twice := sorted(name for name in names if len(given[name]) > 1):
        message = f"{', '.join(twice)} is given more than once"
        raise OaiError("badArgument", message)
    if alone and alone in names:
        if names != {alone}:
            message = f"{alone} is taken alone: it holds the other arguments"
            raise OaiError("badArgument", message)
    elif missing := sorted(required - names):
        message = f"{verbs[0]} needs {', '.join(missing)}"
        raise OaiError("badArgument", message)
    return {name: values[0] for name, values in given.items()}


def check_prefix(prefix: str) -> None:
    """Raise OaiError cannotDisseminateFormat for a format that there is not."""
    if prefix != PREFIX:
        message = f"there is only {PREFIX}, not {prefix[:80]!r}"
        raise OaiError("cannotDisseminateFormat", message)


def span(arguments: Mapping[str, str]) -> Span:
    """Return the time asked for, days and seconds both included. Raises OaiError badArgument."""
    since, until = arguments.get("from", ""), arguments.get("until", "")
    if since and until and len(since) != len(until):
        message = "from and until must be written alike: both days, or both moments"
        raise OaiError("badArgument", message)
    start, end = _moment("from", since), _moment("until", until)
    if start and end and start > end:
        message = "from is after until; swap them"
        raise OaiError("badArgument", message)
    width = timedelta(days=1) if _DAY.fullmatch(until) else timedelta(seconds=1)
    return Span(start, _later(end, width))


def _later(end: datetime | None, width: timedelta) -> datetime | None:
    try:
        return end + width if end else None
    except OverflowError:  # the last day that there is
        return None


def _moment(name: str, given: str) -> datetime | None:
    if not given:
        return None
    try:
        if _DAY.fullmatch(given):
            day = date.fromisoformat(given)
            return datetime(day.year, day.month, day.day, tzinfo=UTC)
        if _SECOND.fullmatch(given):
            return datetime.fromisoformat(given)
    except ValueError:
        pass
    message = f"{name} must be a day as 2026-05-31 or a moment as 2026-05-31T12:00:00Z, not {given[:40]!r}"
    raise OaiError("badArgument", message)
