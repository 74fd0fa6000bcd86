"""Values past their age are marked, their stewards asked once, and by policy they become uncertain."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from infracommons.web.accounts.models import User
from infracommons.web.catalogue.claims.append import Author, ConflictError, append_claims
from infracommons.web.catalogue.claims.create import set_listing
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.fields.claim_input import RawClaim, checked_claim
from infracommons.web.catalogue.fields.registry import field
from infracommons.web.catalogue.models import Claim, Infrastructure, Link, Proposal, UpkeepEvent, WaitingMail
from infracommons.web.catalogue.models.claim import AuthorKind
from infracommons.web.catalogue.models.links import LinkOutcome
from infracommons.web.catalogue.upkeep.ages import log_ages, stale_values
from infracommons.web.catalogue.upkeep.reach import Finding
from infracommons.web.catalogue.upkeep.renew import renew
from infracommons.web.catalogue.upkeep.round import run

pytestmark = pytest.mark.django_db
CHECKED = datetime(2026, 10, 1, tzinfo=UTC)  # when the code of conduct of Example Archive was last checked
MAX_AGE = field("code_of_conduct").max_age_days or 0
STALE = CHECKED + timedelta(days=MAX_AGE + 1)
Grant = Callable[[Infrastructure], User]


@pytest.fixture
def archive(rich: Infrastructure) -> Infrastructure:
    """Example Archive, alone listed, with nothing but its code of conduct growing old."""
    Infrastructure.objects.exclude(pk=rich.pk).update(listing="withdrawn")
    kept = {code: entry for code, entry in rich.profile.items() if code in {"name", "code_of_conduct", "summary"}}
    Infrastructure.objects.filter(pk=rich.pk).update(profile=kept)
    rich.refresh_from_db()
    rich.profile["summary"]["at"] = "2100-01-01T00:00:00+00:00"
    rich.save()
    return rich


def kinds(infrastructure: Infrastructure) -> list[tuple[str, str]]:
    return list(infrastructure.upkeep_events.order_by("pk").values_list("field", "kind"))


def test_a_value_is_stale_the_day_after_its_age_and_a_name_never(archive: Infrastructure) -> None:
    assert MAX_AGE > 0
    assert stale_values(archive, (STALE - timedelta(days=1)).date()) == []
    (value,) = stale_values(archive, STALE.date())
    assert value.definition.code == "code_of_conduct"
    assert value.words.startswith(f"last checked on 1 October 2026, {MAX_AGE + 1} days ago")


def test_what_is_unknown_cannot_grow_old(archive: Infrastructure) -> None:
    append_claims(
        archive, [checked_claim(field("bylaws"), RawClaim(status="unknown"), term_book())], by=_team()
    )  # fmt: skip
    codes = {value.definition.code for value in stale_values(archive, STALE.date() + timedelta(days=3000))}
    assert "bylaws" not in codes


def test_what_is_not_planned_grows_old_too(archive: Infrastructure) -> None:
    claims = [checked_claim(field("bylaws"), RawClaim(status="not_planning"), term_book())]
    append_claims(archive, claims, by=_team())
    codes = {value.definition.code for value in stale_values(archive, STALE.date() + timedelta(days=3000))}
    assert "bylaws" in codes


def _team() -> Author:
    return Author(AuthorKind.STEWARD, "its team")


def test_without_stewards_a_stale_value_is_logged_once_and_nobody_is_asked(archive: Infrastructure) -> None:
    for _ in range(2):
        _, to_ask = log_ages(STALE)
        assert to_ask == []
    assert kinds(archive) == [("code_of_conduct", "stale")]


def test_the_stewards_are_asked_once_in_one_letter(
    archive: Infrastructure, steward_of: Grant, django_capture_on_commit_callbacks: Any
) -> None:
    person = steward_of(archive)
    for day in (0, 1, 30):
        with django_capture_on_commit_callbacks(execute=True):
            run(STALE + timedelta(days=day), visit_all=all_well)
    (letter,) = mail.outbox
    assert letter.to == [person.email]
    assert "Code of conduct" in letter.body
    assert "/infrastructures/example-archive/still-right/" in letter.body
    assert kinds(archive) == [("code_of_conduct", "stale"), ("code_of_conduct", "asked")]


def test_a_steward_who_comes_later_is_asked_then(archive: Infrastructure, steward_of: Grant) -> None:
    log_ages(STALE)
    steward_of(archive)
    aged, to_ask = log_ages(STALE + timedelta(days=1))
    assert (aged.stale, aged.asked) == (0, 1)
    assert [one.pk for one, _ in to_ask] == [archive.pk]


def test_a_value_is_uncertain_ninety_days_after_its_team_was_asked(archive: Infrastructure, steward_of: Grant) -> None:
    steward_of(archive)
    log_ages(STALE)
    log_ages(STALE + timedelta(days=89))
    assert ("code_of_conduct", "uncertain") not in kinds(archive)
    for _ in range(2):
        log_ages(STALE + timedelta(days=90))
    assert kinds(archive).count(("code_of_conduct", "uncertain")) == 1


def test_a_value_that_nobody_could_be_asked_about_is_uncertain_at_twice_its_age(archive: Infrastructure) -> None:
    log_ages(CHECKED + timedelta(days=2 * MAX_AGE))
    assert kinds(archive) == [("code_of_conduct", "stale")]
    log_ages(CHECKED + timedelta(days=2 * MAX_AGE + 1))
    assert ("code_of_conduct", "uncertain") in kinds(archive)


def test_what_is_not_listed_is_left_alone(archive: Infrastructure) -> None:
    set_listing(archive, "withdrawn", by=_team())
    log_ages(STALE)
    assert kinds(archive) == []


def test_checking_a_value_again_clears_it_and_keeps_what_it_says(archive: Infrastructure, steward_of: Grant) -> None:
    person = steward_of(archive)
    log_ages(STALE)
    before = dict(archive.profile["code_of_conduct"])
    (claim,) = renew(archive, {"code_of_conduct": before["claim"]}, by=person, today=_today())
    after = archive.profile["code_of_conduct"]
    for part in ("value", "status", "evidence", "note"):
        assert after[part] == before[part]
    assert after["checked_on"] == _today().isoformat()
    assert (claim.author_kind, claim.replaces_id) == (AuthorKind.STEWARD, before["claim"])
    assert stale_values(archive, _today()) == []
    assert kinds(archive)[-1] == ("code_of_conduct", "renewed")
    assert renew(archive, {"code_of_conduct": claim.pk}, by=person, today=_today()) == []


def _today() -> Any:
    return datetime.now(UTC).date()


def test_a_value_that_changed_in_the_meantime_is_not_renewed(archive: Infrastructure, curator: User) -> None:
    seen = archive.profile["code_of_conduct"]["claim"]
    claims = [checked_claim(field("code_of_conduct"), RawClaim(status="considering"), term_book())]
    append_claims(archive, claims, by=_team())
    count = Claim.objects.count()
    with pytest.raises(ConflictError):
        renew(archive, {"code_of_conduct": seen}, by=curator, today=_today())
    assert Claim.objects.count() == count


def all_well(urls: Sequence[str]) -> dict[str, Finding]:
    return {url: Finding(LinkOutcome.OK, 200) for url in urls}


def test_a_second_round_at_the_same_moment_does_nothing_more(archive: Infrastructure, steward_of: Grant) -> None:
    steward_of(archive)
    first = run(STALE, visit_all=all_well)
    assert (first.links_visited, first.values_stale, first.people_told) == (Link.objects.count(), 1, 1)
    rows = [model.objects.count() for model in (Link, UpkeepEvent, WaitingMail)]
    second = run(STALE, visit_all=all_well)
    done = {name: count for name, count in second.as_dict().items() if count and name != "links_in_use"}
    assert set(done) <= {"mails_sent", "mails_waiting"}  # mail of a transaction that a test never commits
    assert rows == [model.objects.count() for model in (Link, UpkeepEvent, WaitingMail)]
    assert second.lines()


def test_proposals_that_nobody_confirmed_go_after_thirty_days_with_their_addresses(archive: Infrastructure) -> None:
    for state, days in (("unconfirmed", 31), ("unconfirmed", 29), ("submitted", 400), ("draft", 400)):
        Proposal.objects.create(
            kind="correction", infrastructure=archive, state=state, email="ada@example.org",
            created_at=STALE - timedelta(days=days), token_made_at=STALE - timedelta(days=days),
        )  # fmt: skip
    assert run(STALE, visit_all=all_well).proposals_deleted == 1
    assert sorted(Proposal.objects.values_list("state", flat=True)) == ["draft", "submitted", "unconfirmed"]


def test_mail_that_could_not_be_sent_is_tried_again_and_not_kept_for_ever(archive: Infrastructure) -> None:
    WaitingMail.objects.create(to="ada@example.org", subject="Hello", text="text", made_at=STALE, failures=1)
    WaitingMail.objects.create(
        to="bea@example.org", subject="Old", text="text", made_at=STALE - timedelta(days=31), failures=12
    )
    report = run(STALE, visit_all=all_well)
    assert (report.mails_sent, report.mails_deleted) == (1, 1)
    assert [letter.to for letter in mail.outbox] == [["ada@example.org"]]
    assert archive.pk
