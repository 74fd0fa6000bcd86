"""Template tags of the funding pages."""
