"""What changes people's accounts: roles, closing, the first administrator."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from infracommons.web.accounts.belongings import belongings
from infracommons.web.accounts.models import CLOSED_DOMAIN, Role, RoleChange, User

account_closing = Signal()
"""Sent with `person`, in the transaction that closes the account, while address and name are still there.

For what no foreign key shows, such as an address in a queue of mails.
"""


class LastAdministratorError(ValueError):
    """The site would be left without an administrator."""

    def __init__(self) -> None:
        super().__init__("This is the last administrator. Make another person administrator first.")


@transaction.atomic
def change_role(*, by: User | None, person: User, role: Role) -> RoleChange | None:
    """Give the person the role and log it; None where they have it already. `by` is None from the command line.

    Raises LastAdministratorError where nobody else is administrator.
    """
    administrators = _locked_administrators()
    person.refresh_from_db(fields=["role", "is_active"])
    old = Role(person.role)
    if old is role:
        return None
    if administrators == [person.pk]:
        raise LastAdministratorError
    person.role = role
    person.save(update_fields=["role"])
    return RoleChange.objects.create(person=person, by=by, old=old, new=role)


@transaction.atomic
def close_account(person: User) -> None:
    """Forget the person: what is theirs alone goes, what they contributed stays, by a former member.

    Raises LastAdministratorError where nobody else is administrator.
    """
    if _locked_administrators() == [person.pk]:
        raise LastAdministratorError
    account_closing.send(sender=User, person=person)
    for belonging in (*belongings(person), *belongings(person, of_sign_in=True)):
        if belonging.goes:
            belonging.rows.delete()
    person.email, person.name = f"closed-{person.pk}@{CLOSED_DOMAIN}", ""
    person.shows_name, person.is_active = False, False
    person.role, person.last_login, person.closed_at = Role.MEMBER, None, timezone.now()
    person.set_unusable_password()
    person.save()


@transaction.atomic
def make_administrator(email: str) -> tuple[User, bool]:
    """Make the person with this address administrator, after making an account where there is none.

    Returns the person and whether the account is new. A new one has no password: its owner signs in by a code sent by
    mail, or sets a password by "forgot".
    """
    person = User.objects.filter(email=User.objects.normalize_email(email)).first()
    new = person is None
    if person is None:
        person = User(email=email)
        person.set_unusable_password()
        person.full_clean(exclude=["password"])
        person.save()
        EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    change_role(by=None, person=person, role=Role.ADMINISTRATOR)
    return person, new


def _locked_administrators() -> list[int]:
    """Return the keys of the active administrators, which nobody else may change until this transaction ends."""
    active = User.objects.select_for_update().filter(role=Role.ADMINISTRATOR, is_active=True)
    return list(active.values_list("pk", flat=True))
