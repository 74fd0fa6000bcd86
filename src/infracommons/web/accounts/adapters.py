"""What we decide of how allauth works: its words, what it logs, what it takes over from other services."""

import logging
import unicodedata
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, transaction
from django.forms import BaseForm
from django.http import Http404, HttpRequest

from infracommons.web.accounts.models import MAX_EMAIL, User
from infracommons.web.accounts.names import clean_name

_log = logging.getLogger(__name__)
validate_length = MaxLengthValidator(MAX_EMAIL)


def addressed_as(user: User) -> str:
    """Return what mails and pages call a person to themselves."""
    return user.name or user.email


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth declares no types
    """Says errors in our words, and logs failures without saying whose."""

    error_messages = {  # noqa: RUF012 - as the base class has it
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is closed.",
        "duplicate_email": "This is your e-mail address already.",
        "email_password_mismatch": "The e-mail address and the password do not belong together. Try again, or have a "
        "sign-in code sent to you.",
        "incorrect_code": "This is not the code, or it is no longer valid. Enter the newest one.",
        "incorrect_password": "This is not your password.",
        "invalid_password_reset": "This link was used already or is too old. Ask for a new one.",
        "rate_limited": "Too many tries in a short time. Wait a few minutes and try again.",
        "too_many_login_attempts": "Too many tries in a short time. Wait a few minutes and try again.",
        "same_as_current": "This is the same as before.",
    }

    def clean_email(self, email: str) -> str:
        """Return the address in the one form that is stored. Raises ValidationError for one that is too long."""
        stored = unicodedata.normalize("NFC", super().clean_email(email))
        validate_length(stored)
        return stored

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:  # noqa: FBT001, FBT002 - allauth's
        """Store the new person; of two same forms sent at once, the second hears what the first hears."""
        try:
            with transaction.atomic():
                saved: User = super().save_user(request, user, form, commit)
        except IntegrityError:
            raise ImmediateHttpResponse(self.respond_email_verification_sent(request, user)) from None
        return saved

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ANN401, ARG002
        """Log that a password was wrong, not whose: an operator sees an attack, a thief of logs sees nobody."""
        _log.info("a sign-in by password failed")


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth declares no types
    """Says errors in our words, and names keys and the site plainly."""

    error_messages = {  # noqa: RUF012 - as the base class has it
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "This is not the code, or the key did not answer as it should. Try again.",
        "cannot_generate_recovery_codes": "Set up an app or a key first; recovery codes stand in for those.",
        "unverified_email": "Confirm your e-mail address first.",
    }

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 - allauth's
        """Return a name for a new key that nobody named."""
        return f"Key {Authenticator.objects.filter(user=user, type=type).count() + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return what browsers show of this site when they ask for a key."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Infracommons"}


class OutsideAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth declares no types
    """Signing in by another service: 404 for one that is not set up, and what it tells of a person."""

    error_messages = {  # noqa: RUF012 - as the base class has it
        **DefaultSocialAccountAdapter.error_messages,
        "disconnect_last": "This is your only way to sign in. Set a password first.",
        "no_password": "This is your only way to sign in. Set a password first.",
    }

    def get_app(self, request: HttpRequest, provider: str, client_id: str | None = None) -> SocialApp:
        """Return the service of this name. Raises Http404 where the site has none."""
        try:
            return super().get_app(request, provider=provider, client_id=client_id)
        except SocialApp.DoesNotExist as error:
            message = "Signing in by this service is not set up here."
            raise Http404(message) from error

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """Return the new person with the name that the service tells."""
        user: User = super().populate_user(request, sociallogin, data)
        parts = (data.get("first_name"), data.get("last_name"))
        user.name = clean_name(data.get("name") or " ".join(filter(None, parts)))
        return user

    def get_signup_form_initial_data(self, sociallogin: SocialLogin) -> dict[str, Any]:
        """Return what the form that completes the account starts with."""
        return {**super().get_signup_form_initial_data(sociallogin), "name": sociallogin.user.name}
