"""Runs the command as `python -m infracommons`."""

from infracommons.cli import main

main()
