"""The exhibits there are, one file each; adding a file adds an exhibit."""
