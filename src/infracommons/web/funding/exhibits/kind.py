"""Finds the kind of exhibit that an address names."""

from django.http import Http404

from infracommons.exhibits.exhibit import ExhibitKind
from infracommons.exhibits.registry import exhibit_kinds


def kind_or_404(name: str) -> ExhibitKind:
    """Return the kind; Http404 names what there is."""
    kinds = exhibit_kinds()
    if name not in kinds:
        message = f"There is no chart “{name}”; there are {', '.join(kinds)}."
        raise Http404(message)
    return kinds[name]
