"""The Django app of the catalogue."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Infrastructures, what is claimed of them, and how claims come about."""

    name = "infracommons.web.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen for accounts that are closed."""
        from infracommons.web.catalogue.claims import closing  # noqa: F401, PLC0415 - needs the models
