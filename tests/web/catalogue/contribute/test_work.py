"""One page shows a person what is under way, and nobody else's."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from infracommons.web.accounts.models import User
from infracommons.web.catalogue.contribute.views.work import old_values
from infracommons.web.catalogue.fields.registry import field
from infracommons.web.catalogue.models import Infrastructure, Proposal

pytestmark = pytest.mark.django_db


def test_drafts_proposals_and_stewardships_are_there_with_their_state(
    client: Client, rich: Infrastructure, steward_of: Callable[..., User], curator: User
) -> None:
    person = steward_of(rich)
    now = timezone.now()
    for state, name in (("draft", "One"), ("revision", "Two"), ("submitted", "Three"), ("rejected", "Four")):
        Proposal.objects.create(
            kind="suggestion", state=state, name=name, proposer=person, submitted_at=now, closed_at=now
        )
    Proposal.objects.create(kind="suggestion", state="draft", name="Somebody else's", proposer=curator)
    client.force_login(person)
    page = client.get("/work/").content.decode()
    for words in ("One", "Two", "Three", "Four", "sent back by a curator", "waiting for a curator", "rejected"):
        assert words in page
    assert "Example Archive: granted" in page
    assert "Somebody else" not in page


def test_values_past_their_age_are_listed_with_the_way_to_them(
    client: Client, rich: Infrastructure, steward_of: Callable[..., User]
) -> None:
    old = (date.today() - timedelta(days=1000)).isoformat()  # noqa: DTZ011
    rich.profile["code_of_conduct"]["checked_on"] = old
    rich.save()
    found = old_values(rich, timezone.now().date())
    assert [one.field.code for one in found] == ["code_of_conduct"]
    assert (field("code_of_conduct").max_age_days or 0) < found[0].days
    client.force_login(steward_of(rich))
    page = client.get("/work/").content.decode()
    assert "?section=community#f-code_of_conduct" in page


def test_a_visitor_signs_in_first_and_a_new_member_is_told_what_to_do(client: Client, member: User) -> None:
    assert client.get("/work/").headers["Location"].startswith("/account/login/")
    client.force_login(member)
    assert "Suggest an infrastructure" in client.get("/work/").content.decode()
