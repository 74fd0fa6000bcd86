"""The review desk: what machines leave to people."""
