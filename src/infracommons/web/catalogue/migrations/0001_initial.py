"""The tables of the catalogue as they were first made."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("url", models.CharField(max_length=2000)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("unchecked", "not checked yet"),
                            ("ok", "answers"),
                            ("moved", "leads elsewhere for good"),
                            ("broken", "does not answer"),
                            ("refused", "refuses programs"),
                            ("not_public", "is not a public web address"),
                        ],
                        default="unchecked",
                        max_length=12,
                    ),
                ),
                ("failures", models.PositiveIntegerField(default=0)),
                ("checked_at", models.DateTimeField(db_index=True, null=True)),
                ("is_used", models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organisation_id", models.SlugField(max_length=200, unique=True)),
                ("name", models.CharField(max_length=300)),
                ("ror", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "ordering": ("name", "organisation_id"),
            },
        ),
        migrations.CreateModel(
            name="WaitingMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("to", models.EmailField(max_length=254)),
                ("subject", models.CharField(max_length=300)),
                ("text", models.TextField()),
                ("headers", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sent_at", models.DateTimeField(null=True)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("problem", models.CharField(blank=True, max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name="Infrastructure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("infrastructure_id", models.SlugField(max_length=200, unique=True)),
                ("name", models.CharField(max_length=200)),
                (
                    "listing",
                    models.CharField(
                        choices=[
                            ("listed", "listed"),
                            ("suggested", "suggested, not listed yet"),
                            ("declined", "suggested and declined"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="listed",
                        max_length=12,
                    ),
                ),
                ("listing_reason", models.TextField(blank=True)),
                ("external_id", models.CharField(blank=True, max_length=200)),
                ("profile", models.JSONField(default=dict)),
                ("version", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="predecessors",
                        to="catalogue.infrastructure",
                    ),
                ),
                (
                    "steward",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="infrastructures",
                        to="catalogue.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("name", "infrastructure_id"),
            },
        ),
        migrations.CreateModel(
            name="FormerSlug",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=200, unique=True)),
                (
                    "infrastructure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_slugs",
                        to="catalogue.infrastructure",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("field", models.CharField(max_length=60)),
                ("value", models.JSONField(null=True)),
                ("status", models.CharField(blank=True, max_length=20)),
                ("evidence", models.JSONField(default=list)),
                (
                    "author_kind",
                    models.CharField(
                        choices=[
                            ("steward", "the infrastructure's team"),
                            ("curator", "a curator"),
                            ("harvester", "a program that read a source"),
                        ],
                        max_length=12,
                    ),
                ),
                ("source", models.CharField(max_length=300)),
                ("checked_on", models.DateField(null=True)),
                ("note", models.TextField(blank=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="claims",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="catalogue.claim",
                    ),
                ),
                (
                    "infrastructure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="catalogue.infrastructure",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("fields", models.JSONField(default=list)),
                ("author_kind", models.CharField(max_length=12)),
                ("summary", models.CharField(max_length=300)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("nonce", models.UUIDField()),
                (
                    "infrastructure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="catalogue.infrastructure",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="LinkCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("unchecked", "not checked yet"),
                            ("ok", "answers"),
                            ("moved", "leads elsewhere for good"),
                            ("broken", "does not answer"),
                            ("refused", "refuses programs"),
                            ("not_public", "is not a public web address"),
                        ],
                        max_length=12,
                    ),
                ),
                ("http_status", models.PositiveIntegerField(null=True)),
                ("detail", models.CharField(blank=True, max_length=300)),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="checks", to="catalogue.link"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=30)),
                ("subject", models.CharField(max_length=300)),
                ("text", models.TextField()),
                ("path", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("read_at", models.DateTimeField(null=True)),
                ("mailed_at", models.DateTimeField(null=True)),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notices", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="NoticePreference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=30)),
                ("by_mail", models.BooleanField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notice_preferences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("suggestion", "a new infrastructure"),
                            ("correction", "a correction"),
                            ("profile", "changes by the infrastructure's team"),
                        ],
                        max_length=12,
                    ),
                ),
                ("state", models.CharField(default="draft", max_length=20)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("token_hash", models.CharField(blank=True, max_length=64)),
                ("token_made_at", models.DateTimeField(null=True)),
                ("email_confirmed_at", models.DateTimeField(null=True)),
                ("typed", models.JSONField(default=dict)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("base_version", models.PositiveIntegerField(default=0)),
                ("message", models.TextField(blank=True)),
                ("digest", models.CharField(blank=True, db_index=True, max_length=64)),
                ("consented_at", models.DateTimeField(null=True)),
                ("consent_version", models.CharField(blank=True, max_length=20)),
                ("due_on", models.DateField(null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("submitted_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "assigned_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="assigned",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "infrastructure",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="catalogue.infrastructure",
                    ),
                ),
                (
                    "proposer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="proposals",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="ProposalComment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("field", models.CharField(blank=True, max_length=60)),
                ("text", models.TextField()),
                ("is_for_curators", models.BooleanField(default=False)),
                ("role", models.CharField(max_length=14)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="catalogue.proposal"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="ProposalEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("action", models.CharField(max_length=20)),
                ("from_state", models.CharField(max_length=20)),
                ("to_state", models.CharField(max_length=20)),
                ("role", models.CharField(max_length=14)),
                ("reason", models.TextField(blank=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="catalogue.proposal"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="ProposedClaim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("field", models.CharField(max_length=60)),
                ("value", models.JSONField(null=True)),
                ("status", models.CharField(blank=True, max_length=20)),
                ("evidence", models.JSONField(default=list)),
                ("checked_on", models.DateField(null=True)),
                ("note", models.TextField(blank=True)),
                (
                    "verdict",
                    models.CharField(
                        choices=[("open", "not decided"), ("accepted", "accepted"), ("rejected", "rejected")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "base_claim",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="catalogue.claim"
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="proposed_as",
                        to="catalogue.claim",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="claims", to="catalogue.proposal"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Stewardship",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "asked for"),
                            ("granted", "granted"),
                            ("refused", "refused"),
                            ("ended", "ended"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("grounds", models.TextField()),
                ("reason", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "infrastructure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stewardships",
                        to="catalogue.infrastructure",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stewardships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("vocabulary", models.CharField(max_length=60)),
                ("code", models.CharField(max_length=120)),
                ("label", models.CharField(max_length=300)),
                ("description", models.TextField(blank=True)),
                ("provides", models.CharField(blank=True, max_length=30)),
                ("also", models.JSONField(default=list)),
                ("same_as", models.CharField(blank=True, max_length=500)),
                ("infrastructure_slug", models.CharField(blank=True, max_length=200)),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[("active", "in use"), ("retired", "retired"), ("merged", "merged into another")],
                        default="active",
                        max_length=10,
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="catalogue.term",
                    ),
                ),
            ],
            options={
                "ordering": ("vocabulary", "position", "label"),
            },
        ),
        migrations.CreateModel(
            name="TermEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("detail", models.JSONField(default=dict)),
                ("reason", models.TextField(blank=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="catalogue.term"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="UpkeepEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("field", models.CharField(max_length=60)),
                ("kind", models.CharField(max_length=14)),
                ("detail", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "claim",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="upkeep_events",
                        to="catalogue.claim",
                    ),
                ),
                (
                    "infrastructure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="upkeep_events",
                        to="catalogue.infrastructure",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="upkeep_events",
                        to="catalogue.link",
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Follow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="follows", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "infrastructure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="followers",
                        to="catalogue.infrastructure",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("person", "infrastructure"), name="one_follow")],
            },
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["infrastructure", "field", "id"], name="catalogue_c_infrast_c253e0_idx"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["infrastructure", "at"], name="catalogue_c_infrast_485555_idx"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["field"], name="catalogue_c_field_102a83_idx"),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(fields=["infrastructure", "-id"], name="catalogue_c_infrast_885e10_idx"),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(fields=["at"], name="catalogue_c_at_23db46_idx"),
        ),
        migrations.AddConstraint(
            model_name="noticepreference",
            constraint=models.UniqueConstraint(fields=("person", "kind"), name="one_preference_a_kind"),
        ),
        migrations.AddIndex(
            model_name="infrastructure",
            index=models.Index(fields=["listing", "name"], name="catalogue_i_listing_cd512b_idx"),
        ),
        migrations.AddIndex(
            model_name="infrastructure",
            index=models.Index(fields=["external_id"], name="catalogue_i_externa_0e1bbb_idx"),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(fields=["state", "submitted_at"], name="catalogue_p_state_58eaed_idx"),
        ),
        migrations.AddConstraint(
            model_name="proposedclaim",
            constraint=models.UniqueConstraint(fields=("proposal", "field"), name="one_claim_a_field"),
        ),
        migrations.AddConstraint(
            model_name="stewardship",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("asked", "granted"))),
                fields=("infrastructure", "person"),
                name="one_open_stewardship",
            ),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.UniqueConstraint(fields=("vocabulary", "code"), name="one_term_a_code"),
        ),
        migrations.AddConstraint(
            model_name="upkeepevent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind__in", ("stale", "asked", "uncertain"))),
                fields=("claim", "kind"),
                name="one_event_a_claim_and_kind",
            ),
        ),
    ]
