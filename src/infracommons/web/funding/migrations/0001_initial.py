"""The tables of the review desk as they were first made."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OpinionRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item", models.CharField(max_length=500, unique=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinion_requests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "requests for a second opinion",
            },
        ),
        migrations.CreateModel(
            name="ReviewerSetting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "hides_machine",
                    models.BooleanField(default=True, verbose_name="show what the machine says only after I answered"),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reviewer_setting",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "settings of the review desk",
            },
        ),
        migrations.CreateModel(
            name="ReviewHold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item", models.CharField(max_length=500, unique=True)),
                ("until", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="review_holds",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "items held for review",
            },
        ),
        migrations.CreateModel(
            name="ReleaseBuild",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting to begin"),
                            ("running", "running"),
                            ("done", "done"),
                            ("failed", "failed"),
                            ("cancelled", "cancelled"),
                        ],
                        default="waiting",
                        max_length=20,
                    ),
                ),
                ("is_cancelling", models.BooleanField(default=False)),
                ("began_at", models.DateTimeField(blank=True, null=True)),
                ("beat_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("steps", models.JSONField(default=list)),
                ("decisions", models.IntegerField(blank=True, null=True, verbose_name="decisions handed over")),
                ("before_id", models.CharField(blank=True, max_length=60, verbose_name="release before")),
                ("after_id", models.CharField(blank=True, max_length=60, verbose_name="release made")),
                ("counts", models.JSONField(default=dict)),
                ("counts_before", models.JSONField(default=dict)),
                ("problem", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="release_builds",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "builds of releases",
                "ordering": ("-id",),
                "constraints": [
                    models.UniqueConstraint(
                        models.Value(1),
                        condition=models.Q(("state__in", ("waiting", "running"))),
                        name="funding_release_build_one_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("support", "support"),
                            ("support_type", "support_type"),
                            ("same_award", "same_award"),
                            ("same_organisation", "same_organisation"),
                        ],
                        max_length=40,
                    ),
                ),
                ("item", models.CharField(db_index=True, max_length=500)),
                ("subject_id", models.CharField(max_length=200)),
                ("other_id", models.CharField(max_length=200)),
                ("record_id", models.CharField(blank=True, max_length=200)),
                ("other_record_id", models.CharField(blank=True, max_length=200)),
                (
                    "step",
                    models.CharField(
                        choices=[("answer", "answer"), ("settlement", "settlement"), ("withdrawal", "withdrawal")],
                        default="answer",
                        max_length=20,
                    ),
                ),
                ("value", models.CharField(blank=True, max_length=200)),
                ("words", models.CharField(blank=True, max_length=500, verbose_name="answer in words")),
                ("title", models.CharField(blank=True, max_length=500, verbose_name="what it is about")),
                ("note", models.TextField(blank=True)),
                ("role", models.CharField(max_length=20)),
                ("at", models.DateTimeField(db_index=True, default=django.utils.timezone.now, editable=False)),
                ("release_id", models.CharField(max_length=60, verbose_name="release that was looked at")),
                ("machine_value", models.CharField(blank=True, max_length=200, verbose_name="what the machine said")),
                (
                    "machine_was_hidden",
                    models.BooleanField(default=True, verbose_name="machine's view hidden until answered"),
                ),
                ("is_second_wanted", models.BooleanField(default=False, verbose_name="second opinion wanted")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review_decisions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdraws",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawn_by",
                        to="funding.reviewdecision",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "review decisions",
                "ordering": ("id",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("step", "withdrawal"), ("withdraws__isnull", False)),
                            models.Q(
                                models.Q(("step", "withdrawal"), _negated=True),
                                ("withdraws__isnull", True),
                                models.Q(("value", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="funding_review_decision_is_whole",
                    )
                ],
            },
        ),
    ]
