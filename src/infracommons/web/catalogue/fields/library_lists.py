"""The vocabularies that a library keeps: countries (ISO 3166-1) and currencies (ISO 4217)."""

from collections.abc import Callable, Iterable

import pycountry

from infracommons.vocabulary.text import normal_name
from infracommons.web.catalogue.fields.definition import TermDefinition

_NOT_MONEY = frozenset({"XTS", "XXX"})  # for tests, and for where no currency is involved


def countries() -> tuple[TermDefinition, ...]:
    """Return a term for each country: its two-letter code, the name in common use, and its other names."""
    return _by_label(
        TermDefinition(
            code=country.alpha_2,
            label=label,
            also=tuple(_others(label, country.name, getattr(country, "official_name", None), country.alpha_3)),
        )
        for country in pycountry.countries
        for label in [getattr(country, "common_name", None) or country.name]
    )


def currencies() -> tuple[TermDefinition, ...]:
    """Return a term for each currency: its three-letter code and name."""
    return _by_label(
        TermDefinition(code=currency.alpha_3, label=currency.name)
        for currency in pycountry.currencies
        if currency.alpha_3 not in _NOT_MONEY
    )


LISTS: dict[str, Callable[[], tuple[TermDefinition, ...]]] = {"countries": countries, "currencies": currencies}


def _others(label: str, *names: str | None) -> list[str]:
    return [name for name in dict.fromkeys(names) if name and name != label]


def _by_label(terms: Iterable[TermDefinition]) -> tuple[TermDefinition, ...]:
    return tuple(sorted(terms, key=lambda term: normal_name(term.label)))
