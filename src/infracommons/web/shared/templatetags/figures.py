"""Makes the figures of `vocabulary/figures.py` filters in every template."""

from django import template

from infracommons.vocabulary import countries, figures

register = template.Library()
for _name in ("exact", "figure", "rounded", "count", "day", "words", "percent"):
    register.filter(_name, getattr(figures, _name))
register.filter("counted", figures.counted)
register.filter("country_name", countries.country_name)


@register.filter
def web_address(value: object) -> str:
    """Return an address of the web; nothing for any other scheme, which a publisher's file might smuggle in."""
    text = str(value or "")
    return text if text.lower().startswith(("https://", "http://")) else ""


@register.filter
def unbroken(text: str) -> str:
    """Return the text with each per cent sign on the line of its number."""
    return text.replace(" %", "\N{NO-BREAK SPACE}%")


@register.filter
def or_unknown(value: object) -> object:
    """Return the value, or the word unknown where there is none."""
    return figures.UNKNOWN if value is None or value in ("", []) else value
