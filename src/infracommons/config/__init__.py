"""Puts the site together: settings, addresses, the WSGI application and the server."""
