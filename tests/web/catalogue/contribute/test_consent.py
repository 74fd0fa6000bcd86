"""Whoever agreed to something agreed to a text that can still be told."""

import hashlib

from django.template.loader import render_to_string

from infracommons.web.catalogue.contribute.consent import CONSENT_VERSION

# The checksum of each version's words: a changed text needs a new version, and a line here.
TEXTS = {"1": "3e20c7feda5eac2981e60bee3e586a2f0f34a030a8c2fdd4b2f88c2fc8447a7e"}


def test_the_text_that_people_agree_to_is_the_one_of_its_version() -> None:
    words = " ".join(render_to_string("catalogue/contribute/consent.html").split())
    assert hashlib.sha256(words.encode()).hexdigest() == TEXTS[CONSENT_VERSION]
    assert list(TEXTS)[-1] == CONSENT_VERSION
