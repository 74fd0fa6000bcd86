"""The queue shows what waits, oldest first, by kind, with counts that are the lists' own."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from infracommons.web.accounts.models import User
from infracommons.web.catalogue.claims.steps import take_step
from infracommons.web.catalogue.desk.filters import TABS, QueueFilters
from infracommons.web.catalogue.desk.queue import counts, queue
from infracommons.web.catalogue.models import Infrastructure, Link, Proposal, Stewardship, UpkeepEvent

pytestmark = pytest.mark.django_db
TODAY = datetime.now(UTC).date()


@pytest.fixture
def waiting(changed: Proposal, suggestion: Proposal, dispute: Proposal) -> list[Proposal]:
    """One proposal of each kind, the dispute oldest."""
    for days, proposal in enumerate((changed, suggestion, dispute)):
        proposal.submitted_at = timezone.now() - timedelta(days=days)
        proposal.save()
    return [dispute, suggestion, changed]


def titles(asked: QueueFilters, person: User) -> list[str]:
    return [item.kind for item in queue(asked, person, "/desk/", TODAY).items]


def test_what_waits_longest_is_on_top(waiting: list[Proposal], curator: User) -> None:
    assert titles(QueueFilters(), curator) == [proposal.get_kind_display() for proposal in waiting]


def test_what_is_due_can_be_put_first_and_says_when_it_is_overdue(waiting: list[Proposal], curator: User) -> None:
    changed = waiting[-1]
    changed.due_on = TODAY - timedelta(days=1)
    changed.save()
    first = queue(QueueFilters(sort="due"), curator, "/desk/", TODAY).items[0]
    assert first.due_on == changed.due_on
    assert first.is_overdue
    assert titles(QueueFilters(), curator)[-1] == changed.get_kind_display()


@pytest.mark.parametrize(("tab", "kind"), [("new", "suggestion"), ("changed", "profile"), ("disputed", "correction")])
def test_each_tab_has_its_kind(waiting: list[Proposal], curator: User, tab: str, kind: str) -> None:
    (item,) = queue(QueueFilters(tab=tab), curator, "/desk/", TODAY).items
    assert item.address.split("/")[-2] == str(next(one.public_id for one in waiting if one.kind == kind))


def test_mine_are_those_assigned_to_me(waiting: list[Proposal], curator: User, colleague: User) -> None:
    for person, proposal in zip((curator, colleague), waiting, strict=False):
        proposal.assigned_to = person
        proposal.save()
    assert titles(QueueFilters(tab="mine"), curator) == ["a correction"]
    assert titles(QueueFilters(assigned="nobody"), curator) == ["changes by the infrastructure's team"]
    assert titles(QueueFilters(assigned="me"), colleague) == ["a new infrastructure"]


def test_words_find_names_of_infrastructures_and_of_suggestions(waiting: list[Proposal], curator: User) -> None:
    assert titles(QueueFilters(q="sample"), curator) == ["a new infrastructure"]
    assert len(titles(QueueFilters(q="EXAMPLE arch"), curator)) == 2
    assert titles(QueueFilters(q="%"), curator) == []
    assert len(waiting) == 3


def test_what_was_sent_back_or_decided_no_longer_waits(changed: Proposal, curator: User) -> None:
    take_step(changed, "ask_revision", by=curator, reason="Say more.")
    assert titles(QueueFilters(), curator) == []
    assert len(titles(QueueFilters(tab="sent_back"), curator)) == 1
    take_step(changed, "reject", by=curator, reason="No answer.")
    assert titles(QueueFilters(tab="sent_back"), curator) == []


def test_stale_values_and_broken_links_wait_until_their_claims_are_replaced(
    rich: Infrastructure, curator: User
) -> None:
    link = Link.objects.create(key="k", url="https://git.example.org/archive", outcome="broken")
    stale, broken = rich.profile["mission"]["claim"], rich.profile["code_repository"]["claim"]
    UpkeepEvent.objects.create(infrastructure=rich, field="mission", claim_id=stale, kind="stale")
    UpkeepEvent.objects.create(
        infrastructure=rich, field="code_repository", claim_id=broken, kind="link_broken", link=link
    )
    for tab, detail in (("stale", "1 value"), ("broken", "1 link")):
        (item,) = queue(QueueFilters(tab=tab), curator, "/desk/", TODAY).items
        assert (item.title, item.detail) == ("Example Archive", detail)
    link.outcome = "ok"
    link.save()
    assert queue(QueueFilters(tab="broken"), curator, "/desk/", TODAY).items == []


def test_the_counts_on_the_tabs_are_those_of_the_lists(
    waiting: list[Proposal], rich: Infrastructure, curator: User
) -> None:
    asker = User.objects.create_user("eva@example.org", name="Eva Example")
    Stewardship.objects.create(infrastructure=rich, person=asker, grounds="I work there.")
    found = counts(curator)
    assert found == {tab: len(queue(QueueFilters(tab=tab), curator, "/desk/", TODAY).items) for tab in TABS}
    assert (found["all"], found["stewardships"]) == (len(waiting), 1)


def test_the_page_names_every_tab_with_its_count_and_works_without_scripts(
    at_desk: Client, waiting: list[Proposal]
) -> None:
    page = at_desk.get(reverse("desk")).content.decode()
    for tab in TABS.values():
        assert re.search(rf"{tab}: \d", page), tab
    for proposal in waiting:
        assert reverse("desk_proposal", args=[proposal.public_id]) in page


@pytest.mark.parametrize(
    ("query", "named"),
    [("tab=nonsense", "nonsense"), ("page=1000000000", "1000000000"), ("colour=red", "colour"), ("assigned=x", "x")],
)
def test_an_address_that_cannot_be_read_is_named(at_desk: Client, query: str, named: str) -> None:
    answer = at_desk.get(f"{reverse('desk')}?{query}")
    assert answer.status_code == 400
    assert named in answer.content.decode()


def test_a_page_beyond_the_last_is_a_404_that_leads_back(at_desk: Client) -> None:
    answer = at_desk.get(f"{reverse('desk')}?page=9")
    assert answer.status_code == 404
    assert "There is no page 9" in answer.content.decode()
