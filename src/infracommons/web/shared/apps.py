"""Registers the shared parts with Django."""

from django.apps import AppConfig


class SharedConfig(AppConfig):
    """Templates, static files and template filters."""

    name = "infracommons.web.shared"
    label = "shared"
