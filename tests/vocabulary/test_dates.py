from datetime import date

import pytest

from infracommons.vocabulary.dates import parse_date, parse_year
from infracommons.vocabulary.problems import FieldProblem


def test_a_day_is_read_in_the_publishers_style_and_a_time_of_day_left_out() -> None:
    assert parse_date("08/01/2020", field="start", style="%m/%d/%Y") == date(2020, 8, 1)
    assert parse_date("2021-01-26T00:00:00+00:00", field="start") == date(2021, 1, 26)
    assert parse_date("2021-01-26 00:00:00", field="start") == date(2021, 1, 26)
    assert parse_date("", field="start") is None


@pytest.mark.parametrize("written", ["20222-01-01", "2020-13-01", "1492-10-12", "01/02/2020", "soon"])
def test_a_date_that_is_none_or_lies_outside_the_years_of_awards_is_refused_by_field_and_value(written: str) -> None:
    with pytest.raises(FieldProblem, match="start: ") as problem:
        parse_date(written, field="start")
    assert written in str(problem.value)


@pytest.mark.parametrize(("written", "year"), [("2019", 2019), (2019.0, 2019), ("", None)])
def test_a_year_is_read(written: object, year: int | None) -> None:
    assert parse_year(written, field="year") == year


@pytest.mark.parametrize("written", ["20222", "19", "2019/20"])
def test_a_year_20222_is_refused(written: str) -> None:
    with pytest.raises(FieldProblem, match="year: "):
        parse_year(written, field="year")
