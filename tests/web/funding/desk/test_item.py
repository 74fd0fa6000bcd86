"""One item a screen: what it shows, and how it is answered, undone, asked of a colleague and settled."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from infracommons.insights.release import Release
from infracommons.insights.review_filters import ReviewFilters
from infracommons.insights.review_item import ReviewItem, review_item
from infracommons.insights.review_queue import review_queue
from infracommons.web.accounts.models import User
from infracommons.web.funding.desk import actions
from infracommons.web.funding.desk.actions import ReviewError, Seen
from infracommons.web.funding.desk.item_page import once
from infracommons.web.funding.desk.standing import agreements, second_wanted, standing_of
from infracommons.web.funding.models import ReviewDecision, Step

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


def place(item: ReviewItem, name: str = "review_item") -> str:
    return reverse(name, args=[item.kind, item.subject_id, item.other_id])


def test_the_page_shows_question_award_and_marked_words(
    signed_in: SignedIn, cleo: User, items: list[ReviewItem]
) -> None:
    for item in items:
        page = unescape(signed_in(cleo).get(place(item)).content.decode())
        assert item.infrastructure is not None
        assert f"Does this award really concern {item.infrastructure['name']}?" in page
        award = item.awards[0].award
        assert award["title"] is None or award["title"] in page
        shown = award["amount"]
        assert ("unknown" if shown is None else f"{award['currency']} {shown:,.2f}") in page
        marked = {re.sub(r"<[^>]+>", "", mark) for mark in re.findall(r"<mark[^>]*>(.*?)</mark>", page)}
        mentions = [mention for found in item.awards[0].mentions.values() for mention in found]
        own = {mention["text"] for mention in mentions if mention["infrastructure_id"] == item.other_id}
        assert marked == own


def test_records_that_say_the_same_are_shown_once_with_the_ids_of_all() -> None:
    one = {"record_id": "a:1", "passages": [], "description": "Text"}
    rows = once([one, one | {"record_id": "a:1#2"}, one | {"record_id": "b:9", "description": "Other"}])
    assert [row["ids"] for row in rows] == [["a:1", "a:1#2"], ["b:9"]]


def test_the_page_of_an_award_leads_a_reviewer_to_the_questions_about_it(
    site: Client, signed_in: SignedIn, cleo: User, release: Release
) -> None:
    row = release.one("SELECT award_id, infrastructure_id FROM support WHERE decision = 'supports' LIMIT 1")
    assert row is not None
    asked = [reverse("review_item", args=[kind, *row.values()]) for kind in ("support", "support_type")]
    address = reverse("award", args=[row["award_id"]])
    told = site.get(address).content.decode()
    assert reverse("review_log") in told
    assert not any(link in told for link in asked)
    found = signed_in(cleo).get(address).content.decode()
    assert all(link in found for link in asked)
    assert all(signed_in(cleo).get(link).status_code == 200 for link in asked)


@pytest.mark.parametrize("kind", ["support", "support_type", "same_organisation"])
def test_each_kind_of_item_of_the_release_can_be_answered_by_each_of_its_buttons(
    signed_in: SignedIn, cleo: User, release: Release, kind: str
) -> None:
    rows = review_queue(release, ReviewFilters(kind=kind), [], rows=3)
    assert rows
    client = signed_in(cleo)
    for row in rows:
        item = review_item(release, kind, row["subject_id"], row["other_id"])
        assert item is not None
        page = client.get(place(item)).content.decode()
        for value in re.findall(r'name="answer"\s+value="([^"]+)"', page):
            assert client.post(place(item, "review_answer"), {"answer": value}).status_code == 302
            stored = standing_of(item.name).of(cleo)
            assert stored is not None
            assert (stored.value, stored.release_id, stored.role) == (value, release.release_id, "curator")


def test_answering_leads_on_and_shows_what_was_stored_and_what_the_machine_said(
    signed_in: SignedIn, cleo: User, items: list[ReviewItem]
) -> None:
    client = signed_in(cleo)
    answer = client.post(f"{place(items[0], 'review_answer')}?kind=support", {"answer": "rejected"}, follow=True)
    assert answer.redirect_chain[0][0].startswith(f"{place(items[1])}?kind=support")
    page = answer.content.decode()
    assert "Stored: <strong>No</strong>" in page
    assert "The machine said:" in page


def test_the_machine_shows_with_its_reasons_once_answered(
    signed_in: SignedIn, cleo: User, items: list[ReviewItem], seen: Seen
) -> None:
    client, item = signed_in(cleo), items[0]
    assert item.machine_reason not in unescape(client.get(place(item)).content.decode())
    actions.answer(item, "supports", "Named in the title.", by=cleo, seen=seen)
    page = unescape(client.get(place(item)).content.decode())
    assert item.machine_reason in page
    assert "You answered: Yes" in page
    assert "Named in the title." in page


def test_what_was_seen_is_stored_with_the_answer(signed_in: SignedIn, cleo: User, items: list[ReviewItem]) -> None:
    client = signed_in(cleo)
    client.post(place(items[0], "review_answer"), {"answer": "supports"})
    client.post(place(items[0], "review_answer"), {"answer": "rejected"})  # now with the machine's view on the screen
    client.post(reverse("review_setting"), {"hides_machine": "no"})
    client.post(place(items[1], "review_answer"), {"answer": "supports"})
    answers = ReviewDecision.objects.filter(step=Step.ANSWER)
    assert [row.machine_was_hidden for row in answers] == [True, False, False]


@pytest.mark.parametrize("value", ["", "direct", "Supports", "x" * 300, "\0"])
def test_what_is_no_answer_is_refused_and_the_note_kept(
    signed_in: SignedIn, cleo: User, items: list[ReviewItem], value: str
) -> None:
    said = {"answer": value, "note": "Kept."}
    answer = signed_in(cleo).post(place(items[0], "review_answer"), said)
    assert answer.status_code == 400
    assert "is no answer to this question" in answer.content.decode()
    assert "Kept." in answer.content.decode()
    assert not ReviewDecision.objects.exists()


def test_a_note_that_is_too_long_is_refused_with_its_length(
    signed_in: SignedIn, cleo: User, items: list[ReviewItem]
) -> None:
    answer = signed_in(cleo).post(place(items[0], "review_answer"), {"answer": "supports", "note": "a" * 2001})
    assert answer.status_code == 400
    assert "2,001 characters" in answer.content.decode()


@pytest.mark.parametrize(
    "path", ["support/award-0/zenodo", "support_type/award-0/zenodo", "same_award/award-0/award-1",
             "same_award/award-0/award-0", "same_organisation/org:0/-", "same_organisation/ror:0/x", "nothing/a/b"],
)  # fmt: skip
def test_an_item_that_is_not_there_is_a_404_that_leads_back(signed_in: SignedIn, cleo: User, path: str) -> None:
    answer = signed_in(cleo).get(f"{reverse('review_queue')}item/{path}/")
    assert answer.status_code == 404
    assert "Go back to the queue" in answer.content.decode()


def test_undo_takes_back_ones_own_answers_newest_first_and_adds_rows(
    signed_in: SignedIn, cleo: User, bea: User, items: list[ReviewItem], seen: Seen
) -> None:
    actions.answer(items[0], "supports", "", by=cleo, seen=seen)
    actions.answer(items[1], "rejected", "", by=cleo, seen=seen)
    actions.answer(items[2], "rejected", "", by=bea, seen=seen)
    client = signed_in(cleo)
    assert client.post(reverse("review_undo")).headers["Location"] == place(items[1])
    assert client.post(reverse("review_undo")).headers["Location"] == place(items[0])
    assert client.post(reverse("review_undo")).headers["Location"] == reverse("review_queue")
    assert [row.step for row in ReviewDecision.objects.all()] == [Step.ANSWER] * 3 + [Step.WITHDRAWAL] * 2
    assert [row.item for row in ReviewDecision.in_force()] == [items[2].name]


def test_another_answer_of_the_same_person_takes_the_place_of_the_first(
    cleo: User, items: list[ReviewItem], seen: Seen
) -> None:
    actions.answer(items[0], "supports", "", by=cleo, seen=seen)
    actions.answer(items[0], "rejected", "", by=cleo, seen=seen)
    assert [row.value for row in standing_of(items[0].name).answers] == ["rejected"]
    assert ReviewDecision.objects.count() == 3


def test_a_decision_is_taken_back_once_only(cleo: User, items: list[ReviewItem], seen: Seen) -> None:
    stored = actions.answer(items[0], "supports", "", by=cleo, seen=seen)
    actions.withdraw(stored, by=cleo, release_id="one")
    with pytest.raises(ReviewError, match="taken back already"):
        actions.withdraw(stored, by=cleo, release_id="one")


def test_a_row_without_an_answer_cannot_be_stored(cleo: User, items: list[ReviewItem]) -> None:
    item = items[0]
    row = ReviewDecision(kind=item.kind, item=item.name, subject_id="a", other_id="b", by=cleo, role="curator")
    with pytest.raises(ValidationError):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_who_was_signed_out_finds_the_note_again(signed_in: SignedIn, cleo: User, items: list[ReviewItem]) -> None:
    client = signed_in(cleo)
    client.logout()
    answer = client.post(place(items[0], "review_answer"), {"answer": "supports", "note": "Long thought about."})
    assert answer.status_code == 302
    assert reverse("account_login") in answer.headers["Location"]
    session = client.session
    client.force_login(cleo)
    later = client.session
    later.update(dict(session.items()))
    later.save()
    assert "Long thought about." in client.get(place(items[0])).content.decode()


def test_who_cannot_tell_leaves_it_to_a_colleague(
    signed_in: SignedIn, cleo: User, bea: User, items: list[ReviewItem], seen: Seen
) -> None:
    actions.answer(items[0], "unsure", "", by=cleo, seen=seen)
    assert [row.item for row in second_wanted(bea)] == [items[0].name]
    assert not second_wanted(cleo).exists()
    answer = signed_in(bea).post(f"{reverse('review_next')}?turn=second")
    assert answer.headers["Location"] == f"{place(items[0])}?turn=second"
    actions.answer(items[0], "rejected", "", by=bea, seen=seen)
    assert standing_of(items[0].name).decision is not None
    assert not second_wanted(bea).exists()


def test_a_second_opinion_is_asked_on_request_and_on_a_share_of_items(
    signed_in: SignedIn, cleo: User, bea: User, items: list[ReviewItem], seen: Seen
) -> None:
    for item in items:
        actions.answer(item, "supports", "", by=cleo, seen=seen)
    shared = {item.name for item in items if actions.is_in_share(item.name)}
    assert {row.item for row in second_wanted(bea)} == shared
    asked = next(item for item in items if item.name not in shared)
    signed_in(cleo).post(place(asked, "review_second"))
    assert {row.item for row in second_wanted(bea)} == shared | {asked.name}


def test_the_share_is_about_one_in_ten_whoever_answers() -> None:
    names = [f"support|award-{number}|zenodo" for number in range(5000)]
    assert 400 < sum(map(actions.is_in_share, names)) < 600


def test_the_first_answer_is_hidden_from_the_second_person(
    signed_in: SignedIn, cleo: User, bea: User, items: list[ReviewItem], seen: Seen
) -> None:
    actions.answer(items[0], "unsure", "Could be the town.", by=cleo, seen=seen)
    client = signed_in(bea)
    assert "Could be the town." not in client.get(f"{place(items[0])}?turn=second").content.decode()
    actions.answer(items[0], "rejected", "", by=bea, seen=seen)
    assert "Could be the town." in client.get(place(items[0])).content.decode()


def test_people_who_disagree_are_settled_by_a_row_of_its_own(
    signed_in: SignedIn, cleo: User, bea: User, items: list[ReviewItem], seen: Seen
) -> None:
    item, client = items[0], signed_in(bea)
    actions.answer(item, "supports", "", by=cleo, seen=seen)
    assert client.post(place(item, "review_settle"), {"answer": "rejected"}).status_code == 400
    actions.answer(item, "rejected", "", by=bea, seen=seen)
    standing = standing_of(item.name)
    assert standing.is_disputed
    assert standing.decision is None
    page = client.get(reverse("review_agreement"))
    assert [row["href"] for row in page.context["disputed"]] == [place(item)]
    assert "Settle as: Yes" in client.get(place(item)).content.decode()
    refused = client.post(place(item, "review_settle"), {"answer": "unsure", "note": "Hm."})
    assert refused.status_code == 400
    assert client.post(place(item, "review_settle"), {"answer": "rejected", "note": "Looked."}).status_code == 302
    settled = standing_of(item.name).decision
    assert settled is not None
    assert (settled.step, settled.value, settled.note) == (Step.SETTLEMENT, "rejected", "Looked.")
    assert not agreements().disputed


def test_agreement_counts_the_first_two_answers_of_each_item(
    signed_in: SignedIn, cleo: User, bea: User, items: list[ReviewItem], seen: Seen
) -> None:
    for item, second in zip(items[:4], ("supports", "supports", "rejected", "rejected"), strict=True):
        actions.answer(item, "supports" if item is not items[3] else "rejected", "", by=cleo, seen=seen)
        actions.answer(item, second, "", by=bea, seen=seen)
    found = agreements().by_kind["support"]
    assert (found.pairs, found.alike, found.share) == (4, 3, 0.75)
    assert found.kappa == pytest.approx(0.5)
    page = signed_in(cleo).get(reverse("review_agreement")).content.decode()
    assert "0.50" in page
    assert "75 %" in page
