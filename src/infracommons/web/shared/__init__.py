"""What every page has: layout, figures, errors, headers and conditional requests."""
