"""Awards, supports, organisations and totals for programs."""
