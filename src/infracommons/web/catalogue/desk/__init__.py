"""Where curators review proposals, stewards and terms."""
