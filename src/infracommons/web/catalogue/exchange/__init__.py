"""Brings the catalogue in and out: imports, exports, alternates, feeds, OAI-PMH."""
