"""Verdicts are carried out whole or not at all, and nobody's later value is lost over them."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from infracommons.web.accounts.models import User
from infracommons.web.catalogue.claims.append import ConflictError
from infracommons.web.catalogue.claims.decide import UndecidedError, decide
from infracommons.web.catalogue.claims.profile import profile_as_of, replay
from infracommons.web.catalogue.claims.steps import NotAllowedError, ReasonMissingError
from infracommons.web.catalogue.claims.workflow import WrongStepError
from infracommons.web.catalogue.fields.claim_input import RawClaim
from infracommons.web.catalogue.models import Change, Claim, Infrastructure, Proposal, ProposedClaim, Stewardship

pytestmark = pytest.mark.django_db


@pytest.fixture
def small_catalogue(terms: None) -> None:
    """No others beside the rich one."""


@pytest.fixture
def change(rich: Infrastructure, member: User) -> Proposal:
    """A team's proposal to change three fields."""
    Stewardship.objects.create(infrastructure=rich, person=member, state="granted", grounds="in the team")
    proposal = Proposal.objects.create(kind="profile", state="submitted", infrastructure=rich, proposer=member)
    for field, value, status in (
        ("mission", "<p>Another mission.</p>", ""),
        ("member_count", 1300, ""),
        ("open_api", None, "available"),
    ):
        base = rich.profile[field]["claim"]
        ProposedClaim.objects.create(proposal=proposal, field=field, value=value, status=status, base_claim_id=base)
    return proposal


ALL = {"mission": (True, ""), "member_count": (True, ""), "open_api": (True, "")}
PART = ALL | {"member_count": (False, "The page says 1,204.")}


def test_accepting_all_makes_each_a_claim_of_the_team(change: Proposal, rich: Infrastructure, curator: User) -> None:
    decision = decide(change, ALL, by=curator)
    rich.refresh_from_db()
    entry = rich.profile["mission"]
    assert (entry["value"], entry["author_kind"]) == ("<p>Another mission.</p>", "steward")
    assert entry["source"] == "Example Archive team, accepted by a curator"
    assert entry["author"] == change.proposer_id
    assert change.state == "accepted"
    assert len(decision.claims) == 3
    assert {claim.claim_id for claim in change.claims.all()} == {claim.pk for claim in decision.claims}
    assert rich.profile == replay(rich.claims.order_by("id"))


def test_accepting_a_part_leaves_the_rest_as_it_stood_with_the_reason(
    change: Proposal, rich: Infrastructure, curator: User
) -> None:
    decide(change, PART, by=curator)
    rich.refresh_from_db()
    assert rich.profile["member_count"]["value"] == 1204
    assert rich.profile["open_api"]["status"] == "available"
    assert change.state == "partly_accepted"
    rejected = change.claims.get(field="member_count")
    assert (rejected.verdict, rejected.reason, rejected.decided_by) == ("rejected", "The page says 1,204.", curator)
    assert change.events.get().reason == "Not accepted: Number of members."


def test_rejecting_all_changes_nothing(change: Proposal, rich: Infrastructure, curator: User) -> None:
    claims, changes = Claim.objects.count(), Change.objects.count()
    decide(change, dict.fromkeys(ALL, (False, "No evidence.")), by=curator)
    assert change.state == "rejected"
    assert (Claim.objects.count(), Change.objects.count()) == (claims, changes)
    assert rich.version == Infrastructure.objects.get(pk=rich.pk).version


@pytest.mark.parametrize(
    ("verdicts", "error"),
    [
        ({}, UndecidedError),
        ({**ALL, "bylaws": (True, "")}, UndecidedError),
        ({field: ALL[field] for field in ("mission", "open_api")}, UndecidedError),
        ({**ALL, "mission": (False, "  ")}, ReasonMissingError),
    ],
)
def test_verdicts_that_do_not_fit_decide_nothing(
    change: Proposal, curator: User, verdicts: Any, error: type[Exception]
) -> None:
    before = Claim.objects.count()
    with pytest.raises(error):
        decide(change, verdicts, by=curator)
    change.refresh_from_db()
    assert change.state == "submitted"
    assert Claim.objects.count() == before


def test_a_field_that_changed_in_the_meantime_stops_the_whole_decision(
    change: Proposal, rich: Infrastructure, curator: User
) -> None:
    overtake(rich)
    before = Claim.objects.count()
    with pytest.raises(ConflictError) as caught:
        decide(change, ALL, by=curator)
    assert {code: entry["value"] for code, entry in caught.value.fields.items() if entry} == {"member_count": 5000}
    change.refresh_from_db()
    assert change.state == "submitted"
    assert Claim.objects.count() == before
    assert set(change.claims.values_list("verdict", flat=True)) == {"open"}


def test_a_conflict_can_be_overridden_or_avoided_by_a_rejection(
    change: Proposal, rich: Infrastructure, curator: User
) -> None:
    overtake(rich)
    decide(change, ALL, by=curator, override_conflicts={"member_count"})
    rich.refresh_from_db()
    assert rich.profile["member_count"]["value"] == 1300
    assert rich.claims.filter(field="member_count").count() == 3


