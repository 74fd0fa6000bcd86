"""Finds infrastructures: one snapshot of the catalogue in memory, asked in words and by facets."""
