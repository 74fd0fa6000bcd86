"""Forms that take what a passkey or security key answered, whatever is sent in its place."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as theirs
from cryptography.exceptions import InvalidSignature
from django import forms

P = ParamSpec("P")
R = TypeVar("R")

_LONGEST = 20_000  # characters; what a key answers has some hundreds to a few thousand
# How reading a structure fails that is not the one expected, in libraries that expect a browser to have made it.
_UNREADABLE = (AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError, InvalidSignature)


@contextmanager
def _refused_if_unreadable() -> Iterator[None]:
    try:
        yield
    except _UNREADABLE as error:
        raise get_adapter().validation_error("incorrect_code") from error


def _safely(clean: Callable[P, R]) -> Callable[P, R]:
    @wraps(clean)
    def safe(*args: P.args, **kwargs: P.kwargs) -> R:
        with _refused_if_unreadable():
            return clean(*args, **kwargs)

    return safe


class KeyAnswer(forms.JSONField):
    """What a key answered, as JSON of limited length that is an object."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:  # noqa: ANN401 - Django's
        """Return the object. Raises ValidationError for anything else."""
        with _refused_if_unreadable():
            if isinstance(value, str) and len(value) > _LONGEST:
                raise ValueError(len(value))
            answer = super().to_python(value)
            if answer not in self.empty_values and not isinstance(answer, dict):
                raise TypeError(type(answer))
            # A number that a float cannot hold becomes infinite, which no table takes.
            json.dumps(answer, allow_nan=False)
        return answer


class AddKey(theirs.AddWebAuthnForm):  # type: ignore[misc]  # allauth declares no types
    """A new key and its name."""

    name = forms.CharField(required=False, max_length=80, label="Name of the key")
    credential = KeyAnswer()
    passwordless = forms.BooleanField(
        required=False,
        label="Sign in with this key alone",
        help_text="Then no password is asked for; the key itself asks for a PIN, a finger or a face.",
    )
    clean = _safely(theirs.AddWebAuthnForm.clean)


class RenameKey(theirs.EditWebAuthnForm):  # type: ignore[misc]  # allauth declares no types
    """Another name for a key."""

    name = forms.CharField(max_length=80, label="Name of the key")


class SecondFactorByKey(theirs.AuthenticateWebAuthnForm):  # type: ignore[misc]  # allauth declares no types
    """A key as the second factor."""

    credential = KeyAnswer()
    clean_credential = _safely(theirs.AuthenticateWebAuthnForm.clean_credential)


class SignInByKey(theirs.LoginWebAuthnForm):  # type: ignore[misc]  # allauth declares no types
    """A key alone."""

    credential = KeyAnswer()
    clean_credential = _safely(theirs.LoginWebAuthnForm.clean_credential)


class ConfirmByKey(theirs.ReauthenticateWebAuthnForm):  # type: ignore[misc]  # allauth declares no types
    """A key that shows again who one is."""

    credential = KeyAnswer()
    clean_credential = _safely(theirs.ReauthenticateWebAuthnForm.clean_credential)
