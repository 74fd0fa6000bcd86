"""Registers the reports pages with Django."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Pages that show reports."""

    name = "infracommons.web.reports"
    label = "reports"
