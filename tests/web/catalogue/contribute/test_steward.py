"""A person asks to speak for an infrastructure; a curator decides, and it can be ended."""

from collections.abc import Callable

import pytest
from django.test import Client

from infracommons.web.accounts.models import User
from infracommons.web.catalogue.claims.stewards import address_is_of_site, is_steward, stewards_of
from infracommons.web.catalogue.models import Infrastructure, Notice, Stewardship

pytestmark = pytest.mark.django_db
GROUNDS = "I run it; see https://archive.example.org/team."


@pytest.fixture
def page(rich: Infrastructure, path_of: Callable[..., str]) -> str:
    return path_of(rich, "steward/")


def test_a_visitor_signs_in_first_and_what_was_typed_is_kept(client: Client, page: str, member: User) -> None:
    assert client.get(page).headers["Location"].startswith("/account/login/?next=")
    client.post(page, {"grounds": GROUNDS})
    client.force_login(member)
    assert GROUNDS in client.get(f"{page}?kept=1").content.decode()
    assert not Stewardship.objects.exists()


def test_asking_tells_the_curators_and_grants_nothing(
    client: Client, rich: Infrastructure, page: str, member: User, curator: User
) -> None:
    client.force_login(member)
    assert client.post(page, {"grounds": GROUNDS}).status_code == 302
    asked = Stewardship.objects.get()
    assert (asked.state, asked.grounds, asked.person) == ("asked", GROUNDS, member)
    assert Notice.objects.get(recipient=curator).kind == "to_review"
    assert not is_steward(member, rich)
    assert "A curator decides" in client.get(page).content.decode()
    assert client.get(page.replace("steward", "propose")).status_code == 403


def test_asking_twice_is_asking_once(client: Client, page: str, member: User) -> None:
    client.force_login(member)
    for _ in range(2):
        assert client.post(page, {"grounds": GROUNDS}).status_code == 302
    assert Stewardship.objects.count() == 1


@pytest.mark.parametrize("grounds", ["", "I do.", "x" * 2001])
def test_too_little_or_too_much_said_is_asked_again(client: Client, page: str, member: User, grounds: str) -> None:
    client.force_login(member)
    answer = client.post(page, {"grounds": grounds})
    assert answer.status_code == 400
    assert grounds in answer.content.decode()
    assert not Stewardship.objects.exists()


def test_after_a_refusal_the_reason_stands_there_and_one_may_ask_again(
    client: Client, rich: Infrastructure, page: str, member: User
) -> None:
    Stewardship.objects.create(
        infrastructure=rich, person=member, state="refused", grounds="x", reason="Not on the page."
    )
    client.force_login(member)
    assert "Not on the page." in client.get(page).content.decode()
    client.post(page, {"grounds": GROUNDS})
    assert list(Stewardship.objects.values_list("state", flat=True)) == ["refused", "asked"]


def test_a_steward_may_stop(client: Client, rich: Infrastructure, page: str, steward_of: Callable[..., User]) -> None:
    person = steward_of(rich)
    client.force_login(person)
    assert is_steward(person, rich)
    client.post(page, {"do": "end"})
    assert not is_steward(person, rich)
    assert Stewardship.objects.get().state == "ended"
    assert client.get(page.replace("steward", "propose")).status_code == 403


def test_a_closed_account_speaks_for_nobody(rich: Infrastructure, steward_of: Callable[..., User]) -> None:
    person = steward_of(rich)
    assert list(stewards_of(rich)) == [person]
    User.objects.update(is_active=False)
    assert not stewards_of(rich).exists()
    assert not is_steward(person, rich)


@pytest.mark.parametrize(
    ("email", "expected"),
    [
        ("ada@archive.example.org", True),
        ("ada@mail.archive.example.org", True),
        ("ada@example.org", False),
        ("ada@evilarchive.example.org", False),
    ],
)
def test_an_address_at_the_website_is_a_hint(rich: Infrastructure, email: str, expected: bool) -> None:  # noqa: FBT001
    assert address_is_of_site(User(email=email), rich) is expected
