"""How a person can sign in, and what protects that, as their page shows it."""

from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.http import Http404

from infracommons.web.accounts.models import User


@dataclass(frozen=True, slots=True)
class SignInWays:
    """What there is: a password, other services, an authenticator app, keys and passkeys, unused recovery codes."""

    has_password: bool
    services: list[str]
    has_app: bool
    keys: int
    recovery_codes: int

    @property
    def has_second_factor(self) -> bool:
        """Whether signing in by password asks for something more."""
        return self.has_app or self.keys > 0


def sign_in_ways(person: User) -> SignInWays:
    """Return how this person can sign in."""
    factors: list[Any] = list(Authenticator.objects.filter(user=person))
    kinds = [factor.type for factor in factors]
    codes = next((factor for factor in factors if factor.type == Authenticator.Type.RECOVERY_CODES), None)
    return SignInWays(
        has_password=person.has_usable_password(),
        services=[service_of(account) for account in SocialAccount.objects.filter(user=person).order_by("pk")],
        has_app=Authenticator.Type.TOTP in kinds,
        keys=kinds.count(Authenticator.Type.WEBAUTHN),
        recovery_codes=len(codes.wrap().get_unused_codes()) if codes else 0,
    )


def service_of(account: SocialAccount) -> str:
    """Return the name of the service that the account is with, also where it is no longer set up here."""
    try:
        return service_name(account.get_provider())
    except Http404:
        return f"{account.provider}, no longer offered here"


def service_name(provider: Any) -> str:  # noqa: ANN401 - allauth declares no types
    """Return the name that the site gives the service, else the library's."""
    return str(getattr(provider.app, "name", "") or provider.name)
