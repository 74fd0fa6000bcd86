"""Claims: what is said of an infrastructure, by whom, on what evidence. Appended, never changed."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from infracommons.web.catalogue.models.infrastructure import Infrastructure


class AuthorKind(models.TextChoices):
    """In whose role a claim was made."""

    STEWARD = "steward", "the infrastructure's team"
    CURATOR = "curator", "a curator"
    HARVESTER = "harvester", "a program that read a source"


class ClaimChangedError(TypeError):
    """Something tried to change or delete a claim; append one that replaces it."""


class AppendOnly(models.QuerySet["Claim"]):
    """Claims that can be read and added to, whole sets at once too, but neither changed nor deleted."""

    def update(self, **kwargs: Any) -> int:  # noqa: ANN401 - Django's signature
        """Raise ClaimChangedError."""
        message = f"claims are never changed ({', '.join(kwargs)}): append ones that replace them"
        raise ClaimChangedError(message)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Raise ClaimChangedError."""
        message = "claims are never deleted: append ones that replace them"
        raise ClaimChangedError(message)


class Claim(models.Model):
    """One field of one infrastructure: `value` (JSON as the field's kind says) or `status`, with its evidence.

    `evidence` is [{"url": ..., "label": ...}]. `checked_on` is the day someone last held the value against its
    evidence; None says that nobody did.
    """

    infrastructure = models.ForeignKey(Infrastructure, models.PROTECT, related_name="claims")
    field = models.CharField(max_length=60)
    value = models.JSONField(null=True)
    status = models.CharField(max_length=20, blank=True)
    evidence = models.JSONField(default=list)
    author_kind = models.CharField(max_length=12, choices=AuthorKind)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="claims")
    source = models.CharField(max_length=300)
    checked_on = models.DateField(null=True)
    note = models.TextField(blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")
    at = models.DateTimeField(default=timezone.now)

    objects = AppendOnly.as_manager()

    class Meta:
        ordering = ("id",)
        indexes = (
            models.Index(fields=("infrastructure", "field", "id")),
            models.Index(fields=("infrastructure", "at")),
            models.Index(fields=("field",)),
        )

    def __str__(self) -> str:
        return f"{self.infrastructure_id}: {self.field}"

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        """Write a new claim; raise ClaimChangedError for one that exists."""
        if not self._state.adding:
            message = "a claim is never changed: append one that replaces it"
            raise ClaimChangedError(message)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:  # noqa: ANN401, ARG002
        """Raise ClaimChangedError: claims stay."""
        message = "a claim is never deleted: append one that replaces it"
        raise ClaimChangedError(message)
