"""The typed API of the catalogue."""
