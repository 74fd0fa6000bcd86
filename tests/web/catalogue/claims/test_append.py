from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from threading import Barrier, Thread, Timer
from typing import Any
from unittest.mock import patch

import pytest
from django.db import OperationalError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from infracommons.web.accounts.models import User
from infracommons.web.catalogue.claims.append import Author, ConflictError, append_claims
from infracommons.web.catalogue.claims.create import create_infrastructure
from infracommons.web.catalogue.claims.profile import differences, profile_as_of, replay
from infracommons.web.catalogue.fields.claim_input import ClaimInput
from infracommons.web.catalogue.models import Change, Claim, Infrastructure, Organisation
from infracommons.web.catalogue.models.claim import AuthorKind, ClaimChangedError

pytestmark = pytest.mark.django_db
TEAM = Author(AuthorKind.STEWARD, "its team")
CURATOR = Author(AuthorKind.CURATOR, "a curator")
PROGRAM = Author(AuthorKind.HARVESTER, "a code host")
START = datetime(2026, 1, 1, 12, tzinfo=UTC)
SAID = st.builds(
    ClaimInput,
    field=st.sampled_from(["website", "launched", "bylaws", "name"]),
    value=st.sampled_from([None, "Example", 2011, 2012]),
    status=st.sampled_from(["", "unknown", "available"]),
    evidence=st.sampled_from([(), ({"url": "https://example.org/", "label": ""},)]),
    checked_on=st.sampled_from([None, date(2026, 5, 31)]),
)
STEPS = st.lists(
    st.tuples(st.sampled_from([TEAM, CURATOR, PROGRAM]), st.lists(SAID, min_size=1, max_size=3)), max_size=8
)


def new(name: str = "Example") -> Infrastructure:
    return create_infrastructure([ClaimInput("name", name)], by=TEAM)


def say(infrastructure: Infrastructure, field: str, value: Any, by: Author = TEAM, **more: Any) -> list[Claim]:
    return append_claims(infrastructure, [ClaimInput(field, value, **more)], by=by)


