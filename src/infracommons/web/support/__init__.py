"""Help with decisions: what policies ask for."""
