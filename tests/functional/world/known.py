"""What tests know of the invented world, beside the links and sessions that filling it prints."""

PHRASE = "seven blue kettles sing"  # everybody's password
APP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - of an invented person's authenticator app
MISSION = "To keep examples open."  # of the profiles that stewards change in journeys
