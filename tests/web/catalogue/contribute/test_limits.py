"""So many submissions an hour are taken from one address, whoever else sends how many."""

import pytest

from infracommons.web.catalogue.contribute.limits import BY_ADDRESS, TooManyError, count


def test_a_flood_from_many_addresses_does_not_make_one_forgotten() -> None:
    for _ in range(BY_ADDRESS.most):
        count(BY_ADDRESS, "192.0.2.1")
    for number in range(2000):
        count(BY_ADDRESS, f"198.51.100.{number}")
    with pytest.raises(TooManyError):
        count(BY_ADDRESS, "192.0.2.1")
