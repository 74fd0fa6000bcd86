"""The Django app of accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People and their roles."""

    name = "infracommons.web.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the permission matrix known to `has_perm` and to templates."""
        from infracommons.web.accounts.permissions import register  # noqa: PLC0415 - needs the models

        register()
