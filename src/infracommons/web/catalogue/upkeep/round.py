"""One round of upkeep, in order: links, ages, letters, mail, clearing. Running it twice changes nothing more."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime

from django.utils import timezone

from infracommons.web.catalogue.claims.mail import send_waiting
from infracommons.web.catalogue.upkeep.ages import log_ages
from infracommons.web.catalogue.upkeep.clearing import clear_mail, clear_notices, clear_unconfirmed
from infracommons.web.catalogue.upkeep.follows import tell_followers
from infracommons.web.catalogue.upkeep.letters import ask_about, tell_of_broken
from infracommons.web.catalogue.upkeep.links import collect, log_links
from infracommons.web.catalogue.upkeep.visits import MOST_A_RUN, VisitAll, check_due


@dataclass(frozen=True)
class Report:
    """What one run did, in numbers; `problem` is a sentence where a part could not be done."""

    links_in_use: int
    links_added: int
    links_no_longer_used: int
    links_visited: int
    visits_that_failed: int
    links_broken: int
    links_mended: int
    values_stale: int
    values_asked_about: int
    values_uncertain: int
    people_told: int
    followers_told: int
    mails_sent: int
    mails_waiting: int
    proposals_deleted: int
    mails_deleted: int
    notices_deleted: int
    problem: str = ""

    def lines(self) -> list[str]:
        """Return the report in words, a line a number."""
        counts = [f"{getattr(self, f.name):,} {f.name.replace('_', ' ')}" for f in fields(self) if f.name != "problem"]
        return [*counts, *([self.problem] if self.problem else [])]

    def as_dict(self) -> dict[str, int | str]:
        """Return the report as JSON."""
        return asdict(self)


def run(now: datetime | None = None, *, most: int = MOST_A_RUN, visit_all: VisitAll | None = None) -> Report:
    """Do everything that is due at this moment (UTC), visiting at most so many links, and return what was done.

    `visit_all` takes the place of the visits to the web.
    """
    now = now or timezone.now()
    collected = collect()
    visited = check_due(now, most=most, visit_all=visit_all)
    broken, mended = log_links(now)
    told = tell_of_broken(broken)
    aged, to_ask = log_ages(now)
    told += sum(ask_about(infrastructure, values) for infrastructure, values in to_ask)
    followers = tell_followers(now)
    sent, waiting = send_waiting(now)
    return Report(
        links_in_use=collected.used,
        links_added=collected.added,
        links_no_longer_used=collected.dropped,
        links_visited=visited.visited,
        visits_that_failed=visited.failed,
        links_broken=len(broken),
        links_mended=len(mended),
        values_stale=aged.stale,
        values_asked_about=aged.asked,
        values_uncertain=aged.uncertain,
        people_told=told,
        followers_told=followers,
        mails_sent=sent,
        mails_waiting=waiting,
        proposals_deleted=clear_unconfirmed(now),
        mails_deleted=clear_mail(now),
        notices_deleted=clear_notices(now),
        problem=visited.problem,
    )
