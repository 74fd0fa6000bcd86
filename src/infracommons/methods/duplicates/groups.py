"""Puts links together to awards: best matches first, never against what a person decided."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from infracommons.methods.duplicates.facts import base_id
from infracommons.methods.duplicates.verdict import Link


@dataclass(frozen=True)
class Decisions:
    """What people decided: pairs that are one award, with their reason, and pairs that are not."""

    same: tuple[tuple[str, str, str], ...] = ()
    different: frozenset[tuple[str, str]] = frozenset()

    def links(self) -> list[Link]:
        """Return the links that people made; they come before every rule."""
        return [
            Link(first, second, "duplicate", f"decided by a person: {reason}", rank=-1)
            for first, second, reason in self.same
        ]


def accepted(links: Iterable[Link], decisions: Decisions) -> list[Link]:
    """Return the links that hold, surest first.

    A link is left out where a person decided otherwise, where joining would bring two such records together by way of
    others, where a better link took its exclusive place, or where it had to stand alone and does not.
    """
    ordered = sorted({*links, *decisions.links()}, key=lambda link: (link.rank, link.distance, link))
    candidates = _candidates(ordered)
    groups = _Groups(decisions.different)
    followed: set[tuple[str, str, str]] = set()
    held = []
    for link in ordered:
        places = {(link.lane, "first", link.first), (link.lane, "second", link.second)}
        if link.is_exclusive and places & followed:
            continue
        if link.is_alone and any(len(candidates[link.lane, record]) > 1 for record in link[:2]):
            continue
        if groups.join(link.first, link.second):
            held.append(link)
            if link.lane:
                followed |= places
    return held


def _candidates(links: Iterable[Link]) -> dict[tuple[str, str], set[str]]:
    """Return what each record of a lane may be linked to there; a record published twice is one candidate."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for link in links:
        found[link.lane, link.first].add(base_id(link.second))
        found[link.lane, link.second].add(base_id(link.first))
    return found


def groups_of(links: Iterable[Link]) -> list[list[str]]:
    """Return the records of each group that links hold together, in order."""
    groups = _Groups(frozenset())
    for link in links:
        groups.join(link.first, link.second)
    return groups.listed()


class _Groups:
    """Sets of records that only grow, and never hold a forbidden pair."""

    def __init__(self, forbidden: frozenset[tuple[str, str]]) -> None:
        self._members: dict[str, set[str]] = {}
        self._apart: dict[str, set[str]] = {}
        for one, other in forbidden:
            self._apart.setdefault(one, set()).add(other)
            self._apart.setdefault(other, set()).add(one)

    def join(self, one: str, other: str) -> bool:
        """Join the groups of two records; False where that would bring a forbidden pair together."""
        mine, theirs = (self._members.get(record) or {record} for record in (one, other))
        if any(self._apart.get(record, set()) & theirs for record in mine if record in self._apart):
            return False
        joined = mine | theirs
        for record in joined:
            self._members[record] = joined
        return True

    def listed(self) -> list[list[str]]:
        return [list(group) for group in sorted({tuple(sorted(members)) for members in self._members.values()})]
