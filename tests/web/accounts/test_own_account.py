"""What one sees and does on the page of one's own account."""

import json
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.apps import apps
from django.test import Client
from django.urls import reverse

from infracommons.web.accounts.actions import close_account
from infracommons.web.accounts.belongings import belongings
from infracommons.web.accounts.models import RoleChange, User
from infracommons.web.catalogue.models import Claim, Follow, Infrastructure

pytestmark = pytest.mark.django_db


def test_the_page_says_who_one_is_and_how_one_signs_in(signed_in: Client) -> None:
    page = signed_in.get(reverse("account")).content.decode()
    for said in ("You are signed in as ada@example.org, and a member", "none connected", "not agreed to yet"):
        assert said in " ".join(page.split()).replace(" member here", " member")


def test_only_one_who_signed_in_has_an_account_page(client: Client) -> None:
    for name in ("account", "account_export", "account_close"):
        assert client.get(reverse(name)).headers["Location"].startswith("/account/login/?next=/account/")


def test_pages_of_an_account_are_kept_by_no_cache(signed_in: Client) -> None:
    for name in ("account", "account_export", "account_close", "account_email", "mfa_index"):
        answer = signed_in.get(reverse(name))
        assert "Cookie" in answer.headers["Vary"], name
        if not name.startswith(("account_email", "mfa")):
            assert "no-store" in answer.headers["Cache-Control"], name


def test_a_name_and_the_consent_to_show_it_are_stored(signed_in: Client, ada: User) -> None:
    answer = signed_in.post(reverse("account"), {"name": "  Ada  E. Example ", "shows_name": "on"}, follow=True)
    assert "Your name is stored." in answer.content.decode()
    ada.refresh_from_db()
    assert (ada.name, ada.shows_name, ada.shown_name) == ("Ada E. Example", True, "Ada E. Example")
    signed_in.post(reverse("account"), {"name": "Ada E. Example"})
    ada.refresh_from_db()
    assert ada.shown_name == "member"


@pytest.mark.parametrize("field", ["role", "email", "is_active", "agreed_version", "id"])
def test_nothing_else_of_a_person_can_be_changed_by_that_form(signed_in: Client, ada: User, field: str) -> None:
    before = getattr(ada, field)
    signed_in.post(reverse("account"), {"name": "Ada Example", field: "administrator"})
    ada.refresh_from_db()
    assert getattr(ada, field) == before


def test_a_name_that_is_too_long_is_refused_kept_and_changes_nothing(signed_in: Client, ada: User) -> None:
    answer = signed_in.post(reverse("account"), {"name": "x" * 10_000})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "at most 120 characters (it has 10000)" in page
    assert "x" * 10_000 in page
    assert "by “member”" in page
    ada.refresh_from_db()
    assert ada.name == "Ada Example"


def test_a_hostile_name_is_text_everywhere(signed_in: Client) -> None:
    page = signed_in.post(reverse("account"), {"name": "<script>alert(1)</script>", "shows_name": "on"}, follow=True)
    assert b"<script>alert(1)" not in page.content
    assert b"&lt;script&gt;alert(1)" in page.content


def test_one_takes_away_all_that_is_kept_but_no_secret(
    signed_in: Client, ada: User, app_of: Callable[..., str]
) -> None:
    secret = app_of(ada)
    SocialAccount.objects.create(user=ada, provider="orcid", uid="0000-0002-1825-0097", extra_data={"a": 1})
    RoleChange.objects.create(person=ada, old="member", new="curator")
    answer = signed_in.get(reverse("account_export"))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="infracommons-account.json"'
    told = json.loads(answer.content)
    assert told["account"]["email"] == "ada@example.org"
    assert told["account"]["has_usable_password"] is True
    assert [address["email"] for address in told["email_addresses"]] == ["ada@example.org"]
    assert told["sign_in_services"][0]["uid"] == "0000-0002-1825-0097"
    assert [factor["type"] for factor in told["second_factors"]] == ["totp"]
    assert told["records"]["role changes"][0]["new"] == "curator"
    text = answer.content.decode()
    assert secret not in text
    assert ada.password not in text


