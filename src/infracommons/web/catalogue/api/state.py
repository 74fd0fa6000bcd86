"""Names the state of the catalogue, so that a reader who has an answer of the same state is told so."""

import hashlib
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from infracommons.web.catalogue.claims.flag_rules import flag_rules
from infracommons.web.catalogue.claims.state import catalogue_state
from infracommons.web.catalogue.fields.registry import sections, vocabularies
from infracommons.web.shared.code_version import code_version


def entity_tag(request: HttpRequest, form: str) -> str:
    """Return the tag of the answer to this request in this form; it changes with data, definitions, code and the day.

    The day is part of it because the age of values is.
    """
    state = "\n".join((str(timezone.now().date()), code_version(), _definitions(), repr(catalogue_state())))
    request.api_state = state  # type: ignore[attr-defined]  # for what is kept as long as the state lasts
    asked = (request.build_absolute_uri(), form, state)
    return f'"{hashlib.sha256(repr(asked).encode()).hexdigest()[:32]}"'


def _definitions() -> str:
    return _digest(str(settings.INFRACOMMONS_DEFINITIONS))


@lru_cache(maxsize=4)
def _digest(_folder: str) -> str:
    said = repr((sections(), vocabularies(), flag_rules()))
    return hashlib.sha256(said.encode()).hexdigest()
