"""Keeps the catalogue fresh: links, ages, letters."""
