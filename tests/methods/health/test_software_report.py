from typing import Any

import pytest

from infracommons.methods.health.software import CRITICALITY
from infracommons.methods.health.software_report import software_health
from infracommons.methods.result import MethodInputError

ONE: dict[str, Any] = {"as_of": "2024-03-01", "commits": [{"contributor": "ana", "day": "2024-01-05"}]}


def test_what_cannot_be_told_says_why() -> None:
    said = software_health({**ONE, "commits": []})
    assert said["contributor_absence_factor"] == {"value": None, "why_not": "there are no commits"}
    assert software_health(ONE)["elephant_factor"]["why_not"] == "there are no commits whose organisation is known"
    assert software_health(ONE)["release_age_days"]["why_not"] == "no release up to that day"


def test_commits_before_a_day_are_left_out_and_counted() -> None:
    said = software_health({**ONE, "since": "2024-02-01"})
    assert (said["commits"], said["commits_left_out"]) == (0, 1)


def test_all_ten_signals_give_the_criticality() -> None:
    assert software_health({**ONE, "signals": dict.fromkeys(CRITICALITY, 0)})["criticality"]["value"] == 0


@pytest.mark.parametrize(
    ("spoilt", "where"),
    [
        ({"as_of": "yesterday"}, "as_of"),
        ({"as_of": 5}, "as_of"),
        ({"stars": 5}, "stars"),
        ({"commits": {}}, "commits"),
        ({"commits": [5]}, "commits[0]"),
        ({"commits": [{"contributor": "ana"}]}, "commits[0].day"),
        ({"commits": [{"contributor": " ", "day": "2024-01-05"}]}, "commits[0].contributor"),
        ({"contributors": []}, "contributors"),
        ({"contributors": {"ana": 5}}, "contributors.ana"),
        ({"releases": ["2024-02-30"]}, "releases[0]"),
        ({"signals": []}, "signals"),
        ({"signals": {"org_count": "5"}}, "signals.org_count"),
    ],
)
def test_what_cannot_be_used_is_refused_by_its_place(spoilt: dict[str, Any], where: str) -> None:
    with pytest.raises(MethodInputError) as refused:
        software_health({**ONE, **spoilt})
    assert refused.value.where == where
