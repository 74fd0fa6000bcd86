"""Anyone suggests an infrastructure; nothing typed is lost, nothing is stored twice, and floods are held off."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from infracommons.web.accounts.models import User
from infracommons.web.catalogue.contribute.consent import CONSENT_VERSION
from infracommons.web.catalogue.models import Infrastructure, Proposal

from .conftest import stamp

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("terms")]


def test_a_visitors_suggestion_waits_for_its_mail_address_and_lists_nothing(
    client: Client, suggestion: dict[str, Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/suggest/", suggestion)
    assert answer.status_code == 200
    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.name, proposal.email) == ("unconfirmed", "Open Examples", "ada@example.org")
    assert (proposal.consent_version, proposal.consented_at is not None) == (CONSENT_VERSION, True)
    assert {claim.field: claim.value for claim in proposal.claims.all()} == {
        "name": "Open Examples",
        "website": "https://examples.example.org/",
        "summary": "<p>Keeps examples of everything for everyone.</p>",
        "categories": {"terms": ["repository_service"], "other": ""},
    }
    assert {tuple(link["url"] for link in claim.evidence) for claim in proposal.claims.all()} == {
        ("https://examples.example.org/about",)
    }
    assert not Infrastructure.objects.exists()
    (sent,) = mail.outbox
    secret = re.search(rf"/proposals/{proposal.public_id}/confirm/([\w-]{{40,}})/", str(sent.body))
    assert secret is not None
    assert secret[1] not in answer.content.decode()
    assert proposal.token_hash not in sent.body


def test_a_members_suggestion_goes_straight_to_the_curators(
    client: Client, suggestion: dict[str, Any], member: User
) -> None:
    client.force_login(member)
    del suggestion["email"], suggestion["opened"]
    answer = client.post("/suggest/", suggestion)
    proposal = Proposal.objects.get()
    assert answer.headers["Location"] == f"/proposals/{proposal.public_id}/"
    assert (proposal.state, proposal.proposer, proposal.email) == ("submitted", member, "")


@pytest.mark.parametrize(
    ("part", "value", "said"),
    [
        ("name.value", "", "Give the name"),
        ("name.value", "x" * 10_000, "10,000 characters"),
        ("name.value", "a" + "\u0301" * 40, "piles of marks"),
        ("website.value", "", "Give the address"),
        ("website.value", "javascript:alert(1)", "It must start with https"),
        ("website.value", "http://10.0.0.1/", "private network"),
        ("website.value", "http://localhost/", "not the address of a public site"),
        ("summary.value", "", "Say in a sentence"),
        ("summary.value", "word " * 5000, "are allowed. Shorten it."),
        ("categories.terms", [], "Choose at least one"),
        ("categories.terms", ["no_such_term"], "has no term"),
        ("name.url", ["http://127.0.0.1:8000/"], "private network"),
        ("name.url", ["https://user:word@example.org/"], "user name or password"),
        ("message", "", "Say why it belongs here"),
        ("message", "x" * 4001, "Shorten"),
        ("email", "", "Give your e-mail address"),
        ("email", "not an address", "Give your e-mail address"),
        ("email", f"{'x' * 250}@example.org", "Give your e-mail address"),
        ("consent", "", "Tick this box"),
        ("second_name", "Bot", "marked to be left empty"),
        ("opened", "forged", "in another way than on its page"),
    ],
)
def test_bad_input_is_named_and_everything_typed_is_still_there(
    client: Client, suggestion: dict[str, Any], part: str, value: Any, said: str
) -> None:
    answer = client.post("/suggest/", {**suggestion, part: value})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert said in page
    assert not Proposal.objects.exists()
    for kept, typed in suggestion.items():
        if kept not in {part, "opened", "categories.terms", "name.url", "name.label", "consent"}:
            assert str(typed) in page, kept
    assert 'href="#' in page


def test_hostile_html_is_refused_by_name_shown_as_text_and_nothing_is_stored(
    client: Client, suggestion: dict[str, Any]
) -> None:
    evil = '<p>Good</p><script>alert(1)</script><img src=x onerror=alert(1)><p onclick="x">'
    answer = client.post("/suggest/", {**suggestion, "summary.value": evil})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "the tag &lt;script&gt;" in page
    assert "&lt;p&gt;Good&lt;/p&gt;" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert not Proposal.objects.exists()


def test_a_name_stays_the_text_that_it_is(client: Client, suggestion: dict[str, Any]) -> None:
    client.post("/suggest/", {**suggestion, "name.value": "<b>Name</b>\u202egnp"})
    assert Proposal.objects.get().claims.get(field="name").value == "<b>Name</b>gnp"


def test_a_zero_character_is_taken_out(client: Client, suggestion: dict[str, Any]) -> None:
    client.post("/suggest/", {**suggestion, "name.value": "Open\x00 Examples", "message": "Why\x00 not"})
    assert Proposal.objects.get().name == "Open Examples"


def test_the_same_suggestion_twice_is_stored_once_and_its_mail_sent_again(
    client: Client, suggestion: dict[str, Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/suggest/", suggestion)
        again = client.post("/suggest/", suggestion)
    assert again.status_code == 200
    assert Proposal.objects.count() == 1
    assert len(mail.outbox) == 2


def test_a_member_who_sends_the_same_twice_is_led_to_the_first(
    client: Client, suggestion: dict[str, Any], member: User
) -> None:
    client.force_login(member)
    client.post("/suggest/", suggestion)
    again = client.post("/suggest/", {**suggestion, "different": "It is another one."})
    assert again.status_code == 409
    assert f"/proposals/{Proposal.objects.get().public_id}/" in again.content.decode()


def test_what_is_listed_already_is_pointed_out_before_anything_is_stored(
    client: Client, suggestion: dict[str, Any], rich: Infrastructure
) -> None:
    for same in ({"name.value": "example  ARCHIVE"}, {"website.value": "http://www.archive.example.org/start"}):
        answer = client.post("/suggest/", {**suggestion, **same})
        assert answer.status_code == 409
        assert f"/infrastructures/{rich.infrastructure_id}/" in answer.content.decode()
        assert "already listed" in answer.content.decode()
    assert not Proposal.objects.exists()
    different = {"name.value": "Example Archive", "different": "Another one, of the same name."}
    assert client.post("/suggest/", {**suggestion, **different}).status_code == 200
    assert "Another one" in Proposal.objects.get().comments.get().text


def test_what_is_suggested_already_is_pointed_out_while_typing(
    client: Client, suggestion: dict[str, Any], member: User
) -> None:
    client.force_login(member)
    client.post("/suggest/", suggestion)
    found = client.get("/suggest/alike/", {"name.value": "open examples", "website.value": ""})
    assert "already suggested" in found.content.decode()
    assert client.get("/suggest/alike/", {"name.value": "", "website.value": "http://["}).content.strip() == b""


def test_two_projects_on_one_platform_are_not_one(client: Client, suggestion: dict[str, Any], member: User) -> None:
    client.force_login(member)
    client.post("/suggest/", {**suggestion, "website.value": "https://git.example.org/one"})
    other = client.get("/suggest/alike/", {"name.value": "", "website.value": "https://git.example.org/two"})
    same = client.get("/suggest/alike/", {"name.value": "", "website.value": "https://git.example.org/one/"})
    assert b"Open Examples" not in other.content
    assert b"Open Examples" in same.content


def test_more_rows_of_evidence_keep_what_is_typed_and_store_nothing(client: Client, suggestion: dict[str, Any]) -> None:
    answer = client.post("/suggest/", {**suggestion, "add": "name"})
    assert answer.status_code == 200
    assert len(answer.context["evidence"].links) == 4
    assert "https://examples.example.org/about" in answer.content.decode()
    assert not Proposal.objects.exists()


def test_a_form_sent_faster_than_a_person_types_is_sent_again_by_a_press(
    client: Client, suggestion: dict[str, Any]
) -> None:
    quick = {**suggestion, "opened": stamp(0)}
    answer = client.post("/suggest/", quick)
    assert answer.status_code == 400
    assert quick["opened"] in answer.content.decode()
    assert client.post("/suggest/", {**suggestion, "opened": stamp(4)}).status_code == 200


def test_too_many_from_one_mailbox_are_told_when_to_come_back(client: Client, suggestion: dict[str, Any]) -> None:
    answers = [client.post("/suggest/", {**suggestion, "name.value": f"Open {number}"}) for number in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 3600
    assert "Open 5" in answers[-1].content.decode()
    assert Proposal.objects.count() == 5


def test_too_many_from_one_network_address_are_held_off_whatever_the_mailbox(
    client: Client, suggestion: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    sent = [
        client.post("/suggest/", {**suggestion, "name.value": f"Open {n}", "email": f"ada{n}@example.org"}).status_code
        for n in range(11)
    ]
    assert sent == [200] * 10 + [429]
    other = client.post("/suggest/", {**suggestion, "email": "bea@example.org"}, REMOTE_ADDR="198.51.100.7")
    assert other.status_code == 200
    assert "127.0.0.1" not in caplog.text
    assert "ada" not in caplog.text


def test_the_page_has_a_label_for_every_input(client: Client) -> None:
    page = client.get("/suggest/").content.decode()
    ids = set(re.findall(r'<(?:input|textarea|select)\b[^>]*?\bid="([^"]+)"', page))
    labelled = set(re.findall(r'<label[^>]*?\bfor="([^"]+)"', page))
    assert len(ids) > 10
    assert ids <= labelled
