"""Judges whether an award that mentions an infrastructure's name really concerns that infrastructure."""
