"""Feeds of what changed, in one profile or among the matches of a search: Atom and JSON Feed."""
