"""People who have an account, and the log of who changed whose role."""

import unicodedata
from typing import Any, ClassVar

import rules
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

FORMER_MEMBER = "former member"
MAX_EMAIL = 254  # characters; RFC 5321
CLOSED_DOMAIN = "closed.invalid"  # RFC 2606: no mail can ever reach it


class Role(models.TextChoices):
    """What a person may do everywhere; who stewards which infrastructure is the catalogue's to say."""

    MEMBER = "member", "Member"
    CURATOR = "curator", "Curator"
    ADMINISTRATOR = "administrator", "Administrator"


def normal_email(email: str) -> str:
    """Return the address as it is stored and looked up: composed (NFC), lower case, no space around it."""
    return unicodedata.normalize("NFC", email.strip().lower())


class UserManager(BaseUserManager["User"]):
    """Makes and finds people by e-mail address."""

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """Return the address as it is stored."""
        return normal_email(email or "")

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":  # noqa: ANN401 - Django's
        """Store and return a new person; without a password nobody can sign in by one."""
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":  # noqa: ANN401
        """Store and return a new administrator, for Django's own command of that name."""
        return self.create_user(email, password, **{**fields, "role": Role.ADMINISTRATOR})

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the person with this address, however it is written."""
        return self.get(email=normal_email(username or ""))


class User(AbstractBaseUser):
    """A person with an account.

    Holds no more of a person than signing in and naming an author need. `last_login` stays, because a link that
    resets a password dies with the next sign-in by it.
    """

    email = models.EmailField("e-mail address", max_length=MAX_EMAIL, unique=True)
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.MEMBER)
    shows_name = models.BooleanField("show my name beside what I claim", default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    agreed_at = models.DateTimeField("agreed to the terms at", null=True, blank=True, editable=False)
    agreed_version = models.CharField("version of the terms", max_length=40, blank=True, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        """Ordered by when they joined, so that pages of people never shuffle."""

        ordering = ("joined_at", "id")
        constraints = (
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="accounts_user_role_is_known"),
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="accounts_user_email_is_lower_case"),
        )

    def __str__(self) -> str:
        return f"person {self.pk}"  # never the address: this is what lands in logs and error pages

    def clean(self) -> None:
        """Put the address in its stored form."""
        super().clean()
        self.email = normal_email(self.email)

    def save(self, **options: Any) -> None:  # noqa: ANN401 - Django's; positional is deprecated
        """Store the person with the address in its normal form."""
        self.email = normal_email(self.email)
        super().save(**options)

    @property
    def shown_name(self) -> str:
        """What stands beside this person's claims: the name where they agreed to it, else the role in words."""
        if self.closed_at is not None:
            return FORMER_MEMBER
        return self.name if self.shows_name and self.name else self.get_role_display().lower()

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Say whether the permission matrix allows this; nobody is above it."""
        return self.is_active and rules.has_perm(perm, self, obj)

    def has_perms(self, perm_list: list[str], obj: object = None) -> bool:
        """Say whether the permission matrix allows all of these."""
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        """Say whether the permission matrix allows anything of this app."""
        return self.is_active and rules.has_perm(app_label, self)


class RoleChange(models.Model):
    """One change of one person's role; rows are only ever added."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_changes")
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    old = models.CharField(max_length=20, choices=Role.choices)
    new = models.CharField(max_length=20, choices=Role.choices)

    class Meta:
        """Newest first."""

        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"person {self.person_id}: {self.old} to {self.new}"

    @classmethod
    def of(cls, person: User) -> "models.QuerySet[RoleChange]":
        """Return the changes of one person's role, with who made them."""
        return cls._default_manager.filter(person=person).select_related("by")
