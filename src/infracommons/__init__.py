"""Find, assess and fund the open infrastructure that research relies on, on evidence anyone can check."""

__version__ = "0.1.0"
