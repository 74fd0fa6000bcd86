"""Pages of the release: its awards, infrastructures, funders, years, exclusions and downloads."""
