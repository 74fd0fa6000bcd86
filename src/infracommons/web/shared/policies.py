"""The policies that experts wrote down, read once for all pages that tell of them."""

from functools import cache
from pathlib import Path

from django.conf import settings

from infracommons.insights.policies.load import Policies, load_policies


def policies_in_use() -> Policies:
    """Return the policies of the folder that the settings name."""
    return _policies(Path(settings.INFRACOMMONS_DEFINITIONS))


# By folder, so that a test that names another folder is not given what was read before.
@cache
def _policies(definitions: Path) -> Policies:
    return load_policies(definitions)
