"""Find, assess and compare open infrastructures on claims that carry their evidence."""
