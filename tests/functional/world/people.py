"""Invented people of each role, their sessions, and the links that mails would bring them."""

import time
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.internal.userkit import user_id_to_str
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse
from tests.functional.world.keys import add_key
from tests.functional.world.known import APP_SECRET, PHRASE

from infracommons.web.accounts import actions
from infracommons.web.accounts.models import Role, User

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
_A_DAY = 86_400
# Who they are: short name -> shown name, role. Each has the address <short name>@example.org.
WHO = {
    "ada": ("Ada Example", Role.MEMBER),
    "sam": ("Sam Example", Role.MEMBER),  # steward of Example Archive
    "rae": ("Rae Example", Role.MEMBER),  # steward whose proposal was sent back
    "kay": ("Kay Example", Role.MEMBER),  # steward who uses the keyboard alone
    "noa": ("Noa Example", Role.MEMBER),  # steward whose browser runs no scripts
    "tom": ("Tom Example", Role.MEMBER),  # has an authenticator app
    "eve": ("", Role.MEMBER),  # has no name and a new address on its way
    "otto": ("Otto Example", Role.MEMBER),  # has no password
    "pia": ("Pia Example", Role.MEMBER),  # adds a passkey and an app
    "cleo": ("Cleo Example", Role.CURATOR),
    "bea": ("Bea Example", Role.ADMINISTRATOR),
}


def make_people() -> dict[str, User]:
    """Store the people and return them by their short names."""
    password = make_password(PHRASE)  # once: it takes its time
    people = {short: _person(short, name, role, password) for short, (name, role) in WHO.items()}
    User.objects.filter(pk=people["otto"].pk).update(password=make_password(None))
    people["otto"].refresh_from_db()
    TOTP.activate(people["tom"], APP_SECRET)
    RecoveryCodes.activate(people["tom"])
    EmailAddress.objects.create(user=people["eve"], email="eve.new@example.org", primary=False, verified=False)
    SocialAccount.objects.create(user=people["ada"], provider="oidc", uid="ada")
    actions.change_role(by=people["bea"], person=people["rae"], role=Role.CURATOR)
    actions.change_role(by=people["bea"], person=people["rae"], role=Role.MEMBER)
    return people


def _person(short: str, name: str, role: str, password: str) -> User:
    email = f"{short}@example.org"
    user = User.objects.create(email=email, password=password, name=name, role=role, shows_name=bool(name))
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


def sessions(people: dict[str, User]) -> dict[str, str]:
    """Return the session cookie of each person, who signed in just now, and of two in other states.

    `long ago` is Tom's of an hour ago, who has to prove again who he is; `newcomer` comes from another service.
    """
    kept = {short: _session(user, time.time() + _A_DAY) for short, user in people.items()}
    return kept | {"long ago": _session(people["tom"], time.time() - 3600), "newcomer": _newcomer()}


def _session(user: User, at: float) -> str:
    method = {"method": "password", "at": at, "email": user.email, "reauthenticated": True}
    return _stored(
        {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: _BACKEND,
            HASH_SESSION_KEY: user.get_session_auth_hash(),
            "account_authentication_methods": [method],
            "account_authentication_methods_user": user_id_to_str(user),
        }
    )


def _newcomer() -> str:
    login = SocialLogin(
        provider=get_adapter().get_provider(None, "oidc"),
        user=User(email="nia@example.org", name="Nia Example"),
        account=SocialAccount(provider="oidc", uid="nia", extra_data={}),
        email_addresses=[EmailAddress(email="nia@example.org", verified=True, primary=True)],
    )
    login.state = {}
    return _stored({"socialaccount_sociallogin": login.serialize()})


def _stored(data: dict[str, Any]) -> str:
    session = SessionStore()
    session.update(data)
    session.create()
    assert session.session_key is not None
    return session.session_key


def links(people: dict[str, User]) -> dict[str, str]:
    """Return the paths of pages of one person, or that a mail leads to."""
    waiting = EmailAddress.objects.get(user=people["eve"], verified=False)
    key = f"{user_pk_to_url_str(people['sam'])}-{default_token_generator.make_token(people['sam'])}"
    return {
        "key": add_key(people["tom"]),
        "confirm_email": reverse("account_confirm_email", args=[EmailConfirmationHMAC(waiting).key]),
        "reset_password": reverse("account_reset_password_from_key", args=key.split("-", 1)),
        "person": reverse("person", args=[people["rae"].pk]),
    }
