import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infracommons.vocabulary.part_dates import part_date


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_a_day_a_month_and_a_year_read_back_to_what_was_written(day: date) -> None:
    for text in (day.isoformat(), f"{day:%Y-%m}", f"{day.year}"):
        read = part_date(text)
        assert read.text == text
        assert read.first <= day <= read.last


def test_what_is_known_by_year_only_says_no_month() -> None:
    assert part_date("2002").words == "2002"
    assert part_date("2002-02").words == "February 2002"
    assert part_date("2002-02-14").words == "14 February 2002"


@pytest.mark.parametrize(
    "text", ["", "02", "2002-13", "2002-02-30", "2002-2", "2002-02-14T00:00", "unknown", "\uff12\uff10\uff10\uff12"]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"{re.escape(repr(text))}: not a date"):
        part_date(text)
