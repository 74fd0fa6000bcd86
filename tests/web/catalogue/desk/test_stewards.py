"""Curators decide who speaks for an infrastructure; the person is told, and addresses stay private."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from infracommons.web.accounts.models import User
from infracommons.web.catalogue.claims.stewards import is_steward
from infracommons.web.catalogue.models import Infrastructure, Notice, Stewardship

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(rich: Infrastructure, member: User) -> Stewardship:
    return Stewardship.objects.create(infrastructure=rich, person=member, grounds="I lead <b>the team</b>.")


def decide(client: Client, stewardship: Stewardship, action: str, reason: str = "") -> Any:
    data = {"stewardship": str(stewardship.pk), "action": action, "reason": reason}
    return client.post(reverse("desk_decide_steward"), data)


def test_the_page_points_out_the_host_of_the_address_and_no_more_of_it(at_desk: Client, asked: Stewardship) -> None:
    User.objects.filter(pk=asked.person_id).update(email="ada.example@archive.example.org")
    page = at_desk.get(reverse("desk_stewards")).content.decode()
    assert "the same host as the website" in re.sub(r"\s+", " ", page)
    assert "ada.example" not in page
    assert "&lt;b&gt;the team" in page


def test_granting_lets_the_person_speak_and_tells_them(at_desk: Client, asked: Stewardship, member: User) -> None:
    assert decide(at_desk, asked, "grant").status_code == 302
    assert is_steward(member, asked.infrastructure)
    assert "You now speak for Example Archive" in Notice.objects.get(recipient=member, kind="stewardship").subject


def test_refusing_and_ending_need_a_reason_which_the_person_reads(
    at_desk: Client, asked: Stewardship, member: User
) -> None:
    assert decide(at_desk, asked, "refuse").status_code == 400
    assert decide(at_desk, asked, "grant").status_code == 302
    assert decide(at_desk, asked, "end").status_code == 400
    assert decide(at_desk, asked, "end", "You asked for it.").status_code == 302
    assert not is_steward(member, asked.infrastructure)
    assert "You asked for it." in Notice.objects.filter(recipient=member).order_by("pk").last().text  # type: ignore[union-attr]


def test_the_second_of_two_curators_is_told(at_desk: Client, asked: Stewardship) -> None:
    decide(at_desk, asked, "grant")
    answer = decide(at_desk, asked, "refuse", "I would not.")
    assert answer.status_code == 409
    assert "granted already" in answer.content.decode()
    assert Notice.objects.filter(kind="stewardship").count() == 1


def test_what_was_typed_is_kept_on_an_error(at_desk: Client, asked: Stewardship) -> None:
    long = "y" * 3000
    answer = decide(at_desk, asked, "refuse", long)
    assert answer.status_code == 400
    assert long in answer.content.decode()


@pytest.mark.parametrize("key", ["", "x", "0", "9" * 40])
def test_a_request_that_does_not_exist_is_a_404(at_desk: Client, key: str) -> None:
    answer = at_desk.post(reverse("desk_decide_steward"), {"stewardship": key, "action": "grant"})
    assert answer.status_code == 404


def test_an_action_that_does_not_exist_is_named(at_desk: Client, asked: Stewardship) -> None:
    assert decide(at_desk, asked, "promote").status_code == 400
