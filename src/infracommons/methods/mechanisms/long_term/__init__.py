"""Money for many years: endowments, reserves, runway, and money that comes back."""

from infracommons.methods.mechanisms.long_term import endowment_form, recoverable, reserve, revolving, runway_form

MECHANISMS = (
    *endowment_form.MECHANISMS,
    *reserve.MECHANISMS,
    *runway_form.MECHANISMS,
    *revolving.MECHANISMS,
    *recoverable.MECHANISMS,
)

__all__ = ["MECHANISMS"]
