"""The files of the data package, one file a standard: each says the same of a release in its own words."""
