import pytest

from infracommons.web.catalogue.claims.organisations import free_slug, organisation_for, slug_of
from infracommons.web.catalogue.models import Organisation

pytestmark = pytest.mark.django_db
CERN, ORCID = "https://ror.org/01ggx4157", "https://ror.org/04fa4r544"


def of(name: str, ror: str = "") -> Organisation:
    found = organisation_for({"name": name, "ror": ror})
    assert found is not None
    return found


@pytest.mark.parametrize("value", [None, {}])
def test_no_steward_is_no_organisation(value: dict[str, str] | None) -> None:
    assert organisation_for(value) is None
    assert not Organisation.objects.exists()


def test_one_ror_id_is_one_organisation_whatever_it_is_called() -> None:
    assert of("CERN", CERN) == of("European Organization for Nuclear Research", CERN)


def test_a_name_written_a_little_otherwise_is_the_same_organisation() -> None:
    assert of("Université de Montréal") == of("universite de  montreal") == of("The Université de Montréal")


def test_a_ror_id_that_is_learned_later_is_kept() -> None:
    first = of("CERN")

    assert of("CERN", CERN) == first
    assert Organisation.objects.get().ror == CERN
    assert of("CERN") == first


def test_two_of_one_name_with_ror_ids_of_their_own_stay_two() -> None:
    first, second = of("Example", CERN), of("Example", ORCID)

    assert first != second
    assert of("Example", ORCID) == second


@pytest.mark.parametrize(("one", "other"), [("北京大学", "清华大学"), ("Институт", "Институт языка"), ("!!!", "???")])
def test_names_in_other_letters_are_told_apart_and_found_again(one: str, other: str) -> None:
    assert of(one) == of(one)
    assert (of(one) == of(other)) == (one == "!!!")  # a name of signs alone says nothing
    assert of(other) == of(other)


def test_a_slug_is_short_plain_and_free() -> None:
    assert slug_of("  Čapek & Sons, Ltd. ") == "capek-and-sons-ltd"
    assert len(slug_of("word " * 100)) <= 150
    Organisation.objects.create(organisation_id="example", name="Example")
    Organisation.objects.create(organisation_id="example-2", name="Example")
    assert free_slug("example", Organisation) == "example-3"
    assert free_slug("exam", Organisation) == "exam"
