"""What can be claimed of an infrastructure: the fields and vocabularies of `definitions/`, and their values."""
