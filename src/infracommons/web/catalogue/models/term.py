"""Terms of the vocabularies, which curators rename, merge and retire; codes in claims stay as they were."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class TermState(models.TextChoices):
    """Whether a term may still be chosen."""

    ACTIVE = "active", "in use"
    RETIRED = "retired", "retired"
    MERGED = "merged", "merged into another"


class Term(models.Model):
    """One term. A retired or merged one leads to its `successor`; following successors never comes back."""

    vocabulary = models.CharField(max_length=60)
    code = models.CharField(max_length=120)
    label = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    provides = models.CharField(max_length=30, blank=True)
    also = models.JSONField(default=list)
    same_as = models.CharField(max_length=500, blank=True)
    infrastructure_slug = models.CharField(max_length=200, blank=True)
    position = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=TermState, default=TermState.ACTIVE)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")

    class Meta:
        ordering = ("vocabulary", "position", "label")
        constraints = (models.UniqueConstraint(fields=("vocabulary", "code"), name="one_term_a_code"),)

    def __str__(self) -> str:
        return self.label


class TermEvent(models.Model):
    """What a curator did to a term, and why."""

    term = models.ForeignKey(Term, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=20)  # added, renamed, merged, retired, restored, described
    detail = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
