"""What is claimed: appended, replayed to a profile of any date, compared between two dates."""
