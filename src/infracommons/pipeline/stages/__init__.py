"""The stages of a release, in the order in which `run.py` calls them; each takes tables and gives tables."""
