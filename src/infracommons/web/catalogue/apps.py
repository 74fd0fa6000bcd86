"""The Django app of the catalogue."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Infrastructures, what is claimed of them, and how claims come about."""

    name = "infracommons.web.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"
