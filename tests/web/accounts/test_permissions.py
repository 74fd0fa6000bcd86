from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import RequestFactory
from django_htmx.middleware import HtmxMiddleware

from infracommons.web.accounts.models import User
from infracommons.web.accounts.permissions import ACTIONS, ROLES, Standing, may, refusal, requires

# Written apart from the matrix: per action, who may (each of v, m, s, c, a), and who may with their own only.
EXPECTED = {
    "see_public": ("vmsca", ""),
    "see_private_values": ("sca", ""),
    "suggest": ("vmsca", ""),
    "correct": ("vmsca", ""),
    "ask_to_steward": ("msca", ""),
    "draft_profile": ("sca", ""),
    "see_proposal": ("sca", "vm"),
    "comment": ("sca", "vm"),
    "withdraw_own": ("", "vmsca"),
    "review": ("ca", ""),
    "decide_stewards": ("ca", ""),
    "edit_terms": ("ca", ""),
    "list_and_withdraw": ("ca", ""),
    "see_desk": ("ca", ""),
    "review_awards": ("ca", ""),
    "build_release": ("a", ""),
    "see_people": ("a", ""),
    "change_roles": ("a", ""),
    "dispute": ("msca", ""),
    "follow": ("msca", ""),
}
CELLS = [(action, role) for action in EXPECTED for role in ROLES]


def who(role: str) -> tuple[Any, bool]:
    """Return a person of this column of the matrix, and whether they steward the thing."""
    if role == "visitor":
        return AnonymousUser(), False
    return User(role="member" if role == "steward" else role), role == "steward"


def test_the_matrix_has_the_actions_that_were_agreed_and_no_others() -> None:
    assert set(ACTIONS) == set(EXPECTED)
    assert all(set(row.cells.values()) <= {"yes", "own", "no"} for row in ACTIONS.values())


@pytest.mark.parametrize(("action", "role"), CELLS)
def test_each_cell_allows_what_was_agreed(action: str, role: str) -> None:
    user, is_steward = who(role)
    always, own = EXPECTED[action]
    assert may(user, action, is_steward=is_steward) is (role[0] in always)
    assert may(user, action, is_steward=is_steward, is_own=True) is (role[0] in always + own)


@pytest.mark.parametrize(("action", "role"), CELLS)
def test_django_and_templates_ask_the_same_matrix(action: str, role: str) -> None:
    user, is_steward = who(role)
    for is_own in (False, True):
        standing = Standing(is_steward=is_steward, is_own=is_own)
        allowed = may(user, action, is_steward=is_steward, is_own=is_own)
        assert user.has_perm(f"catalogue.{action}", standing) is allowed


def test_templates_ask_by_perms(client: object, db: None) -> None:  # noqa: ARG001
    from django.contrib.auth.context_processors import auth  # noqa: PLC0415 - needs the registry

    request = RequestFactory().get("/")
    request.user = User(role="curator")
    said = Template("{{ perms.catalogue.review }} {{ perms.catalogue.change_roles }}").render(Context(auth(request)))
    assert said == "True False"


def test_a_closed_account_is_a_visitor() -> None:
    closed = User(role="administrator", is_active=False)
    assert not may(closed, "see_people")
    assert not may(closed, "draft_profile", is_steward=True)
    assert not closed.has_perm("catalogue.see_people")
    assert may(closed, "see_public")


def test_nobody_stewards_without_an_account() -> None:
    assert not may(AnonymousUser(), "draft_profile", is_steward=True)
    assert not may(None, "draft_profile", is_steward=True)


def test_an_action_that_the_matrix_does_not_have_is_an_error_and_no_permission() -> None:
    with pytest.raises(KeyError):
        may(User(role="administrator"), "fly")
    with pytest.raises(KeyError):
        requires("fly")
    assert not User(role="administrator").has_perm("catalogue.fly")


@requires("review")
def desk(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    return HttpResponse("the desk")


def _asked(user: User | AnonymousUser, method: str = "GET", **headers: str) -> Any:
    request = RequestFactory().generic(method, "/desk/?kind=new", headers=headers)
    request.user = user
    HtmxMiddleware(lambda _: HttpResponse())(request)
    return request


def test_a_view_is_shown_to_who_may() -> None:
    assert desk(_asked(User(role="curator"))).content == b"the desk"


def test_a_visitor_is_sent_to_sign_in_and_comes_back_with_the_whole_address() -> None:
    answer = desk(_asked(AnonymousUser()))
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/account/login/?next=/desk/%3Fkind%3Dnew"


def test_a_visitor_who_sends_a_form_comes_back_to_the_page_that_it_is_on() -> None:
    answer = desk(_asked(AnonymousUser(), "POST", referer="http://testserver/profile/arxiv/?as_of=2020-01-01"))
    assert answer.headers["Location"] == "/account/login/?next=/profile/arxiv/%3Fas_of%3D2020-01-01"
    for foreign in ("https://evil.example/profile/", "//evil.example/", "javascript:alert(1)", ""):
        answer = desk(_asked(AnonymousUser(), "POST", referer=foreign))
        assert answer.headers["Location"] == "/account/login/?next=/", foreign


def test_htmx_is_told_to_load_the_sign_in_page_as_a_whole() -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/profile/arxiv/"}
    answer = desk(_asked(AnonymousUser(), **headers))
    assert answer.headers["HX-Redirect"] == "/account/login/?next=/profile/arxiv/"


def test_anyone_else_is_told_who_may() -> None:
    with pytest.raises(PermissionDenied, match=r"^Only curators and administrators may review proposals\.$"):
        desk(_asked(User(role="member")))


def test_a_view_may_say_how_the_person_stands_to_what_it_shows() -> None:
    @requires("see_proposal", lambda request, number: Standing(is_own=number == request.user.pk))
    def proposal(request: HttpRequest, number: int) -> HttpResponse:  # noqa: ARG001
        return HttpResponse("the proposal")

    member = User(pk=3, role="member")
    assert proposal(_asked(member), 3).content == b"the proposal"
    with pytest.raises(PermissionDenied):
        proposal(_asked(member), 4)


def test_a_refusal_names_who_may() -> None:
    assert refusal("follow") == "Only members, stewards, curators and administrators may follow a profile or a search."
    assert refusal("change_roles") == "Only administrators may change people's roles."
    assert refusal("withdraw_own") == "Only those who made it may withdraw a proposal."
