"""What policies ask of research, since when, and what changed."""
