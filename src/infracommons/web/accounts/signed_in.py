"""Gives views behind a guard the signed-in person."""

from django.http import HttpRequest

from infracommons.web.accounts.models import User


def person_of(request: HttpRequest) -> User:
    """Return who is signed in; only for views that let nobody else in."""
    assert isinstance(request.user, User)  # noqa: S101 - the guards of these views let no visitor in
    return request.user
