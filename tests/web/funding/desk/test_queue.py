"""The queue shows what waits, brings it one by one, and never the same item to two people."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from infracommons.insights.release import Release
from infracommons.insights.review_filters import ReviewFilters
from infracommons.insights.review_item import ReviewItem
from infracommons.insights.review_queue import review_counts, review_queue
from infracommons.web.accounts.models import User
from infracommons.web.funding.desk import actions
from infracommons.web.funding.desk.actions import Seen
from infracommons.web.funding.models import ReviewDecision, ReviewerSetting, ReviewHold

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


def test_the_queue_is_for_reviewers(site: Client, signed_in: SignedIn) -> None:
    assert site.get(reverse("review_queue")).status_code == 302
    member = User.objects.create(email="ada@example.org")
    answer = signed_in(member).get(reverse("review_queue"))
    assert answer.status_code == 403
    assert b"Only curators and administrators" in answer.content


def test_the_queue_shows_as_many_items_as_wait(signed_in: SignedIn, cleo: User, release: Release) -> None:
    expected = review_counts(release, ReviewFilters(), [])
    answer = signed_in(cleo).get(reverse("review_queue"))
    assert answer.status_code == 200
    assert answer.context["total"] == sum(expected.values())
    assert {tab["words"]: tab["count"] for tab in answer.context["tabs"][1:]} == dict(
        zip(
            (
                "Is it this infrastructure?",
                "Which kind of support?",
                "Are these one award?",
                "Is it this organisation?",
            ),
            expected.values(),
            strict=True,
        )
    )


@pytest.mark.parametrize("query", ["kind=support", "infrastructure=zenodo", "source=nsf", "turn=second", "page=1"])
def test_each_filter_narrows_the_queue_and_stays_in_its_links(signed_in: SignedIn, cleo: User, query: str) -> None:
    answer = signed_in(cleo).get(f"{reverse('review_queue')}?{query}")
    assert answer.status_code == 200
    for row in answer.context["rows"]:
        assert query == "page=1" or query in row["href"]


@pytest.mark.parametrize("query", ["kind=nothing", "page=x", "colour=red", "turn=third"])
def test_what_cannot_be_read_is_a_400_that_names_it(signed_in: SignedIn, cleo: User, query: str) -> None:
    answer = signed_in(cleo).get(f"{reverse('review_queue')}?{query}")
    assert answer.status_code == 400
    assert query.split("=")[1] in answer.content.decode()


def test_a_page_beyond_the_last_is_a_404_that_says_where_the_list_ends(signed_in: SignedIn, cleo: User) -> None:
    answer = signed_in(cleo).get(f"{reverse('review_queue')}?page=900")
    assert answer.status_code == 404
    assert "this list ends on" in answer.content.decode()


def test_two_people_who_start_at_once_get_two_items(
    signed_in: SignedIn, cleo: User, bea: User, release: Release
) -> None:
    first, second = (row["item"] for row in review_queue(release, ReviewFilters(), [], rows=2))
    places = [signed_in(person).post(reverse("review_next")).headers["Location"] for person in (cleo, bea)]
    assert [place.split("item/")[1].rstrip("/").replace("/", "|") for place in places] == [first, second]


def test_an_item_that_a_colleague_has_cannot_be_answered(
    signed_in: SignedIn, cleo: User, bea: User, items: list[ReviewItem]
) -> None:
    address = reverse("review_answer", args=items[0].name.split("|"))
    assert actions.take(items[0].name, by=bea)
    answer = signed_in(cleo).post(address, {"answer": "supports", "note": "I would say so."})
    assert answer.status_code == 400
    assert "A colleague has this item" in answer.content.decode()
    assert "I would say so." in answer.content.decode(), "nothing typed is lost"
    assert not ReviewDecision.objects.exists()


def test_a_hold_ends_by_itself(cleo: User, bea: User, items: list[ReviewItem]) -> None:
    name = items[0].name
    assert actions.take(name, by=bea)
    assert not actions.take(name, by=cleo)
    hold = ReviewHold.objects.get()
    hold.until = hold.until - 2 * actions.HELD_FOR
    hold.save()
    assert actions.take(name, by=cleo)


def test_what_is_skipped_comes_last_and_can_be_brought_back(signed_in: SignedIn, cleo: User) -> None:
    client = signed_in(cleo)
    first = client.post(reverse("review_next")).headers["Location"]
    second = client.post(f"{first}skip/").headers["Location"]
    assert second != first
    assert "You skipped 1 item in this session" in client.get(reverse("review_queue")).content.decode()
    assert client.post(reverse("review_next"), {"skipped": "bring back"}).headers["Location"] == first


def test_what_was_answered_leaves_the_queue_and_is_counted(
    signed_in: SignedIn, cleo: User, items: list[ReviewItem], seen: Seen, release: Release
) -> None:
    actions.answer(items[0], "supports", "", by=cleo, seen=seen)
    answer = signed_in(cleo).get(reverse("review_queue"))
    assert answer.context["total"] == sum(review_counts(release, ReviewFilters(), []).values()) - 1
    assert answer.context["done_today"] == answer.context["done_today_by_all"] == 1


def test_whether_the_machine_shows_first_is_each_persons_own_switch(
    signed_in: SignedIn, cleo: User, items: list[ReviewItem]
) -> None:
    client, address = signed_in(cleo), reverse("review_item", args=items[0].name.split("|"))
    assert "What the machine says" not in client.get(address).content.decode()
    client.post(reverse("review_setting"), {"hides_machine": "no"})
    assert items[0].machine_reason
    assert not ReviewerSetting.objects.get(person=cleo).hides_machine
    assert "What the machine says" in client.get(address).content.decode()


def test_an_empty_queue_says_what_to_do(signed_in: SignedIn, cleo: User) -> None:
    answer = signed_in(cleo).post(f"{reverse('review_next')}?infrastructure=no-such-thing", follow=True)
    assert "Nothing is left here." in answer.content.decode()
    assert "Nothing waits here." in answer.content.decode()
