"""Whoever follows a profile is told once of what changed on it, and only of what is public."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from infracommons.web.accounts.models import User
from infracommons.web.catalogue.claims.append import Author, append_claims
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.fields.claim_input import RawClaim, checked_claim
from infracommons.web.catalogue.fields.registry import field
from infracommons.web.catalogue.models import Follow, Infrastructure, Notice
from infracommons.web.catalogue.models.claim import AuthorKind
from infracommons.web.catalogue.upkeep.follows import tell_followers

pytestmark = pytest.mark.django_db


def state(infrastructure: Infrastructure, **raws: RawClaim) -> None:
    claims = [checked_claim(field(code), raw, term_book()) for code, raw in raws.items()]
    append_claims(infrastructure, claims, by=Author(AuthorKind.STEWARD, "its team"))


def later(hours: int) -> Any:
    return timezone.now() + timedelta(hours=hours)


def test_a_follower_is_told_once_of_all_that_changed(
    rich: Infrastructure, member: User, django_capture_on_commit_callbacks: Any
) -> None:
    Follow.objects.create(infrastructure=rich, person=member)
    assert tell_followers(later(1)) == 0
    Follow.objects.update(at=timezone.now())
    state(rich, mission=RawClaim("Another."))
    state(rich, bylaws=RawClaim(status="available"))
    with django_capture_on_commit_callbacks(execute=True):
        assert [tell_followers(later(hours)) for hours in (1, 2)] == [1, 0]
    (letter,) = mail.outbox
    assert letter.to == [member.email]
    assert "Mission" in letter.body
    assert "Bylaws" in letter.body


def test_changes_of_private_values_are_not_told(rich: Infrastructure, member: User) -> None:
    Follow.objects.create(infrastructure=rich, person=member)
    state(rich, contact_email=RawClaim("bea@example.org"))
    assert tell_followers(later(1)) == 0
    assert not Notice.objects.exists()


def test_following_begins_and_ends_on_its_page(client: Client, rich: Infrastructure, member: User) -> None:
    place = reverse("follow", args=[rich.infrastructure_id])
    assert client.get(place).status_code == 302
    client.force_login(member)
    for _ in range(2):
        assert client.post(place, {"follow": "1"}).status_code == 302
    assert Follow.objects.get().person == member
    assert "You follow Example Archive" in client.get(place).content.decode()
    client.post(place, {"follow": "0"})
    assert not Follow.objects.exists()


def test_what_is_not_listed_cannot_be_followed(client: Client, rich: Infrastructure, member: User) -> None:
    Infrastructure.objects.filter(pk=rich.pk).update(listing="withdrawn")
    client.force_login(member)
    assert client.post(reverse("follow", args=[rich.infrastructure_id]), {"follow": "1"}).status_code == 404
