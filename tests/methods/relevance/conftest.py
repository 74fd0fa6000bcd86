"""An infrastructure whose name is an ordinary word too, as most definitions have it."""

import pytest

from infracommons.methods.relevance.knowledge import Knowledge
from infracommons.vocabulary.definitions import Host, Infrastructure, OtherMeaning, SearchTerms


@pytest.fixture
def knowledge() -> Knowledge:
    return Knowledge(
        Infrastructure(
            infrastructure_id="lantern",
            name="Lantern",
            summary="A repository service for research data of small colleges.",
            homepage="https://www.lantern-data.org/",
            categories=("repository_service",),
            aliases=("Lantern Data",),
            hosts=(Host("Lighthouse College", "current", aliases=("LC",)),),
            launched=2015,
            terms=SearchTerms(
                {"description": (r"\blantern\b",)},
                clear=(r"lantern[- ]data\.org", r"\blantern (?:repository|data)\b"),
                near=("deposit", "data sharing", "repositor"),
                other_meanings=(OtherMeaning("a lamp", ("candle", "paper lantern", "light")),),
            ),
        )
    )
