"""Publishers' names of countries give ISO codes, and unknown ones give nothing."""

import pytest

from infracommons.vocabulary.countries import country_code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("United Kingdom", "GB"),
        ("UNITED STATES", "US"),
        ("USA", "US"),
        ("de", "DE"),
        (" Scotland ", "GB"),
        ("The Netherlands", "NL"),
        ("Russia", "RU"),
        ("Viet Nam", "VN"),
        ("Australasia", None),
        ("", None),
        (None, None),
    ],
)
def test_a_country_is_known_by_its_names_and_codes(name: str | None, code: str | None) -> None:
    assert country_code(name) == code
