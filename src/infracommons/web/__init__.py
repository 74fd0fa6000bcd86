"""Shows and decides: Django, one folder a capability, the same file names in each."""
