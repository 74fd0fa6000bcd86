"""Addresses in claims and how they answered, and the public log of what upkeep found."""

from django.db import models
from django.utils import timezone

from infracommons.web.catalogue.models.claim import Claim
from infracommons.web.catalogue.models.infrastructure import Infrastructure


class LinkOutcome(models.TextChoices):
    """How an address answered."""

    UNCHECKED = "unchecked", "not checked yet"
    OK = "ok", "answers"
    MOVED = "moved", "leads elsewhere for good"
    BROKEN = "broken", "does not answer"
    REFUSED = "refused", "refuses programs"
    NOT_PUBLIC = "not_public", "is not a public web address"


class Link(models.Model):
    """One address that some current claim names."""

    key = models.CharField(max_length=64, unique=True)  # SHA-256 of the address, which is too long for an index
    url = models.CharField(max_length=2000)
    outcome = models.CharField(max_length=12, choices=LinkOutcome, default=LinkOutcome.UNCHECKED)
    failures = models.PositiveIntegerField(default=0)  # in a row
    checked_at = models.DateTimeField(null=True, db_index=True)
    is_used = models.BooleanField(default=True)


class LinkCheck(models.Model):
    """One visit to an address."""

    link = models.ForeignKey(Link, models.CASCADE, related_name="checks")
    at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=12, choices=LinkOutcome)
    http_status = models.PositiveIntegerField(null=True)
    detail = models.CharField(max_length=300, blank=True)


class UpkeepEvent(models.Model):
    """One line of the public log: a value grew stale, its team was asked, it became uncertain, a link broke."""

    infrastructure = models.ForeignKey(Infrastructure, models.CASCADE, related_name="upkeep_events")
    field = models.CharField(max_length=60)
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, related_name="upkeep_events")
    link = models.ForeignKey(Link, models.PROTECT, null=True, related_name="upkeep_events")  # of link_... kinds
    kind = models.CharField(max_length=14)  # stale, asked, uncertain, renewed, link_broken, link_mended
    detail = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("claim", "kind"),
                condition=models.Q(kind__in=("stale", "asked", "uncertain")),
                name="one_event_a_claim_and_kind",
            ),
        )
