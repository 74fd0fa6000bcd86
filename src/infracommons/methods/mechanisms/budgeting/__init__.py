"""Participatory budgeting: which projects a budget pays for, from the ballots of those who may vote."""

from infracommons.methods.mechanisms.budgeting.mechanisms import MECHANISMS

__all__ = ["MECHANISMS"]
