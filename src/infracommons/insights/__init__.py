"""Asks a release: one file a question, none of them knows Django."""
