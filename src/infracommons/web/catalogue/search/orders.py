"""The orders in which a list can be shown, worked out once for each snapshot."""

from collections.abc import Callable, Mapping, Sequence

from infracommons.web.catalogue.search.documents import Document

Placed = tuple[int, Document]
_LAST_YEAR = 10**6


def orders_of(placed: Sequence[Placed]) -> Mapping[str, tuple[int, ...]]:
    """Return the places in each order but relevance; what is unknown comes last, and equals go by name."""
    by_name = sorted(placed, key=lambda one: (one[1].names[0], one[1].infrastructure_id))
    return {
        "name": _places(by_name),
        "-name": _places(by_name[::-1]),
        "newest": _sorted(by_name, lambda document: -document.numbers.get("launched", -_LAST_YEAR)),
        "oldest": _sorted(by_name, lambda document: document.numbers.get("launched", _LAST_YEAR)),
        "changed": _sorted(by_name, lambda document: -document.changed_at.timestamp()),
        "checked": _sorted(by_name, lambda document: -(document.checked_on or 0)),
    }


def _sorted(by_name: Sequence[Placed], key: Callable[[Document], float]) -> tuple[int, ...]:
    return _places(sorted(by_name, key=lambda one: key(one[1])))


def _places(placed: Sequence[Placed]) -> tuple[int, ...]:
    return tuple(place for place, _ in placed)
