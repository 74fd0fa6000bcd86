"""Tariffs and cost sharing: who pays how much of a common cost, to the minor unit."""

from infracommons.methods.mechanisms.fees.tariff import MECHANISMS, Tariff, tariff_from

__all__ = ["MECHANISMS", "Tariff", "tariff_from"]
