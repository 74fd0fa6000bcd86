"""Participatory budgeting: which projects a budget pays for, from the ballots of those who may vote."""
