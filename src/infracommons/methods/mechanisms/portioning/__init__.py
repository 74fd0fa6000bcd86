"""Dividing a pot: by votes on amounts, by votes on the division, by measured use, and along dependencies."""

from infracommons.methods.mechanisms.portioning.mechanisms import MECHANISMS

__all__ = ["MECHANISMS"]
