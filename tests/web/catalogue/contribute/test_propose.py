"""A team edits its profile by sections, with and without scripts, and loses nothing when its session ends."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from infracommons.web.accounts.models import User
from infracommons.web.catalogue.contribute.sections import parts_of_profile
from infracommons.web.catalogue.models import Infrastructure, Proposal, ProposalComment

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(rich: Infrastructure, path_of: Callable[..., str]) -> str:
    return path_of(rich, "propose/")


@pytest.fixture
def team(client: Client, rich: Infrastructure, steward_of: Callable[..., User]) -> User:
    person = steward_of(rich)
    client.force_login(person)
    return person


def test_only_those_who_speak_for_it_and_curators_may_edit(
    client: Client, page: str, member: User, curator: User
) -> None:
    assert client.get(page).headers["Location"].startswith("/account/login/?next=")
    client.force_login(member)
    assert client.get(page).status_code == 403
    assert client.post(page, {"revision": "0"}).status_code == 403
    client.force_login(curator)
    assert client.get(page).status_code == 200


@pytest.mark.usefixtures("team")
def test_every_section_and_all_at_once_can_be_opened_and_saved_unchanged(
    client: Client, rich: Infrastructure, page: str, opened: Any
) -> None:
    for code in [part.code for part in parts_of_profile()] + ["all"]:
        address = f"{page}?section={code}"
        assert client.post(address, opened(address)).status_code == 302
    assert Proposal.objects.get().typed == {}
    assert rich.claims.count() == len(rich.profile)


@pytest.mark.usefixtures("team")
def test_plain_saving_keeps_right_and_wrong_answers_and_says_which(client: Client, page: str, opened: Any) -> None:
    address = f"{page}?section=about"
    sent = opened(address) | {"launched.value": "a while ago", "summary.value": "Another summary."}
    answer = client.post(address, sent | {"do": "next"})
    assert "section=mission" in answer.headers["Location"]
    shown = client.get(address).content.decode()
    assert 'value="a while ago"' in shown
    assert "Give a year from" in shown
    assert "Another summary." in shown


@pytest.mark.usefixtures("team")
def test_a_script_saves_and_is_told_when(client: Client, page: str, opened: Any) -> None:
    sent = opened(f"{page}?section=mission") | {"mission.value": "Another mission."}
    answer = client.post(f"{page}save/?section=mission", sent)
    told = json.loads(answer.content)
    assert set(told) == {"saved", "revision"}
    assert told["revision"] == Proposal.objects.get().revision == 1
    assert len(told["saved"]) == len("14:03")
    other = client.post(f"{page}save/?section=mission", sent | {"mission.value": "From another tab."})
    assert other.status_code == 409
    assert "another tab" in json.loads(other.content)["message"]


@pytest.mark.usefixtures("team")
def test_two_tabs_get_both_versions_to_choose_from(client: Client, page: str, opened: Any) -> None:
    address = f"{page}?section=mission"
    one, two = opened(address), opened(address)
    client.post(address, one | {"mission.value": "From tab one"})
    answer = client.post(address, two | {"mission.value": "From tab two"})
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "From tab one" in shown
    assert "From tab two" in shown
    revision = answer.context["revision"]
    undecided = two | {"mission.value": "From tab two", "revision": revision, "mission.resolve": ""}
    assert client.post(address, undecided).status_code == 409
    assert client.post(address, undecided | {"mission.resolve": "mine"}).status_code == 302
    assert Proposal.objects.get().typed["mission"]["value"] == "From tab two"


@pytest.mark.usefixtures("team")
def test_rows_are_added_without_a_script(client: Client, page: str, opened: Any) -> None:
    address = f"{page}?section=community"
    sent = opened(address) | {"adopters.entry-name": ["University of Examples"], "adopters.entry-url": [""]}
    answer = client.post(address, sent | {"add": "adopters"})
    assert answer.headers["Location"].endswith("#f-adopters")
    shown = client.get(answer.headers["Location"].partition("#")[0])
    form = next(form for form in shown.context["forms"] if form.code == "adopters")
    assert len(form.rows) == 5
    assert form.rows[0][0].value == "University of Examples"


def test_what_is_typed_when_the_session_ended_is_there_after_signing_in(
    client: Client, page: str, opened: Any, team: User
) -> None:
    address = f"{page}?section=mission"
    sent = opened(address) | {"mission.value": "Typed in the train."}
    client.logout()
    answer = client.post(address, sent)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/account/login/?next=")
    client.force_login(team)
    kept = client.get(f"{page}?kept=1")
    assert "Typed in the train." in kept.content.decode()
    again = dict(kept.context["hidden"])
    assert client.post(kept.context["to"], again).status_code == 302
    assert Proposal.objects.get().typed["mission"]["value"] == "Typed in the train."
    assert "Typed in the train." in client.get(f"{page}?kept=1&section=mission").content.decode()
    assert "hidden" not in client.get(f"{page}?kept=1").context


def test_a_script_is_told_that_the_session_ended(client: Client, page: str, member: User) -> None:
    assert client.post(f"{page}save/", {"revision": "0"}).status_code == 401
    client.force_login(member)
    assert client.post(f"{page}save/", {"revision": "0"}).status_code == 403
    assert not Proposal.objects.exists()


@pytest.mark.usefixtures("team")
@pytest.mark.parametrize("revision", ["", "x", "-1", "1e9", "9" * 40])
def test_a_revision_that_is_no_number_is_refused(client: Client, page: str, revision: str) -> None:
    assert client.post(page, {"revision": revision}).status_code == 400
    assert not Proposal.objects.exists()


@pytest.mark.usefixtures("team")
def test_a_section_that_does_not_exist_is_not_found(client: Client, page: str) -> None:
    answer = client.get(f"{page}?section=secrets")
    assert answer.status_code == 404
    assert "governance" in answer.content.decode()


def test_what_a_curator_sent_back_opens_with_the_remarks_at_the_fields(
    client: Client, rich: Infrastructure, page: str, team: User, curator: User
) -> None:
    draft = Proposal.objects.create(kind="profile", state="revision", infrastructure=rich, proposer=team)
    for text, hidden in (("Say since when.", False), ("I doubt this.", True)):
        ProposalComment.objects.create(
            proposal=draft, field="mission", text=text, is_for_curators=hidden, by=curator, role="curator"
        )
    shown = client.get(f"{page}?section=mission").content.decode()
    assert "Say since when." in shown
    assert "I doubt this." not in shown
    assert "sent this back" in shown


@pytest.mark.usefixtures("team")
def test_a_whole_page_has_a_label_for_every_input_and_no_id_twice(client: Client, page: str) -> None:
    import re  # noqa: PLC0415

    shown = client.get(f"{page}?section=all").content.decode()
    ids = re.findall(r'\sid="([^"]+)"', shown)
    assert len(ids) == len(set(ids))
    inputs = set(re.findall(r'<(?:input|textarea|select)\b[^>]*?\sid="([^"]+)"', shown))
    assert inputs <= set(re.findall(r'<label[^>]*?\sfor="([^"]+)"', shown))
    assert "style=" not in shown
    assert not re.search(r"<script(?![^>]*\bsrc=)", shown)


@pytest.mark.usefixtures("team")
def test_choices_that_are_unticked_are_proposed_as_gone(
    client: Client, rich: Infrastructure, page: str, opened: Any
) -> None:
    address = f"{page}?section=technical"
    sent = opened(address)
    assert sent.pop("integrations.terms")  # as a browser sends boxes of which none is ticked
    assert client.post(address, sent).status_code == 302
    assert "integrations" in Proposal.objects.get().typed
    said = client.get(f"{page}review/").content.decode()
    assert "Integrations" in said
    assert rich.profile["integrations"]["value"]["terms"]


@pytest.mark.parametrize("base", ["\x00", "1\x00", "-1", "9" * 5000, "\u0661", "none"])
def test_what_no_claim_has_as_its_id_is_not_kept_as_one(
    client: Client, rich: Infrastructure, steward_of: Callable[..., User], path_of: Callable[..., str], base: str
) -> None:
    client.force_login(steward_of(rich))
    sent = {"mission.value": "Another mission.", "mission.base": base, "revision": "0"}
    answer = client.post(path_of(rich, "propose/save/?section=all"), sent)
    assert answer.status_code == 200
    assert Proposal.objects.get().typed["mission"]["base"] == ""


def test_a_choice_that_there_is_not_overwrites_nothing(
    client: Client, rich: Infrastructure, steward_of: Callable[..., User], path_of: Callable[..., str]
) -> None:
    client.force_login(steward_of(rich))
    path, base = path_of(rich, "propose/?section=all"), str(rich.profile["mission"]["claim"])
    for value, status in (("From one tab.", 302), ("From another.", 409)):
        sent = {"mission.value": value, "mission.base": base, "mission.resolve": "whatever", "revision": "0"}
        assert client.post(path, sent).status_code == status
    assert Proposal.objects.get().typed["mission"]["value"] == "From one tab."
