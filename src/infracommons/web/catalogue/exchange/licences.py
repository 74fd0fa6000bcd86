"""Under which licence each claim goes out: what people give us under ours, what was imported under its publisher's."""

LICENCE, LICENCE_NAME = "CC0-1.0", "Creative Commons Zero v1.0 Universal"
LICENCE_URL = "https://creativecommons.org/publicdomain/zero/1.0/"
# By how the source of a claim begins, as an import writes it.
_IMPORTED = {"Infra Finder,": "CC-BY-4.0"}


def licence_of(source: str) -> str:
    """Return the SPDX identifier of the licence of claims from this source.

    >>> licence_of("its team"), licence_of("Infra Finder, 2024-08-21")
    ('CC0-1.0', 'CC-BY-4.0')
    """
    return next((licence for begin, licence in _IMPORTED.items() if source.startswith(begin)), LICENCE)
