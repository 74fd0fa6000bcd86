"""Organisations are proposed for names that the registry does not know: by telling words, best first."""

from infracommons.methods.alike_organisations import LEAST_SCORE, MOST, AlikeOrganisations
from infracommons.methods.organisations import NameSeen, Organisation, Registry, own

CORNELL = Organisation("https://ror.org/05bnh6r87", "Cornell University", (), (), "US", "education")
CORNWALL = Organisation("https://ror.org/000000011", "Cornwall College", (), (), "GB", "education")
LAVAL = Organisation("https://ror.org/04sjchr03", "Université Laval", ("Laval University",), (), "CA", "education")
GONE = Organisation("https://ror.org/000000012", "Cornell Press", (), (), "US", status="withdrawn")
OTHERS = [Organisation(f"https://ror.org/0000001{n:02}", f"University of Place {n}") for n in range(20)]
REGISTRY = Registry([CORNELL, CORNWALL, LAVAL, GONE, *OTHERS])
ALIKE = AlikeOrganisations(REGISTRY)


def test_a_longer_name_finds_the_organisation_whose_telling_word_it_holds() -> None:
    found = ALIKE.of("Cornell University Library", "US")
    assert found[0].organisation == CORNELL
    assert LEAST_SCORE <= found[0].score < 1
    assert CORNWALL not in [alike.organisation for alike in found]


def test_an_alias_counts_as_a_name_and_each_organisation_is_proposed_once() -> None:
    found = ALIKE.of("Laval University (Quebec)", None)
    assert [alike.organisation for alike in found].count(LAVAL) == 1
    assert found[0].organisation == LAVAL


def test_another_country_counts_against_and_an_unknown_one_does_not() -> None:
    at_home, abroad, unknown = (ALIKE.of("Cornell", country) for country in ("US", "FR", None))
    assert at_home[0].score == unknown[0].score
    assert not abroad or abroad[0].score < at_home[0].score


def test_the_words_of_all_names_find_nobody_and_nobody_is_proposed_for_nothing() -> None:
    assert ALIKE.of("Wholly Unheard Of", None) == []
    assert ALIKE.of("", None) == []
    assert GONE not in [alike.organisation for alike in ALIKE.of("Cornell Press", "US")]


def test_no_more_are_proposed_than_can_be_answered_by_a_key() -> None:
    many = [Organisation(f"https://ror.org/0000002{n:02}", "Telling Museum", country_code="DE") for n in range(12)]
    found = AlikeOrganisations(Registry(many)).of("Telling Museum", None)
    assert len(found) == MOST
    assert [alike.organisation.ror_id for alike in found] == sorted(alike.organisation.ror_id for alike in found)


def test_what_people_decided_of_a_name_is_known_from_then_on() -> None:
    seen = NameSeen("Cornell Univ Library Ithaca", None, "US")
    mine = REGISTRY.identify(seen).organisation_id
    assert mine == own(seen).organisation_id
    told = REGISTRY.with_meant({mine: CORNELL.ror_id})
    assert (told.identify(seen).ror_id, told.identify(seen).how) == (CORNELL.ror_id, "person")
    assert told.with_known([Organisation("https://ror.org/000000099", "New")]).identify(seen).ror_id == CORNELL.ror_id
    assert told.identify(NameSeen("Somebody Else")).how == "own"
