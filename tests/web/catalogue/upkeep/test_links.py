"""Links of public claims are collected, visited when due, and logged when they break and when they are mended."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from infracommons.web.accounts.models import User
from infracommons.web.catalogue.claims.append import Author, append_claims
from infracommons.web.catalogue.claims.create import set_listing
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.fields.claim_input import RawClaim, checked_claim
from infracommons.web.catalogue.fields.registry import field
from infracommons.web.catalogue.models import Infrastructure, Link, LinkCheck, UpkeepEvent
from infracommons.web.catalogue.models.claim import AuthorKind
from infracommons.web.catalogue.models.links import LinkOutcome
from infracommons.web.catalogue.upkeep.letters import tell_of_broken
from infracommons.web.catalogue.upkeep.links import collect, key_of, log_links
from infracommons.web.catalogue.upkeep.reach import Finding
from infracommons.web.catalogue.upkeep.uses import uses
from infracommons.web.catalogue.upkeep.visits import OFFLINE, VisitAll, check_due, due

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 6, tzinfo=UTC)
CODE = "https://git.example.org/archive"
BY = Author(AuthorKind.STEWARD, "its team")


def answering(*bad: str, outcome: LinkOutcome = LinkOutcome.BROKEN) -> VisitAll:
    """Return what visits links to a web on which all answer but these."""

    def visit_all(urls: Sequence[str]) -> dict[str, Finding]:
        return {
            url: Finding(outcome, 404, "answers 404") if url in bad else Finding(LinkOutcome.OK, 200) for url in urls
        }

    return visit_all


def state(infrastructure: Infrastructure, code: str, raw: RawClaim) -> None:
    append_claims(infrastructure, [checked_claim(field(code), raw, term_book())], by=BY)


def test_every_address_of_a_public_claim_is_collected_whatever_its_kind(rich: Infrastructure) -> None:
    state(rich, "mission", RawClaim('<p>See <a href="https://example.org/a?b=1&amp;c=2">this</a>.</p>'))
    found = {use.url for use in uses() if use.infrastructure == rich.pk}
    assert found >= {
        "https://archive.example.org/",  # url
        "https://archive.example.org/contact",  # contact
        "https://archive.example.org/conduct",  # evidence
        CODE,
        "https://example.org/",  # part of an entry
        "https://example.org/a?b=1&c=2",  # rich text
    }
    assert not any("mailto" in url for url in found)


def test_addresses_of_private_and_unlisted_claims_are_not_collected(rich: Infrastructure) -> None:
    private = {use.field for use in uses()} & {"contact_email", "annual_revenue", "financial_visibility"}
    assert not private
    set_listing(rich, "withdrawn", by=BY, reason="closed")
    assert rich.pk not in {use.infrastructure for use in uses()}


def test_collecting_twice_changes_nothing_more(rich: Infrastructure) -> None:
    first = collect()
    assert first.added == first.used == Link.objects.count() > 0
    second = collect()
    assert (second.used, second.added, second.dropped) == (first.used, 0, 0)
    state(rich, "code_repository", RawClaim(status="available", evidence=[{"url": "https://new.example.org/"}]))
    third = collect()
    assert (third.added, third.dropped) == (1, 1)
    assert not Link.objects.get(key=key_of(CODE)).is_used


def test_a_link_that_comes_back_is_visited_again(rich: Infrastructure) -> None:
    collect()
    set_listing(rich, "withdrawn", by=BY)
    collect()
    assert not due(NOW).filter(key=key_of(CODE)).exists()
    set_listing(rich, "listed", by=BY)
    collect()
    assert due(NOW).filter(key=key_of(CODE)).exists()


@pytest.mark.parametrize(("failures", "days"), [(0, 7), (1, 1), (2, 3), (3, 7), (9, 7)])
def test_a_link_is_due_weekly_and_sooner_after_a_failure(rich: Infrastructure, failures: int, days: int) -> None:
    collect()
    Link.objects.update(checked_at=NOW, failures=failures)
    assert not due(NOW + timedelta(days=days, seconds=-1)).exists()
    assert due(NOW + timedelta(days=days)).count() == Link.objects.count()
    assert rich.pk


def test_no_more_links_are_visited_than_a_run_may_those_waiting_longest_first(rich: Infrastructure) -> None:
    collect()
    seen: list[str] = []

    def visit_all(urls: Sequence[str]) -> dict[str, Finding]:
        seen.extend(urls)
        return answering()(urls)

    assert check_due(NOW, most=4, visit_all=visit_all).visited == 4
    assert check_due(NOW, most=4, visit_all=visit_all).visited == 4
    assert len(set(seen)) == 8
    assert rich.pk


def test_three_failures_in_a_row_break_a_link_and_one_answer_mends_it(rich: Infrastructure) -> None:
    collect()
    link = Link.objects.get(key=key_of(CODE))
    outcomes = []
    for day, visit_all in ((0, answering(CODE)), (1, answering(CODE)), (4, answering(CODE)), (11, answering())):
        moment = NOW + timedelta(days=day)
        check_due(moment, visit_all=visit_all)
        log_links(moment)
        log_links(moment)  # a second run logs nothing more
        link.refresh_from_db()
        outcomes.append((link.outcome, link.failures))
    assert outcomes == [("unchecked", 1), ("unchecked", 2), ("broken", 3), ("ok", 0)]
    events = UpkeepEvent.objects.filter(infrastructure=rich, link=link).order_by("pk")
    assert [(event.field, event.kind, event.at) for event in events] == [
        ("code_repository", "link_broken", NOW + timedelta(days=4)),
        ("code_repository", "link_mended", NOW + timedelta(days=11)),
    ]
    assert LinkCheck.objects.filter(link=link).count() == 4


def broken(link_of: str = CODE) -> list[UpkeepEvent]:
    collect()
    for day in (0, 1, 4):
        check_due(NOW + timedelta(days=day), visit_all=answering(link_of))
    return log_links(NOW + timedelta(days=4))[0]


def test_a_failure_keeps_what_was_known_until_the_third(rich: Infrastructure) -> None:
    collect()
    check_due(NOW, visit_all=answering())
    check_due(NOW + timedelta(days=7), visit_all=answering(CODE))
    assert Link.objects.get(key=key_of(CODE)).outcome == LinkOutcome.OK
    assert not log_links(NOW + timedelta(days=7))[0]
    assert rich.pk


def test_an_address_that_is_no_longer_public_counts_as_broken(rich: Infrastructure) -> None:
    collect()
    for day in (0, 1, 4):
        check_due(NOW + timedelta(days=day), visit_all=answering(CODE, outcome=LinkOutcome.NOT_PUBLIC))
    assert [event.infrastructure for event in log_links(NOW)[0]] == [rich]


def test_a_claim_that_replaces_another_with_the_same_broken_link_is_logged_too(rich: Infrastructure) -> None:
    assert len(broken()) == 1
    state(rich, "code_repository", RawClaim(status="in_progress", evidence=[{"url": CODE}]))
    (again,) = log_links(NOW)[0]
    assert again.claim_id == rich.profile["code_repository"]["claim"]
    state(rich, "code_repository", RawClaim(status="in_progress", evidence=[{"url": "https://new.example.org/"}]))
    collect()
    assert log_links(NOW) == ([], [])  # replaced, not mended: the address still does not answer


def test_withdrawing_an_infrastructure_mends_nothing(rich: Infrastructure) -> None:
    broken()
    set_listing(rich, "withdrawn", by=BY)
    collect()
    assert log_links(NOW) == ([], [])


def test_without_a_way_to_the_web_nothing_is_held_against_anyone(rich: Infrastructure) -> None:
    collect()

    def offline(urls: Sequence[str]) -> dict[str, Finding]:
        return {url: Finding(LinkOutcome.BROKEN, detail="no connection", is_reached=False) for url in urls}

    assert check_due(NOW, visit_all=offline).problem == OFFLINE
    assert not LinkCheck.objects.exists()
    assert not Link.objects.exclude(failures=0).exists()
    assert rich.pk


def test_stewards_get_one_letter_about_all_links_that_broke(
    rich: Infrastructure,
    steward_of: Callable[[Infrastructure], User],
    django_capture_on_commit_callbacks: Any,
) -> None:
    person = steward_of(rich)
    collect()
    both = (CODE, "https://archive.example.org/conduct")
    for day in (0, 1, 4):
        check_due(NOW + timedelta(days=day), visit_all=answering(*both))
    with django_capture_on_commit_callbacks(execute=True):
        assert tell_of_broken(log_links(NOW)[0]) == 1
    (letter,) = mail.outbox
    assert letter.to == [person.email]
    assert all(url in letter.body for url in both)
