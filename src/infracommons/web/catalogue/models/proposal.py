"""Proposals: claims on their way through review, with everything that was typed and everything that was decided."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from infracommons.web.catalogue.models.claim import Claim
from infracommons.web.catalogue.models.infrastructure import Infrastructure


class ProposalKind(models.TextChoices):
    """Who proposes, and what."""

    SUGGESTION = "suggestion", "a new infrastructure"
    CORRECTION = "correction", "a correction"
    PROFILE = "profile", "changes by the infrastructure's team"


class Verdict(models.TextChoices):
    """What a curator decided on one proposed claim."""

    OPEN = "open", "not decided"
    ACCEPTED = "accepted", "accepted"
    REJECTED = "rejected", "rejected"


class Proposal(models.Model):
    """A set of proposed claims. Its states and transitions are in `claims.workflow`.

    `typed` is what the form held, as typed, {field code: {part: text or list}}: a draft that survives everything.
    `base_version` is the infrastructure's version the proposer saw. `email` is a visitor's, never shown, emptied when
    the proposal is closed.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    kind = models.CharField(max_length=12, choices=ProposalKind)
    state = models.CharField(max_length=20, default="draft")
    infrastructure = models.ForeignKey(Infrastructure, models.CASCADE, null=True, related_name="proposals")
    name = models.CharField(max_length=200, blank=True)
    proposer = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="proposals")
    email = models.EmailField(blank=True)
    token_hash = models.CharField(max_length=64, blank=True)  # SHA-256 of the secret in the visitor's link
    token_made_at = models.DateTimeField(null=True)
    email_confirmed_at = models.DateTimeField(null=True)
    typed = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)  # one up with each save: two open tabs see each other by it
    base_version = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True, db_index=True)  # finds identical submissions
    consented_at = models.DateTimeField(null=True)
    consent_version = models.CharField(max_length=20, blank=True)
    assigned_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="assigned")
    due_on = models.DateField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("state", "submitted_at")),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name or self.infrastructure}"


class ProposedClaim(models.Model):
    """One claim of a submitted proposal, with the claim it was meant to replace and what was decided."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="claims")
    field = models.CharField(max_length=60)
    value = models.JSONField(null=True)
    status = models.CharField(max_length=20, blank=True)
    evidence = models.JSONField(default=list)
    checked_on = models.DateField(null=True)
    note = models.TextField(blank=True)
    base_claim = models.ForeignKey(Claim, models.SET_NULL, null=True, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict, default=Verdict.OPEN)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    claim = models.ForeignKey(Claim, models.SET_NULL, null=True, related_name="proposed_as")  # what it became

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("proposal", "field"), name="one_claim_a_field"),)


class ProposalEvent(models.Model):
    """One step of a proposal from state to state."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="events")
    action = models.CharField(max_length=20)
    from_state = models.CharField(max_length=20)
    to_state = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    role = models.CharField(max_length=14)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("id",)


class ProposalComment(models.Model):
    """A remark on a proposal, or on one field of it."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="comments")
    field = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    is_for_curators = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    role = models.CharField(max_length=14)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("id",)
