"""Vocabularies: what curators do to their terms, and what readers see of them."""
