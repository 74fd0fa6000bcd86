"""People and the log of their roles."""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail address")),
                ("name", models.CharField(blank=True, max_length=120)),
                (
                    "role",
                    models.CharField(
                        choices=[("member", "Member"), ("curator", "Curator"), ("administrator", "Administrator")],
                        default="member",
                        max_length=20,
                    ),
                ),
                ("shows_name", models.BooleanField(default=False, verbose_name="show my name beside what I claim")),
                ("is_active", models.BooleanField(default=True)),
                ("joined_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "agreed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="agreed to the terms at"),
                ),
                (
                    "agreed_version",
                    models.CharField(blank=True, editable=False, max_length=40, verbose_name="version of the terms"),
                ),
            ],
            options={
                "ordering": ("joined_at", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["member", "curator", "administrator"])),
                        name="accounts_user_role_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                        name="accounts_user_email_is_lower_case",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "old",
                    models.CharField(
                        choices=[("member", "Member"), ("curator", "Curator"), ("administrator", "Administrator")],
                        max_length=20,
                    ),
                ),
                (
                    "new",
                    models.CharField(
                        choices=[("member", "Member"), ("curator", "Curator"), ("administrator", "Administrator")],
                        max_length=20,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_changes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-id"),
            },
        ),
    ]