@given(STEPS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_any_claims_the_profile_is_what_replaying_them_gives_on_every_day(
    steps: list[tuple[Author, list[ClaimInput]]],
) -> None:
    with patch.object(timezone, "now", return_value=START):
        infrastructure = new()
    seen = [infrastructure.profile]
    for number, (author, claims) in enumerate(steps, 1):
        with patch.object(timezone, "now", return_value=START + timedelta(days=number)):
            append_claims(infrastructure, claims, by=author)
        seen.append(infrastructure.profile)

    stored = Infrastructure.objects.get(pk=infrastructure.pk)
    assert stored.profile == infrastructure.profile == replay(stored.claims.order_by("id"))
    for number, profile in enumerate(seen):
        as_of = profile_as_of(stored, (START + timedelta(days=number)).date())
        assert as_of == profile
        assert differences(as_of, profile) == []
    assert profile_as_of(stored, date(2025, 12, 31)) == {}


@given(STEPS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_each_claim_that_took_over_replaces_the_one_before_it(steps: list[tuple[Author, list[ClaimInput]]]) -> None:
    infrastructure = new()
    for author, claims in steps:
        append_claims(infrastructure, claims, by=author)

    for field, entry in infrastructure.profile.items():
        chain: list[Claim] = []
        claim: Claim | None = Claim.objects.get(pk=entry["claim"])
        while claim is not None:
            chain.append(claim)
            claim = claim.replaces
        beside = infrastructure.claims.filter(field=field).exclude(pk__in=[one.pk for one in chain])
        assert all(one.author_kind == AuthorKind.HARVESTER for one in beside)
        assert all(later.pk > earlier.pk for later, earlier in pairwise(chain))


def test_saying_the_same_again_stores_nothing() -> None:
    infrastructure = new()
    say(infrastructure, "launched", 2011)
    version, changes = infrastructure.version, Change.objects.count()

    assert say(infrastructure, "launched", 2011) == []
    assert (infrastructure.version, Change.objects.count()) == (version, changes)


def test_the_same_value_on_new_evidence_or_checked_again_is_something_new() -> None:
    infrastructure = new()
    say(infrastructure, "launched", 2011)

    assert say(infrastructure, "launched", 2011, evidence=({"url": "https://example.org/", "label": ""},))
    assert say(infrastructure, "launched", 2011, checked_on=date(2026, 5, 31))


def test_a_program_stands_beside_what_a_person_said() -> None:
    infrastructure = new()
    say(infrastructure, "launched", 2011)

    beside = say(infrastructure, "launched", 1999, by=PROGRAM)

    assert [claim.value for claim in beside] == [1999]
    assert infrastructure.profile["launched"]["value"] == 2011
    assert infrastructure.claims.filter(field="launched").count() == 2


def test_a_program_that_says_the_same_every_day_is_stored_once() -> None:
    infrastructure = new()
    say(infrastructure, "launched", 2011)
    for _ in range(3):
        say(infrastructure, "launched", 1999, by=PROGRAM)

    assert infrastructure.claims.filter(field="launched", author_kind=AuthorKind.HARVESTER).count() == 1


def test_a_program_fills_gaps_and_a_person_takes_over() -> None:
    infrastructure = new()
    say(infrastructure, "launched", 1999, by=PROGRAM)
    say(infrastructure, "launched", 2000, by=PROGRAM)
    assert infrastructure.profile["launched"]["value"] == 2000

    say(infrastructure, "launched", 2011, by=CURATOR)

    assert infrastructure.profile["launched"]["value"] == 2011


def test_two_claims_of_one_field_follow_each_other() -> None:
    infrastructure = new()

    first, second = append_claims(infrastructure, [ClaimInput("launched", 2010), ClaimInput("launched", 2011)], by=TEAM)

    assert second.replaces == first
    assert infrastructure.profile["launched"]["claim"] == second.pk
    assert Change.objects.order_by("-id")[0].fields == ["launched"]


def test_a_field_that_changed_in_the_meantime_is_a_conflict_and_nothing_is_stored() -> None:
    mine, theirs = new(), Infrastructure.objects.get()
    seen = dict.fromkeys(("launched", "website"))
    say(theirs, "launched", 2011, by=CURATOR)

    with pytest.raises(ConflictError) as caught:
        append_claims(
            mine, [ClaimInput("website", "https://example.org/"), ClaimInput("launched", 2012)], by=TEAM, seen=seen
        )

    entry = caught.value.fields["launched"]
    assert entry is not None
    assert entry["value"] == 2011
    assert list(caught.value.fields) == ["launched"]
    assert "website" not in Infrastructure.objects.get().profile


def test_another_field_that_changed_is_no_conflict() -> None:
    mine, theirs = new(), Infrastructure.objects.get()
    say(theirs, "launched", 2011)

    append_claims(mine, [ClaimInput("website", "https://example.org/")], by=TEAM, seen={"website": None})

    assert {"launched", "website"} <= Infrastructure.objects.get().profile.keys()
    assert mine.profile == Infrastructure.objects.get().profile


def test_two_who_say_the_same_do_not_conflict() -> None:
    mine, theirs = new(), Infrastructure.objects.get()
    say(theirs, "launched", 2011)

    assert append_claims(mine, [ClaimInput("launched", 2011)], by=TEAM, seen={"launched": None}) == []


def test_a_claim_can_be_neither_changed_nor_deleted() -> None:
    claim = new().claims.get()
    claim.value = "Another"

    with pytest.raises(ClaimChangedError):
        claim.save()
    with pytest.raises(ClaimChangedError):
        claim.delete()
    with pytest.raises(ClaimChangedError):
        Claim.objects.filter(pk=claim.pk).update(value="Another")
    with pytest.raises(ClaimChangedError):
        Claim.objects.all().delete()
    with pytest.raises(ProtectedError):
        claim.infrastructure.delete()
    assert Claim.objects.get().value == "Example"


def test_a_closed_account_leaves_its_claims(member: User) -> None:
    infrastructure = new()
    say(infrastructure, "launched", 2011, by=Author(AuthorKind.STEWARD, "its team", member))
    assert infrastructure.profile["launched"]["author"] == member.pk

    member.delete()

    claim = infrastructure.claims.get(field="launched")
    assert (claim.author, claim.value) == (None, 2011)


def test_columns_follow_the_claims_that_they_stand_for() -> None:
    infrastructure = new()
    append_claims(
        infrastructure,
        [ClaimInput("name", "Renamed"), ClaimInput("steward", {"name": "Example Foundation", "ror": ""})],
        by=TEAM,
    )
    stored = Infrastructure.objects.get()

    assert (stored.name, str(stored.steward)) == ("Renamed", "Example Foundation")
    assert (infrastructure.name, infrastructure.steward_id) == (stored.name, stored.steward_id)
    say(infrastructure, "steward", None, status="unknown")
    assert Infrastructure.objects.get().steward is None
    assert Organisation.objects.count() == 1


def test_a_name_that_becomes_unknown_leaves_the_last_one_to_call_it_by() -> None:
    infrastructure = new("Example")
    say(infrastructure, "name", None, status="unknown")

    assert Infrastructure.objects.get().name == "Example"


def test_each_change_is_logged_with_its_fields_in_words() -> None:
    infrastructure = new()
    append_claims(
        infrastructure,
        [
            ClaimInput("launched", 2011),
            ClaimInput("website", "https://example.org/"),
            ClaimInput("bylaws", None, "available"),
            ClaimInput("privacy_policy", None, "available"),
        ],
        by=CURATOR,
    )
    change = Change.objects.order_by("-id")[0]

    assert (change.kind, change.author_kind) == ("claimed", "curator")
    assert change.fields == ["launched", "website", "bylaws", "privacy_policy"]
    assert change.summary == "claimed: Launched, Website, Bylaws and 1 more"
    assert Infrastructure.objects.get().version == 2


def test_all_claims_of_one_change_are_one_moment(django_assert_max_num_queries: Callable[[int], Any]) -> None:
    infrastructure = new()
    claims = [ClaimInput(field, None, "available") for field in ("bylaws", "privacy_policy", "code_of_conduct")]

    with django_assert_max_num_queries(12):
        stored = append_claims(infrastructure, claims, by=TEAM)

    assert {claim.at for claim in stored} == {Infrastructure.objects.get().changed_at}


@pytest.mark.django_db(transaction=True)
def test_two_people_at_the_same_moment_lose_nothing_and_one_is_told() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer: only PostgreSQL lets two in at once")
    infrastructure = new()
    start = Barrier(2)
    outcomes: list[int] = []

    def propose(value: int) -> None:
        own = Infrastructure.objects.get(pk=infrastructure.pk)
        start.wait()
        try:
            append_claims(own, [ClaimInput("launched", value)], by=TEAM, seen={"launched": None})
            outcomes.append(value)
        except ConflictError as conflict:
            outcomes.append(conflict.fields["launched"]["value"])  # type: ignore[index]  # the other's claim
        finally:
            connection.close()

    threads = [Thread(target=propose, args=(value,)) for value in (2011, 2012)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    stored = Infrastructure.objects.get()
    assert outcomes == [stored.profile["launched"]["value"]] * 2
    assert stored.claims.filter(field="launched").count() == 1
    assert stored.profile == replay(stored.claims.order_by("id"))


@pytest.mark.django_db(transaction=True)
def test_an_import_and_a_curator_never_wait_for_each_other() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer: only PostgreSQL lets two in at once")
    one, other = new("One"), new("Other")
    begun, held, failed = Barrier(2), Barrier(2), list[Exception]()

    def import_both() -> None:
        with transaction.atomic():
            append_claims(one, [ClaimInput("launched", 2011)], by=PROGRAM)
            begun.wait()
            held.wait(10)
            append_claims(other, [ClaimInput("launched", 2011)], by=PROGRAM)

    def decide_one() -> None:
        begun.wait()
        Timer(0.3, held.wait).start()  # the import goes on while this waits for it
        append_claims(other, [ClaimInput("launched", 2012)], by=CURATOR)

    def tried(work: Callable[[], None]) -> None:
        try:
            work()
        except OperationalError as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [Thread(target=tried, args=(work,)) for work in (import_both, decide_one)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not failed
    assert Infrastructure.objects.get(pk=other.pk).profile["launched"]["value"] == 2012
