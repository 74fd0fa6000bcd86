"""Matching funds: a pool is shared among projects by how many people gave to them, and how much."""

from infracommons.methods.mechanisms.quadratic.mechanisms import MECHANISMS

__all__ = ["MECHANISMS"]