def test_a_decision_is_taken_once(change: Proposal, curator: User, administrator: User) -> None:
    late = Proposal.objects.get(pk=change.pk)
    decide(change, ALL, by=curator)
    before = Claim.objects.count()
    with pytest.raises(WrongStepError):
        decide(late, ALL, by=administrator)
    assert Claim.objects.count() == before


def test_nobody_but_a_curator_decides(change: Proposal, member: User) -> None:
    with pytest.raises(NotAllowedError):
        decide(change, ALL, by=member)
    assert not change.events.exists()


def test_what_a_person_proposes_who_no_longer_speaks_for_the_team_is_the_curators(
    change: Proposal, rich: Infrastructure, curator: User
) -> None:
    Stewardship.objects.update(state="ended")
    decide(change, ALL, by=curator)
    rich.refresh_from_db()
    assert (rich.profile["mission"]["author_kind"], rich.profile["mission"]["author"]) == ("curator", curator.pk)


def test_the_profile_of_the_day_before_is_as_it_was(change: Proposal, rich: Infrastructure, curator: User) -> None:
    Claim._base_manager.update(at=timezone.now() - timedelta(days=3))
    decide(change, ALL, by=curator)
    yesterday = (timezone.now() - timedelta(days=1)).date()
    assert profile_as_of(rich, yesterday)["mission"]["value"] == "<p>To keep examples <strong>open</strong>.</p>"
    assert profile_as_of(rich, timezone.now().date())["mission"]["value"] == "<p>Another mission.</p>"


@pytest.fixture
def suggestion(terms: None) -> Proposal:  # noqa: ARG001 - asks for the terms
    proposal = Proposal.objects.create(
        kind="suggestion",
        state="submitted",
        name="Open Examples",
        email="ada@example.org",
        email_confirmed_at=timezone.now(),
    )
    for field, value in (
        ("name", "Open Examples"),
        ("website", "https://examples.example.org/"),
        ("summary", "<p>Keeps examples.</p>"),
        ("categories", {"terms": ["repository_service"], "other": ""}),
    ):
        ProposedClaim.objects.create(proposal=proposal, field=field, value=value)
    return proposal


def verdicts_on(proposal: Proposal, **rejected: str) -> dict[str, tuple[bool, str]]:
    return {
        claim.field: (claim.field not in rejected, rejected.get(claim.field, "")) for claim in proposal.claims.all()
    }


def test_an_accepted_suggestion_is_listed_and_its_visitors_address_forgotten(
    suggestion: Proposal, curator: User
) -> None:
    assert not Infrastructure.objects.exists()
    decision = decide(suggestion, verdicts_on(suggestion), by=curator)
    listed = Infrastructure.objects.get()
    assert (listed.infrastructure_id, listed.listing, listed.name) == ("open-examples", "listed", "Open Examples")
    assert listed.profile["summary"]["source"] == "suggested by a reader, accepted by a curator"
    assert decision.infrastructure == suggestion.infrastructure == listed
    assert suggestion.email == ""
    assert all(claim.claim_id for claim in suggestion.claims.all())


def test_a_suggestion_without_its_name_cannot_be_listed(suggestion: Proposal, curator: User) -> None:
    with pytest.raises(UndecidedError, match="needs its name"):
        decide(suggestion, verdicts_on(suggestion, name="Not its name."), by=curator)
    assert not Infrastructure.objects.exists()


def test_a_name_that_is_listed_by_now_is_a_conflict_that_a_curator_may_override(
    suggestion: Proposal, curator: User
) -> None:
    other = Proposal.objects.create(kind="suggestion", state="submitted", name="Open Examples")
    ProposedClaim.objects.create(proposal=other, field="name", value="Open Éxamples")
    decide(suggestion, verdicts_on(suggestion), by=curator)
    with pytest.raises(ConflictError):
        decide(other, {"name": (True, "")}, by=curator)
    decide(other, {"name": (True, "")}, by=curator, override_conflicts={"name"})
    assert sorted(Infrastructure.objects.values_list("infrastructure_id", flat=True)) == [
        "open-examples",
        "open-examples-2",
    ]


def overtake(infrastructure: Infrastructure) -> None:
    """Have someone else claim another number of members."""
    from infracommons.web.catalogue.claims.append import Author, append_claims  # noqa: PLC0415
    from infracommons.web.catalogue.claims.terms import term_book  # noqa: PLC0415
    from infracommons.web.catalogue.fields.claim_input import checked_claim  # noqa: PLC0415
    from infracommons.web.catalogue.fields.registry import field  # noqa: PLC0415
    from infracommons.web.catalogue.models.claim import AuthorKind  # noqa: PLC0415

    claim = checked_claim(field("member_count"), RawClaim("5000"), term_book())
    append_claims(infrastructure, [claim], by=Author(AuthorKind.CURATOR, "a curator"))
