"""The pages on which people contribute."""
