"""Who may do what: the whole matrix of roles and actions, and the one question that everything asks of it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

import rules
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from infracommons.web.accounts.models import User
from infracommons.web.accounts.to_sign_in import to_sign_in

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

ROLES = ("visitor", "member", "steward", "curator", "administrator")

# `own`: only what the person made themselves, which a visitor proves by the link that they were sent.
# The steward's column is of one infrastructure and comes on top of the person's own column.
_MATRIX = """
action              visitor  member  steward  curator  administrator  in words

see_public          yes      yes     yes      yes      yes            see what is public
see_private_values  no       no      yes      yes      yes            see values that are not public
suggest             yes      yes     yes      yes      yes            suggest an infrastructure
correct             yes      yes     yes      yes      yes            propose a correction
ask_to_steward      no       yes     yes      yes      yes            ask to steward an infrastructure
draft_profile       no       no      yes      yes      yes            draft a whole profile
see_proposal        own      own     yes      yes      yes            see a proposal
comment             own      own     yes      yes      yes            comment on a proposal
withdraw_own        own      own     own      own      own            withdraw a proposal
review              no       no      no       yes      yes            review proposals
decide_stewards     no       no      no       yes      yes            decide who stewards an infrastructure
edit_terms          no       no      no       yes      yes            edit the terms of vocabularies
list_and_withdraw   no       no      no       yes      yes            list an infrastructure or withdraw it
see_desk            no       no      no       yes      yes            see the curators' desk
review_awards       no       no       no       yes      yes            review what machines found in awards
build_release       no       no       no       no       yes            build a release
see_people          no       no      no       no       yes            see who has an account
change_roles        no       no      no       no       yes            change people's roles
dispute             no       yes     yes      yes      yes            dispute a claim
follow              no       yes     yes      yes      yes            follow a profile or a search
"""


@dataclass(frozen=True, slots=True)
class Action:
    """One row of the matrix: what each role may, `yes`, `own` or `no`, and the action in words."""

    words: str
    cells: dict[str, str]

    def allows(self, role: str, *, is_own: bool) -> bool:
        """Say whether this role may."""
        return self.cells[role] == "yes" or (is_own and self.cells[role] == "own")


@dataclass(frozen=True, slots=True)
class Standing:
    """How a person stands to one thing: whether they steward its infrastructure, whether they made it."""

    is_steward: bool = False
    is_own: bool = False


def _read(line: str) -> tuple[str, Action]:
    name, *rest = line.split(maxsplit=len(ROLES) + 1)
    *cells, words = rest
    return name, Action(words, dict(zip(ROLES, cells, strict=True)))


ACTIONS: dict[str, Action] = dict(map(_read, _MATRIX.strip().splitlines()[2:]))


def role_of(user: User | AnonymousUser | None) -> str:
    """Return the column of the matrix this person has everywhere; a closed account is a visitor."""
    return str(user.role) if isinstance(user, User) and user.is_active else "visitor"


def may(user: User | AnonymousUser | None, action: str, *, is_steward: bool = False, is_own: bool = False) -> bool:
    """Say whether this person may do this to a thing they so stand to.

    Nobody stewards without an account. Raises KeyError for an action that the matrix does not have.
    """
    row, role = ACTIONS[action], role_of(user)
    if row.allows(role, is_own=is_own):
        return True
    return is_steward and role != "visitor" and row.allows("steward", is_own=is_own)


def refusal(action: str) -> str:
    """Return the sentence for a person who may not: who may, and what."""
    row = ACTIONS[action]
    able = [f"{role}s" for role in ROLES[1:] if row.cells[role] == "yes"] or ["those who made it"]
    listed = " and ".join(filter(None, (", ".join(able[:-1]), able[-1])))
    return f"Only {listed} may {row.words}."


def requires(action: str, standing: Callable[..., Standing] | None = None) -> Callable[[View], View]:
    """Guard a view: a visitor who may not is sent to sign in and comes back, anyone else gets a 403 that says why.

    `standing` takes what the view takes, and says how the person stands to what that names.
    Raises KeyError at import for an action that the matrix does not have.
    """
    said = refusal(action)

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401 - the view's
            mine = standing(request, *args, **kwargs) if standing else Standing()
            if may(request.user, action, is_steward=mine.is_steward, is_own=mine.is_own):
                return view(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return to_sign_in(request)
            raise PermissionDenied(said)

        return cast("View", guarded)

    return guard


def register() -> None:
    """Make each action the permission `catalogue.<action>`, so that templates and `has_perm` ask the same matrix."""
    for action in ACTIONS:
        rules.set_perm(f"catalogue.{action}", _predicate(action))


def _predicate(action: str) -> rules.predicates.Predicate:
    def allowed(user: User | AnonymousUser, standing: Standing | None) -> bool:
        mine = standing or Standing()
        return may(user, action, is_steward=mine.is_steward, is_own=mine.is_own)

    return rules.predicate(allowed, name=action)
