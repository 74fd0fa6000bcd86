"""Calls other services and the fields of the library's forms by our names."""

from typing import Any

from allauth.socialaccount.models import SocialAccount
from django import template
from django.forms import BoundField

from infracommons.web.accounts import sign_in_ways, words

register = template.Library()


@register.filter
def service_name(service: Any) -> str:  # noqa: ANN401 - allauth's provider, or somebody's account with one
    """Return the name of a service, or of the one that an account is with."""
    if isinstance(service, SocialAccount):
        return sign_in_ways.service_of(service)
    return sign_in_ways.service_name(service)


@register.filter
def our_label(field: BoundField) -> str:
    """Return the field's label in our words."""
    label = str(field.label)
    return words.LABELS.get(label, label)


@register.filter
def our_help(field: BoundField) -> object:
    """Return the field's help; of a new password one sentence, for the list of all that is checked."""
    said = field.help_text
    return words.CHECKED_HELP if "<ul>" in said else said
