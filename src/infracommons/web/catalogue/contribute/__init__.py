"""Where anyone suggests and corrects, and stewards keep their profile."""
