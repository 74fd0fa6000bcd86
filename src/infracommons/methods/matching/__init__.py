"""Finds which infrastructures a text names: one automaton over all literals, then each candidate's expressions."""
