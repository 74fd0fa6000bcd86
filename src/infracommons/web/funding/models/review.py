"""Decisions of the review desk, as rows that are only ever added, and what goes with giving them."""

from django.db import models
from django.utils import timezone

from infracommons.insights.review_filters import REVIEW_KINDS
from infracommons.web.accounts.models import User

LONGEST_ID, LONGEST_ITEM, LONGEST_NOTE = 200, 500, 2000


class Step(models.TextChoices):
    """What a row does: answers an item, settles a disagreement, or takes an earlier row back."""

    ANSWER = "answer", "answer"
    SETTLEMENT = "settlement", "settlement"
    WITHDRAWAL = "withdrawal", "withdrawal"


class ReviewDecision(models.Model):
    """One answer of one person on one item, a settlement, or a withdrawal; a row never changes and never goes.

    What the row is about stands in it as ids of the release, so that it holds when the item is no longer there.
    """

    kind = models.CharField(max_length=40, choices=[(kind, kind) for kind in REVIEW_KINDS])
    item = models.CharField(max_length=LONGEST_ITEM, db_index=True)
    subject_id = models.CharField(max_length=LONGEST_ID)
    other_id = models.CharField(max_length=LONGEST_ID)
    record_id = models.CharField(max_length=LONGEST_ID, blank=True)
    other_record_id = models.CharField(max_length=LONGEST_ID, blank=True)
    step = models.CharField(max_length=20, choices=Step.choices, default=Step.ANSWER)
    value = models.CharField(max_length=LONGEST_ID, blank=True)
    words = models.CharField("answer in words", max_length=LONGEST_ITEM, blank=True)
    title = models.CharField("what it is about", max_length=LONGEST_ITEM, blank=True)
    note = models.TextField(blank=True)
    withdraws = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="withdrawn_by"
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="review_decisions")
    role = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)
    release_id = models.CharField("release that was looked at", max_length=60)
    machine_value = models.CharField("what the machine said", max_length=LONGEST_ID, blank=True)
    machine_was_hidden = models.BooleanField("machine's view hidden until answered", default=True)
    is_second_wanted = models.BooleanField("second opinion wanted", default=False)

    class Meta:
        """In the order in which they were made."""

        ordering = ("id",)
        verbose_name_plural = "review decisions"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(step=Step.WITHDRAWAL, withdraws__isnull=False)
                | (~models.Q(step=Step.WITHDRAWAL) & models.Q(withdraws__isnull=True) & ~models.Q(value="")),
                name="funding_review_decision_is_whole",
            ),
        )

    def __str__(self) -> str:
        return f"decision {self.pk} on {self.item}"

    @property
    def decision_id(self) -> str:
        """The id under which the decision goes into releases."""
        return f"desk-{self.pk}"

    @property
    def is_in_force(self) -> bool:
        """Whether it is an answer or settlement that nobody took back."""
        return self.step != Step.WITHDRAWAL and not hasattr(self, "withdrawn_by")

    @classmethod
    def in_force(cls) -> "models.QuerySet[ReviewDecision]":
        """Return the answers and settlements that nobody took back."""
        return cls._default_manager.exclude(step=Step.WITHDRAWAL).filter(withdrawn_by__isnull=True)


class ReviewHold(models.Model):
    """An item that one person has on the screen, so that nobody else answers it at the same time."""

    item = models.CharField(max_length=LONGEST_ITEM, unique=True)
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="review_holds")
    until = models.DateTimeField()

    class Meta:
        """Named in the plural as readers of their own data see it."""

        verbose_name_plural = "items held for review"

    def __str__(self) -> str:
        return f"{self.item} held until {self.until}"


class OpinionRequest(models.Model):
    """A reviewer's wish that a colleague answers an item too."""

    item = models.CharField(max_length=LONGEST_ITEM, unique=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="opinion_requests")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        """Named in the plural as readers of their own data see it."""

        verbose_name_plural = "requests for a second opinion"

    def __str__(self) -> str:
        return f"second opinion on {self.item}"


class ReviewerSetting(models.Model):
    """How one person wants the desk."""

    person = models.OneToOneField(User, on_delete=models.CASCADE, related_name="reviewer_setting")
    hides_machine = models.BooleanField("show what the machine says only after I answered", default=True)

    class Meta:
        """Named in the plural as readers of their own data see it."""

        verbose_name_plural = "settings of the review desk"

    def __str__(self) -> str:
        return f"setting of person {self.person_id}"
