"""Releases that somebody asked the site to build: who, when, how far, and what came of it."""

from django.db import models
from django.utils import timezone

from infracommons.web.accounts.models import User


class BuildState(models.TextChoices):
    """How far a build is; only one may be waiting or running at a time."""

    WAITING = "waiting", "waiting to begin"
    RUNNING = "running", "running"
    DONE = "done", "done"
    FAILED = "failed", "failed"
    CANCELLED = "cancelled", "cancelled"


OPEN = (BuildState.WAITING, BuildState.RUNNING)


class ReleaseBuild(models.Model):
    """One build of a release, from the request to its end. `beat_at` moves while its process is alive."""

    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="release_builds")
    at = models.DateTimeField(default=timezone.now, editable=False)
    state = models.CharField(max_length=20, choices=BuildState.choices, default=BuildState.WAITING)
    is_cancelling = models.BooleanField(default=False)
    began_at = models.DateTimeField(null=True, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    steps = models.JSONField(default=list)  # {"step": words, "done": records}, in order
    decisions = models.IntegerField("decisions handed over", null=True, blank=True)
    before_id = models.CharField("release before", max_length=60, blank=True)
    after_id = models.CharField("release made", max_length=60, blank=True)
    counts = models.JSONField(default=dict)  # of the release made: counts, totals_usd, warnings
    counts_before = models.JSONField(default=dict)
    problem = models.TextField(blank=True)

    class Meta:
        """The newest first; one at a time is open."""

        ordering = ("-id",)
        verbose_name_plural = "builds of releases"
        constraints = (
            models.UniqueConstraint(
                models.Value(1), condition=models.Q(state__in=OPEN), name="funding_release_build_one_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"build {self.pk}: {self.state}"

    @property
    def is_open(self) -> bool:
        """Whether it waits or runs."""
        return self.state in OPEN