def test_everything_that_points_to_a_person_is_taken_away_or_declared_not_theirs() -> None:
    """A new model needs no entry anywhere: what it is to a person follows from its foreign key."""
    pointing = {
        (model._meta.label, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is User and getattr(field.remote_field, "related_name", None) != "+"
    }
    person = User()
    person.pk = 0
    told = (*belongings(person), *belongings(person, of_sign_in=True))
    assert len(told) == len(pointing)
    assert {belonging.rows.model._meta.label for belonging in told} == {label for label, _ in pointing}
    names = [belonging.name for belonging in told]
    assert len(set(names)) == len(names)


@pytest.fixture
def confirmed(signed_in: Client, password: str) -> Client:
    """A browser in which Ada has just shown again that it is she."""
    signed_in.post(reverse("account_reauthenticate"), {"password": password})
    return signed_in


def test_closing_an_account_forgets_the_person(
    signed_in: Client, ada: User, app_of: Callable[..., str], password: str
) -> None:
    app_of(ada)
    SocialAccount.objects.create(user=ada, provider="orcid", uid="0000-0002-1825-0097")
    RoleChange.objects.create(person=ada, old="member", new="curator")
    page = signed_in.get(reverse("account_close")).content.decode()
    assert "role changes" in page
    assert "stay, by a former member" in page
    asked = signed_in.post(reverse("account_close")).headers["Location"]
    assert asked.startswith(reverse("account_reauthenticate")), "who one is"
    answer = signed_in.post(asked, {"password": password}, follow=True)
    assert "Your account is closed" in answer.content.decode()
    ada.refresh_from_db()
    assert ada.email == f"closed-{ada.pk}@closed.invalid"
    assert (ada.name, ada.is_active, ada.has_usable_password(), ada.last_login) == ("", False, False, None)
    assert ada.shown_name == "former member"
    for model in (EmailAddress, SocialAccount, Authenticator):
        assert not model._default_manager.exists(), model
    assert RoleChange.objects.count() == 1, "what was decided stays in the log"


def test_after_closing_no_browser_is_signed_in_and_the_address_is_free(
    confirmed: Client, ada: User, password: str, person: Callable[..., User]
) -> None:
    elsewhere = Client()
    elsewhere.post(reverse("account_login"), {"login": ada.email, "password": password})
    assert elsewhere.get(reverse("account")).status_code == 200
    confirmed.post(reverse("account_close"))
    for browser in (confirmed, elsewhere):
        assert browser.get(reverse("account")).status_code == 302
    again = elsewhere.post(reverse("account_login"), {"login": "ada@example.org", "password": password})
    assert again.status_code == 400
    assert person("ada@example.org").pk != ada.pk


def test_the_last_administrator_cannot_leave(confirmed: Client, ada: User, person: Callable[..., User]) -> None:
    User.objects.update(role="administrator")
    answer = confirmed.post(reverse("account_close"))
    assert answer.status_code == 409
    assert "Make another person administrator first" in answer.content.decode()
    ada.refresh_from_db()
    assert ada.is_active
    person("grace@example.org", role="administrator")
    confirmed.post(reverse("account_close"))
    ada.refresh_from_db()
    assert not ada.is_active
    assert ada.role == "member"


def test_claims_stay_and_follows_go_with_a_closed_account(ada: User) -> None:
    arxiv = Infrastructure.objects.create(infrastructure_id="arxiv", name="arXiv")
    claim = Claim.objects.create(infrastructure=arxiv, field="mission", author_kind="curator", author=ada)
    Follow.objects.create(infrastructure=arxiv, person=ada)
    told = {belonging.name: belonging.goes for belonging in belongings(ada) if belonging.count}
    assert told == {"claims": False, "follows": True}
    close_account(ada)
    claim.refresh_from_db()
    assert claim.author is not None
    assert claim.author.shown_name == "former member"
    assert not Follow.objects.exists()


def test_terms_can_be_read_by_anyone_before_agreeing(client: Client) -> None:
    page = client.get(reverse("account_terms")).content.decode()
    assert "CC0 1.0" in page
    assert reverse("account_terms") in client.get(reverse("account_signup")).content.decode()
