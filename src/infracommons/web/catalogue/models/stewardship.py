"""Who speaks for an infrastructure: asked for, granted or refused with a reason, ended."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from infracommons.web.catalogue.models.infrastructure import Infrastructure


class StewardshipState(models.TextChoices):
    """How far the wish to speak for an infrastructure has come."""

    ASKED = "asked", "asked for"
    GRANTED = "granted", "granted"
    REFUSED = "refused", "refused"
    ENDED = "ended", "ended"


class Stewardship(models.Model):
    """A person who asked to speak for an infrastructure, and what was decided."""

    infrastructure = models.ForeignKey(Infrastructure, models.CASCADE, related_name="stewardships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="stewardships")
    state = models.CharField(max_length=10, choices=StewardshipState, default=StewardshipState.ASKED)
    grounds = models.TextField()  # how the person belongs to the team
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("infrastructure", "person"),
                condition=models.Q(state__in=("asked", "granted")),
                name="one_open_stewardship",
            ),
        )
