"""A small vote that many tests share."""

from typing import Any

import pytest


@pytest.fixture
def neighbourhoods() -> dict[str, Any]:
    """Return inputs of a small vote as JSON has them."""
    return {
        "budget": 100,
        "projects": [
            {"id": "park", "cost": 60, "categories": ["green"], "location": "north"},
            {"id": "trees", "cost": 40, "categories": ["green"], "location": "south"},
            {"id": "lamps", "cost": 30, "location": "south"},
            {"id": "bench", "cost": 20, "location": "east"},
        ],
        "ballots": [
            {"voter": "a", "projects": ["park", "trees"]},
            {"voter": "b", "projects": ["park", "trees"]},
            {"voter": "c", "projects": ["park", "lamps"]},
            {"voter": "d", "projects": ["lamps"]},
            {"voter": "e", "projects": ["bench"]},
        ],
    }
