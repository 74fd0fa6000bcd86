"""Registers the funding pages with Django."""

from django.apps import AppConfig


class FundingConfig(AppConfig):
    """Pages that show a release."""

    name = "infracommons.web.funding"
    label = "funding"
