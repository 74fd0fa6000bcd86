"""Asks the policies that experts wrote down: which there are, what they ask for, since when, and what changed."""
