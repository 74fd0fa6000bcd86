"""Registers the support pages with Django."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    """Pages that help with decisions."""

    name = "infracommons.web.support"
    label = "support"
