"""Pages of the releases, and of the difference between two."""
