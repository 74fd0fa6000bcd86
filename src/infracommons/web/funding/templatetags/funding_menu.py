"""Gives templates the places of the funding pages."""

from django import template
from django.http import HttpRequest

from infracommons.web.funding.menu import Place, current, places

register = template.Library()


@register.simple_tag(takes_context=True)
def funding_places(context: template.Context) -> list[tuple[Place, bool]]:
    """Return each place of the funding pages, and whether the reader is there."""
    request = context.get("request")
    here = current(request.path) if isinstance(request, HttpRequest) else None
    return [(place, place == here) for place in places()]
