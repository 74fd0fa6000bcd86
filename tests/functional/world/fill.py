"""Fills the database of the served site with an invented world, and prints what a browser needs to enter it.

Prints JSON: {"sessions": {person: cookie}, "places": {name: path}}. Run as a module in the site's own folder.
"""

import json
import sys
from pathlib import Path

from django.conf import settings

from infracommons.config.database import prepare
from infracommons.pipeline.definitions import load_catalogue


def main() -> None:
    """Fill and print."""
    prepare(tuple(load_catalogue(Path("definitions"))))
    from tests.functional.world import people, profiles, proposals, upkeep  # noqa: PLC0415 - models need Django set up

    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    who = people.make_people()
    made = profiles.make_profiles(who)
    places = upkeep.keep_up(who["cleo"]) | proposals.make_proposals(who, made) | people.links(who)
    sys.stdout.write(json.dumps({"sessions": people.sessions(who), "places": places}))


if __name__ == "__main__":
    main()
