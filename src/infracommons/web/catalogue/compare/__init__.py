"""Compare up to twelve infrastructures field by field; everything that is chosen stands in the address."""
