"""A draft keeps what was typed whoever else saves, in whatever tab, and proposes only what differs."""

import pytest

from infracommons.web.accounts.models import User
from infracommons.web.catalogue.claims.append import Author, append_claims
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.contribute.changes import changes_in
from infracommons.web.catalogue.contribute.drafts import DraftTooLongError, TwoTabsError, draft_of, save_draft
from infracommons.web.catalogue.fields.claim_input import RawClaim, checked_claim
from infracommons.web.catalogue.fields.registry import field
from infracommons.web.catalogue.models import Infrastructure, Proposal
from infracommons.web.catalogue.models.claim import AuthorKind

from .conftest import typed_of

pytestmark = pytest.mark.django_db


def overtake(infrastructure: Infrastructure) -> None:
    claim = checked_claim(field("mission"), RawClaim("By somebody else."), term_book())
    append_claims(infrastructure, [claim], by=Author(AuthorKind.CURATOR, "a curator"))


def changed(draft: Proposal, infrastructure: Infrastructure) -> list[str]:
    found = changes_in(draft.typed, infrastructure.profile, term_book())
    return [change.definition.code for change in found if change.is_change]


def test_fields_as_they_stand_are_not_part_of_the_draft(rich: Infrastructure, member: User) -> None:
    typed = typed_of(rich, "mission") | typed_of(rich, "launched", value="2012")
    draft = save_draft(member, rich, typed, revision=0)
    assert set(draft.typed) == {"launched"}
    assert changed(draft, rich) == ["launched"]
    assert draft.revision == 1


def test_there_is_one_draft_a_person_and_infrastructure(rich: Infrastructure, member: User, curator: User) -> None:
    for person in (member, member, curator):
        save_draft(person, rich, typed_of(rich, "mission", value="Other"), revision=9)
    assert Proposal.objects.count() == 2
    assert draft_of(member, rich) != draft_of(curator, rich)


def test_what_is_wrong_is_kept_as_typed(rich: Infrastructure, member: User) -> None:
    draft = save_draft(member, rich, typed_of(rich, "launched", value="last century"), revision=0)
    draft.refresh_from_db()
    assert draft.typed["launched"]["value"] == "last century"
    (change,) = changes_in(draft.typed, rich.profile, term_book())
    assert [problem.value for problem in change.problems] == ["last century"]


def test_two_tabs_on_one_field_see_each_other_and_neither_is_lost(rich: Infrastructure, member: User) -> None:
    save_draft(member, rich, typed_of(rich, "mission", value="From tab one"), revision=0)
    mine = typed_of(rich, "mission", value="From tab two")
    with pytest.raises(TwoTabsError) as caught:
        save_draft(member, rich, mine, revision=0)
    assert caught.value.fields["mission"]["value"] == "From tab one"
    assert stored(member, rich) == "From tab one"
    save_draft(member, rich, mine, revision=0, chosen={"mission": "saved"})
    assert stored(member, rich) == "From tab one"
    save_draft(member, rich, mine, revision=0, chosen={"mission": "mine"})
    assert stored(member, rich) == "From tab two"


def stored(person: User, infrastructure: Infrastructure) -> str:
    draft = draft_of(person, infrastructure)
    assert draft is not None
    return str(draft.typed["mission"]["value"])


def test_two_tabs_on_two_sections_do_not_disturb_each_other(rich: Infrastructure, member: User) -> None:
    save_draft(member, rich, typed_of(rich, "mission", value="From tab one"), revision=0)
    draft = save_draft(member, rich, typed_of(rich, "launched", value="2012"), revision=0)
    assert changed(draft, rich) == ["launched", "mission"]


def test_saving_the_same_again_is_no_new_revision(rich: Infrastructure, member: User) -> None:
    typed = typed_of(rich, "mission", value="Other")
    first = save_draft(member, rich, typed, revision=0).revision
    assert save_draft(member, rich, typed, revision=0).revision == first


def test_a_field_left_alone_while_others_changed_it_is_not_taken_for_a_change(
    rich: Infrastructure, member: User
) -> None:
    typed = typed_of(rich, "mission")
    overtake(rich)
    draft = save_draft(member, rich, typed, revision=0)
    assert draft.typed == {}


def test_a_profile_that_moved_on_is_seen_at_the_field_until_the_person_chooses(
    rich: Infrastructure, member: User
) -> None:
    typed = typed_of(rich, "mission", value="Mine")
    save_draft(member, rich, typed, revision=0)
    overtake(rich)
    draft = save_draft(member, rich, typed, revision=1)
    (change,) = changes_in(draft.typed, rich.profile, term_book())
    assert change.is_overtaken
    now = {"mission": typed["mission"] | {"base": str(rich.profile["mission"]["claim"])}}
    draft = save_draft(member, rich, now, revision=1, chosen={"mission": "mine"})
    (change,) = changes_in(draft.typed, rich.profile, term_book())
    assert change.is_change
    assert not change.is_overtaken
    draft = save_draft(member, rich, now, revision=draft.revision, chosen={"mission": "theirs"})
    assert draft.typed == {}


def test_saying_what_stands_by_now_is_no_conflict(rich: Infrastructure, member: User) -> None:
    draft = save_draft(member, rich, typed_of(rich, "mission", value="By somebody else."), revision=0)
    overtake(rich)
    (change,) = changes_in(draft.typed, rich.profile, term_book())
    assert (change.is_change, change.is_overtaken) == (False, False)


def test_a_forged_claim_id_names_nothing(rich: Infrastructure, member: User) -> None:
    for base in ("-1", "9" * 30, "²", "x"):
        draft = save_draft(member, rich, typed_of(rich, "mission", base=base), revision=0)
        (change,) = changes_in(draft.typed, rich.profile, term_book())
        assert not change.is_change
        draft.delete()


def test_a_draft_does_not_grow_without_end(rich: Infrastructure, member: User) -> None:
    with pytest.raises(DraftTooLongError):
        save_draft(member, rich, typed_of(rich, "mission", value="x" * 2_000_001), revision=0)
    assert draft_of(member, rich) is None
