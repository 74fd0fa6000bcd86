"""Infrastructures and the organisations that run them, as the latest claims describe them."""

from django.db import models
from django.utils import timezone


class Listing(models.TextChoices):
    """Whether readers find an infrastructure."""

    LISTED = "listed", "listed"
    SUGGESTED = "suggested", "suggested, not listed yet"
    DECLINED = "declined", "suggested and declined"
    WITHDRAWN = "withdrawn", "withdrawn"


class Organisation(models.Model):
    """An organisation that runs infrastructures, made from `steward` claims: one row for a ROR, else for a name."""

    organisation_id = models.SlugField(max_length=200, unique=True)
    name = models.CharField(max_length=300)
    ror = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("name", "organisation_id")

    def __str__(self) -> str:
        return self.name


class Infrastructure(models.Model):
    """One infrastructure. Everything said of it is a claim; `profile` is what its latest claims say.

    `profile` is {field code: entry} with entry = {claim, value, status, evidence, author_kind, source, checked_on,
    note, at}: made from claims by `claims.profile`, never edited, and equal to replaying them.
    """

    infrastructure_id = models.SlugField(max_length=200, unique=True)
    name = models.CharField(max_length=200)
    listing = models.CharField(max_length=12, choices=Listing, default=Listing.LISTED)
    listing_reason = models.TextField(blank=True)
    successor = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="predecessors")
    steward = models.ForeignKey(Organisation, models.SET_NULL, null=True, related_name="infrastructures")
    external_id = models.CharField(max_length=200, blank=True)  # identifier in the file it was first imported from
    profile = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)  # one up with each change: two editors see each other by it
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("name", "infrastructure_id")
        indexes = (models.Index(fields=("listing", "name")), models.Index(fields=("external_id",)))

    def __str__(self) -> str:
        return self.name


class FormerSlug(models.Model):
    """An id that an infrastructure once had; its address leads on."""

    slug = models.SlugField(max_length=200, unique=True)
    infrastructure = models.ForeignKey(Infrastructure, models.CASCADE, related_name="former_slugs")


class Change(models.Model):
    """One thing that happened to an infrastructure: the log behind feeds, the API's changes and the search index.

    Rows are written one writer at a time (see `claims.append`), so that a higher id is a later change.
    """

    infrastructure = models.ForeignKey(Infrastructure, models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=20)  # claimed, listed, withdrawn, renamed, term_changed
    fields = models.JSONField(default=list)  # codes of the fields that changed
    author_kind = models.CharField(max_length=12)
    summary = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)
    nonce = models.UUIDField()  # tells two databases, or a rolled-back change and its successor, apart

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("infrastructure", "-id")), models.Index(fields=("at",)))
