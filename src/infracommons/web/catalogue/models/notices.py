"""What people are told: on the site and by mail, each kind on or off for each person."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from infracommons.web.catalogue.models.infrastructure import Infrastructure


class Notice(models.Model):
    """One thing to tell one person."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=30)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    path = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)


class NoticePreference(models.Model):
    """Whether a person wants one kind of notice by mail; without a row, the kind's own default holds."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_preferences")
    kind = models.CharField(max_length=30)
    by_mail = models.BooleanField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "kind"), name="one_preference_a_kind"),)


class WaitingMail(models.Model):
    """A mail to be sent once the change it tells of is stored; kept with its failures until it is sent."""

    to = models.EmailField()
    subject = models.CharField(max_length=300)
    text = models.TextField()
    headers = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)


class Follow(models.Model):
    """A person who wants to hear of changes to an infrastructure."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows")
    infrastructure = models.ForeignKey(Infrastructure, models.CASCADE, related_name="followers")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "infrastructure"), name="one_follow"),)
