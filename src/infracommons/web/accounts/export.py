"""Everything that the site keeps of a person, as they take it away."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from infracommons.web.accounts.belongings import belongings
from infracommons.web.accounts.models import User


def export(person: User) -> dict[str, Any]:
    """Return what is kept of the person and by them, by name; of secrets only that they exist. Times are UTC."""
    return {
        "account": _account(person),
        "email_addresses": list(
            EmailAddress.objects.filter(user=person).order_by("pk").values("email", "verified", "primary")
        ),
        "sign_in_services": list(
            SocialAccount.objects.filter(user=person)
            .order_by("pk")
            .values("provider", "uid", "date_joined", "last_login", "extra_data")
        ),
        "second_factors": list(
            Authenticator.objects.filter(user=person).order_by("pk").values("type", "created_at", "last_used_at")
        ),
        "records": {belonging.name: list(belonging.facts()) for belonging in belongings(person)},
    }


def _account(person: User) -> dict[str, Any]:
    columns = (
        "id email name shows_name role is_active joined_at last_login agreed_at agreed_version has_usable_password"
    ).split()
    values = {column: getattr(person, column) for column in columns}
    return {**values, "has_usable_password": person.has_usable_password()}
