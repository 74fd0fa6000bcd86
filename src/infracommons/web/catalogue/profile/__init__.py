"""Pages on which readers assess one infrastructure, its stewards and the coverage of the catalogue."""
