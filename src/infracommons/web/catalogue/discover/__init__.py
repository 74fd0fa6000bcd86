"""Pages on which readers find infrastructures."""
