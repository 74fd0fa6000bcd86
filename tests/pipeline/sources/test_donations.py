from pathlib import Path

import pytest

from infracommons.pipeline.raw import documents
from infracommons.pipeline.source import Award
from infracommons.pipeline.sources.donations import SOURCE

REAL = Path(__file__).parents[4] / "shared" / "data" / "grants" / "donations"


def awards(name: str) -> list[Award]:
    if not REAL.exists():
        pytest.skip(f"no real data at {REAL}")
    (document,) = documents(REAL / f"{name}.csv.gz")
    normalised = [SOURCE.normalise(native) for _, native in SOURCE.parse(document)]
    return [award for award in normalised if isinstance(award, Award)]


@pytest.mark.parametrize(("name", "marker", "led"), [
    ("sloan-foundation-grants", "investigator:", 1733),
    ("templeton-foundation-grants", "Project leaders:", 900),
    ("chan-zuckerberg-initiative-grants", "(PI:", 80),
])  # fmt: skip
def test_investigators_become_people_and_leave_the_text(name: str, marker: str, led: int) -> None:
    found = awards(name)
    assert sum(bool(award.people) for award in found) >= led
    assert not [award for award in found if marker in f"{award.title} {award.description}"]


def test_sql_that_spilled_over_the_columns_is_put_together_again() -> None:
    found = awards("open-phil-scientific-research-grants")
    assert not [award for award in found if "/*" in (award.description or "")]
    assert sum(award.description is not None for award in found) == len(found)


def test_a_year_alone_gives_no_invented_day() -> None:
    assert {award.start_date for award in awards("arnold-ventures-grants")} == {None}
    assert all(award.award_year for award in awards("arnold-ventures-grants"))
