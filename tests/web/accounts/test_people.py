"""What administrators see of people and do to their roles."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from infracommons.web.accounts import actions
from infracommons.web.accounts.models import Role, RoleChange, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def grace(person: Callable[..., User]) -> User:
    return person("grace@example.org", name="Grace Example", role="administrator")


@pytest.fixture
def desk(client: Client, grace: User, sign_in: Callable[..., Any]) -> Client:
    """A browser in which an administrator has signed in."""
    sign_in(grace.email)
    return client


def shown(client: Client, **parameters: str) -> str:
    return " ".join(client.get(reverse("people"), parameters).content.decode().split())


def test_only_administrators_see_people(
    client: Client, person: Callable[..., User], sign_in: Callable[..., Any]
) -> None:
    ada = person()
    for address in (reverse("people"), reverse("person", args=[ada.pk])):
        assert client.get(address).headers["Location"].startswith("/account/login/")
    for role in ("member", "curator"):
        person(f"{role}@example.org", role=role)
        sign_in(f"{role}@example.org")
        answer = client.get(reverse("people"))
        assert answer.status_code == 403
        assert "Only administrators may see who has an account." in answer.content.decode()
        assert client.post(reverse("person_role", args=[ada.pk]), {"role": "administrator"}).status_code == 403
        client.logout()
    ada.refresh_from_db()
    assert ada.role == "member"


def test_people_are_found_by_words_of_name_or_address_and_by_role(desk: Client, person: Callable[..., User]) -> None:
    person("ada@example.org", name="Ada Example")
    person("b@else.example", role="curator")
    assert "3 people found" in shown(desk)
    assert "1 person found" in shown(desk, q="ADA example")
    assert "1 person found" in shown(desk, q="else.example")
    assert "1 person found" in shown(desk, role="curator")
    assert "0 people found" in shown(desk, q="nobody")
    assert "Nobody matches" in shown(desk, q="nobody")


def test_people_come_in_pages_that_lose_nobody_and_keep_the_search(desk: Client) -> None:
    User.objects.bulk_create(User(email=f"p{n:03}@example.org", role="curator") for n in range(120))
    seen = []
    for page in ("1", "2", "3"):
        text = shown(desk, role="curator", page=page)
        seen += [n for n in range(120) if f"p{n:03}@example.org" in text]
    assert seen == list(range(120))
    assert "?role=curator&amp;page=2" in shown(desk, role="curator")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("page", "0"),
        ("page", "1000000000"),
        ("page", "9" * 5000),
        ("page", "x"),
        ("page", "\u0662"),
        ("role", "king"),
        ("q", "x" * 10_000),
    ],
)
def test_an_address_that_cannot_be_read_says_what_is_allowed(desk: Client, field: str, value: str) -> None:
    answer = desk.get(reverse("people"), {field: value})
    assert answer.status_code == 400
    assert f"<code>{field}</code>" in answer.content.decode()


def test_a_new_role_is_given_and_logged(desk: Client, grace: User, person: Callable[..., User]) -> None:
    ada = person("ada@example.org", name="Ada Example")
    answer = desk.post(reverse("person_role", args=[ada.pk]), {"role": "curator"}, follow=True)
    assert "Ada Example is now curator." in answer.content.decode()
    ada.refresh_from_db()
    assert ada.role == "curator"
    change = RoleChange.objects.get()
    assert (change.person, change.by, change.old, change.new) == (ada, grace, "member", "curator")
    again = desk.post(reverse("person_role", args=[ada.pk]), {"role": "curator"}, follow=True)
    assert "is curator already" in again.content.decode()
    assert RoleChange.objects.count() == 1


def test_the_last_administrator_cannot_be_demoted(desk: Client, grace: User, person: Callable[..., User]) -> None:
    answer = desk.post(reverse("person_role", args=[grace.pk]), {"role": "member"})
    assert answer.status_code == 409
    assert "Make another person administrator first" in answer.content.decode()
    grace.refresh_from_db()
    assert grace.role == "administrator"
    assert not RoleChange.objects.exists()
    person("ada@example.org", role="administrator", is_active=False)
    assert desk.post(reverse("person_role", args=[grace.pk]), {"role": "member"}).status_code == 409
    User.objects.filter(email="ada@example.org").update(is_active=True)
    assert desk.post(reverse("person_role", args=[grace.pk]), {"role": "member"}).status_code == 302
    assert desk.get(reverse("people")).status_code == 403, "from the next request on"


@pytest.mark.parametrize("sent", [{}, {"role": ""}, {"role": "king"}, {"role": ["member", "king"]}])
def test_a_role_that_does_not_exist_changes_nothing(desk: Client, ada: User, sent: dict[str, Any]) -> None:
    answer = desk.post(reverse("person_role", args=[ada.pk]), sent)
    assert answer.status_code == 400
    assert "Choose one of member, curator, administrator" in answer.content.decode()
    ada.refresh_from_db()
    assert ada.role == "member"


def test_a_role_is_changed_by_a_form_with_this_browsers_token_only(grace: User, ada: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(grace, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert strict.get(reverse("person_role", args=[ada.pk])).status_code == 405
    assert strict.post(reverse("person_role", args=[ada.pk]), {"role": "curator"}).status_code == 403
    ada.refresh_from_db()
    assert ada.role == "member"


def test_a_person_page_shows_the_log_and_what_they_hold(desk: Client, ada: User, grace: User) -> None:
    actions.change_role(by=grace, person=ada, role=Role.CURATOR)
    actions.change_role(by=None, person=ada, role=Role.MEMBER)
    page = desk.get(reverse("person", args=[ada.pk])).content.decode()
    assert "the command line" in page
    assert "role changes" in page
    assert desk.get(reverse("person", args=[10**9])).status_code == 404


def test_a_former_member_is_in_no_list_and_gets_no_role(desk: Client, ada: User) -> None:
    actions.close_account(ada)
    assert "1 person found" in shown(desk)
    assert "A former member" in desk.get(reverse("person", args=[ada.pk])).content.decode()
    assert desk.post(reverse("person_role", args=[ada.pk]), {"role": "curator"}).status_code == 404


def test_the_command_line_makes_an_administrator_of_a_member(ada: User) -> None:
    made, is_new = actions.make_administrator("ADA@example.org ")
    assert (made, is_new, made.role) == (ada, False, "administrator")
    assert RoleChange.objects.get().by is None
    actions.make_administrator(ada.email)
    assert RoleChange.objects.count() == 1


def test_the_command_line_makes_the_first_account(client: Client, link_of_mail: Callable[..., str]) -> None:
    made, is_new = actions.make_administrator("Grace@example.org")
    assert (made.email, is_new, made.has_usable_password()) == ("grace@example.org", True, False)
    client.post(reverse("account_reset_password"), {"email": made.email})
    assert "Set a new password" in client.get(link_of_mail(), follow=True).content.decode()


@pytest.mark.parametrize("email", ["", "nobody", "a" * 300 + "@example.org", "a@b\n.org"])
def test_the_command_line_makes_no_account_without_an_address(email: str) -> None:
    with pytest.raises(ValidationError):
        actions.make_administrator(email)
    assert not User.objects.exists()
