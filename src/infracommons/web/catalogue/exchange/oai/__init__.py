"""OAI-PMH 2.0: lets harvesters keep a copy of the catalogue's descriptions up to date."""
