"""What everyone who contributes agrees to; its text is the template `catalogue/contribute/consent.html`."""

# One up with each change of the text, so that it is known what each person agreed to; a test compares the two.
CONSENT_VERSION = "1"
