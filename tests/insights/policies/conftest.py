"""The policies that experts wrote down, read once."""

from pathlib import Path

import pytest

from infracommons.insights.policies.load import Policies, load_policies

DEFINITIONS = Path(__file__).parents[3] / "definitions"


@pytest.fixture(scope="session")
def policies() -> Policies:
    return load_policies(DEFINITIONS)
