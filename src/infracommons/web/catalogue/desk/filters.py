"""What the address of the desk asks for."""

from dataclasses import dataclass

from infracommons.insights.award_filters import PAGE, TEXT
from infracommons.insights.query_string import choice, one

ALL, NEW, CHANGED, DISPUTED, MINE = "all", "new", "changed", "disputed", "mine"
SENT_BACK, STEWARDSHIPS, STALE, BROKEN = "sent_back", "stewardships", "stale", "broken"
TABS = {
    ALL: "All proposals",
    NEW: "New",
    CHANGED: "Changed",
    DISPUTED: "Disputed",
    MINE: "Mine",
    SENT_BACK: "Sent back",
    STEWARDSHIPS: "Stewardships",
    STALE: "Stale",
    BROKEN: "Broken links",
}
MEANINGS = {
    ALL: "proposals that wait for a curator",
    NEW: "suggested infrastructures that wait for a curator",
    CHANGED: "changes by an infrastructure's team that wait for a curator",
    DISPUTED: "corrections and disputes by readers that wait for a curator",
    MINE: "proposals assigned to you",
    SENT_BACK: "proposals that wait for their proposer to revise them",
    STEWARDSHIPS: "people who ask to speak for an infrastructure",
    STALE: "infrastructures with values past their age",
    BROKEN: "infrastructures with broken links",
}
ASSIGNED = {"": "anyone", "me": "me", "nobody": "nobody"}


@dataclass(frozen=True)
class QueueFilters:
    """A tab of the queue, words of a name, who it is assigned to, an order, a page."""

    tab: str = one(ALL, *choice(TABS))
    q: str = one("", *TEXT)
    assigned: str = one("", *choice([code for code in ASSIGNED if code]))
    sort: str = one("oldest", *choice(("oldest", "due")))
    page: int = one(1, *PAGE)
