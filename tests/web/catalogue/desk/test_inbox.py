"""The inbox, the choice of what comes by mail, and the link that ends one kind of mail for one person."""

import pytest
from django.test import Client
from django.urls import reverse

from infracommons.web.accounts.models import User
from infracommons.web.catalogue.claims.notices import KINDS, choose, notify, unsubscribe_token, wants_mail
from infracommons.web.catalogue.models import Notice, NoticePreference

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client: Client, member: User) -> Client:
    client.force_login(member)
    return client


@pytest.mark.parametrize("name", ["notices", "notice_settings"])
def test_a_visitor_is_asked_to_sign_in(client: Client, name: str) -> None:
    answer = client.get(reverse(name))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_the_inbox_shows_ones_own_notices_only(signed_in: Client, member: User, curator: User) -> None:
    notify(member, "stale", "For Ada", "text <b>here</b>")
    notify(curator, "stale", "For Cleo", "text")
    page = signed_in.get(reverse("notices")).content.decode()
    assert "For Ada" in page
    assert "&lt;b&gt;here" in page
    assert "For Cleo" not in page


def test_reading_marks_ones_own_notices_only(signed_in: Client, member: User, curator: User) -> None:
    mine, other = notify(member, "stale", "a", "a"), notify(curator, "stale", "b", "b")
    assert mine is not None
    assert other is not None
    signed_in.post(reverse("notices_read"), {"notice": str(other.pk)})
    assert not Notice.objects.exclude(read_at=None).exists()
    signed_in.post(reverse("notices_read"), {"notice": str(mine.pk)})
    assert Notice.objects.exclude(read_at=None).get() == mine


def test_all_can_be_marked_read_at_once_and_nonsense_marks_none(signed_in: Client, member: User) -> None:
    for number in range(3):
        notify(member, "stale", str(number), "text")
    for nonsense in ("", "-1", "x", "9" * 30):
        signed_in.post(reverse("notices_read"), {"notice": nonsense})
    assert Notice.objects.filter(read_at=None).count() == 3
    signed_in.post(reverse("notices_read"), {"notice": "all"})
    assert not Notice.objects.filter(read_at=None).exists()


def test_a_page_beyond_the_last_and_a_bad_filter_are_named(signed_in: Client) -> None:
    assert signed_in.get(reverse("notices"), {"page": "7"}).status_code == 404
    answer = signed_in.get(reverse("notices"), {"page": "1000000000"})
    assert answer.status_code == 400
    assert "1000000000" in answer.content.decode()


def test_each_kind_is_chosen_by_itself(signed_in: Client, member: User) -> None:
    signed_in.post(reverse("notice_settings"), {"by_mail": ["stale", "follow"]})
    wanted = {code for code in KINDS if NoticePreference.objects.filter(person=member, kind=code, by_mail=True)}
    assert wanted == {"stale", "follow"}
    page = signed_in.get(reverse("notice_settings")).content.decode()
    assert "New work at the desk" not in page


def test_looking_at_an_unsubscribe_link_changes_nothing(client: Client, member: User) -> None:
    link = reverse("unsubscribe", args=[unsubscribe_token(member, "stale")])
    answer = client.get(link)
    assert answer.status_code == 200
    assert "Stop these mails" in answer.content.decode()
    assert wants_mail(member, "stale")


def test_a_mail_program_ends_one_kind_for_one_person_without_a_session(
    member: User, curator: User, administrator: User
) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(administrator)  # whoever happens to be signed in is not the one who is unsubscribed
    link = reverse("unsubscribe", args=[unsubscribe_token(member, "stale")])
    assert strict.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not wants_mail(member, "stale")
    assert wants_mail(member, "broken_link")
    assert wants_mail(curator, "stale")
    assert wants_mail(administrator, "stale")
    strict.post(link, {"again": "1"})
    assert wants_mail(member, "stale")


def test_a_token_that_was_changed_is_a_400_and_changes_nothing(client: Client, member: User, curator: User) -> None:
    token = unsubscribe_token(member, "stale")
    stolen = unsubscribe_token(curator, "stale").partition(":")[0] + ":" + token.partition(":")[2]
    for bad in (token[:-2], stolen, "x"):
        for send in (client.get, client.post):
            assert send(reverse("unsubscribe", args=[bad])).status_code == 400
    assert not NoticePreference.objects.exists()


def test_a_link_of_a_closed_account_says_so(client: Client, member: User) -> None:
    token = unsubscribe_token(member, "stale")
    choose(member, "stale", by_mail=True)
    User.objects.filter(pk=member.pk).update(is_active=False)
    answer = client.post(reverse("unsubscribe", args=[token]))
    assert "This account is closed" in answer.content.decode()
    assert NoticePreference.objects.get(person=member).by_mail
