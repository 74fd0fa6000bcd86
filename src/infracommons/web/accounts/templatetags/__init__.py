"""What templates of accounts may ask."""
