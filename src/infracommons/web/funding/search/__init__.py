"""How awards are searched: help, and feeds of what is new."""
