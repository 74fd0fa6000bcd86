"""Brings the database to the state that the code expects, and fills an empty catalogue."""

import os
from collections.abc import Sequence

import django
from django.core.management import call_command
from django.db.utils import OperationalError

from infracommons.vocabulary.definitions import Infrastructure
from infracommons.vocabulary.problems import UnusableInputError


def prepare(definitions: Sequence[Infrastructure]) -> dict[str, int]:
    """Set Django up, apply migrations, add the terms and infrastructures that are missing; return how many of each.

    Raises UnusableInputError where the database does not answer.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infracommons.config.settings")
    django.setup()
    from infracommons.web.catalogue.claims.seed import seed_infrastructures, seed_terms  # noqa: PLC0415 - needs setup

    try:
        call_command("migrate", verbosity=0, interactive=False)
    except OperationalError as error:
        message = f"the database does not answer: {error}; DATABASE_URL says where it is"
        raise UnusableInputError(message) from error
    return {"terms": seed_terms(), "infrastructures": seed_infrastructures(definitions)}
