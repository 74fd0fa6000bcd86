"""The model of people: how addresses, names and closed accounts are stored."""

import pytest
from django.db import IntegrityError, transaction

from infracommons.web.accounts.models import RoleChange, User, normal_email
from infracommons.web.accounts.names import clean_name

pytestmark = pytest.mark.django_db


def test_an_address_is_stored_in_one_form_and_found_in_any() -> None:
    ada = User.objects.create_user("  Ada@Example.ORG ")
    assert ada.email == "ada@example.org"
    assert User.objects.get_by_natural_key("ADA@example.org") == ada
    assert normal_email("cafe\u0301@example.org") == "caf\u00e9@example.org"


def test_two_people_never_share_an_address() -> None:
    User.objects.create_user("ada@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("ADA@EXAMPLE.ORG")


@pytest.mark.parametrize("change", [{"email": "Ada@example.org"}, {"role": "king"}])
def test_the_database_refuses_what_no_code_should_write(change: dict[str, str]) -> None:
    User.objects.create_user("ada@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.update(**change)


def test_a_name_is_shown_only_by_consent_and_never_of_a_closed_account() -> None:
    ada = User(email="ada@example.org", name="Ada Example", role="curator")
    assert ada.shown_name == "curator"
    ada.shows_name = True
    assert ada.shown_name == "Ada Example"
    ada.closed_at = ada.joined_at
    assert ada.shown_name == "former member"


def test_a_person_never_reads_as_their_address_where_logs_and_errors_show_them() -> None:
    ada = User.objects.create_user("ada@example.org", name="Ada Example")
    change = RoleChange.objects.create(person=ada, old="member", new="curator")
    for shown in (str(ada), repr(ada), str(change), repr(change)):
        assert "example" not in shown.lower()


def test_without_a_password_nobody_signs_in_by_one() -> None:
    ada = User.objects.create_user("ada@example.org")
    assert not ada.has_usable_password()
    assert not ada.check_password("")


def test_django_makes_an_administrator_by_its_own_command_too() -> None:
    grace = User.objects.create_superuser("grace@example.org", "a long enough word")
    assert grace.role == "administrator"
    assert grace.has_perms(["catalogue.change_roles", "catalogue.see_people"])


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Ada   Example ", "Ada Example"),
        ("Ada\u202eelpmaxE", "Ada elpmaxE"),
        ("Ada\u0000\tExample", "Ada Example"),
        ("Jose\u0301", "Jos\u00e9"),
        ("\u0646\u06cc\u200c\u0645\u0627", "\u0646\u06cc\u200c\u0645\u0627"),
        ("x" * 500, "x" * 120),
    ],
)
def test_a_name_keeps_its_script_and_loses_what_is_not_seen(typed: str, stored: str) -> None:
    assert clean_name(typed) == stored
