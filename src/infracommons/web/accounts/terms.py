"""Which version of the terms people agree to; their text is `templates/accounts/terms.html`."""

VERSION = "1"
