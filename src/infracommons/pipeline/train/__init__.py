"""Learns models from labelled data; a release only applies them."""
