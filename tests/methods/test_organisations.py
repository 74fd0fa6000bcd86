from infracommons.methods.organisations import NameSeen, Organisation, Registry

NSF = Organisation(
    "https://ror.org/021nxhr62",
    "U.S. National Science Foundation",
    ("National Science Foundation",),
    ("NSF",),
    "US",
    "funder",
)
NSF_LANKA = Organisation("https://ror.org/010xaa060", "National Science Foundation", (), ("NSF",), "LK", "funder")
OLD = Organisation("https://ror.org/000000001", "Old Trust", status="withdrawn", successor_ror_id=NSF.ror_id)
CORNELL = Organisation("https://ror.org/05bnh6r87", "Cornell University", (), (), "US", "education")
MARS = Organisation("https://ror.org/000000002", "Mars (United States)", (), (), "US", "company")
REGISTRY = Registry([NSF, NSF_LANKA, OLD, CORNELL, MARS])


def test_an_identifier_decides_whatever_the_name_says() -> None:
    assert REGISTRY.identify(NameSeen("National Science Fdn", NSF.ror_id)).organisation_id == "ror:021nxhr62"


def test_a_withdrawn_identifier_leads_to_its_successor() -> None:
    assert REGISTRY.identify(NameSeen("Old Trust", OLD.ror_id)).name == NSF.name


def test_namesakes_are_told_apart_by_country_and_left_alone_without_it() -> None:
    assert REGISTRY.identify(NameSeen("National Science Foundation", None, "LK")).ror_id == NSF_LANKA.ror_id
    assert REGISTRY.identify(NameSeen("NSF", None, "US")).ror_id == NSF.ror_id
    assert REGISTRY.identify(NameSeen("NSF")).how == "own"


def test_spelling_accents_and_articles_do_not_matter_but_words_do() -> None:
    assert REGISTRY.identify(NameSeen("  CORNELL  UNIVERSITY. ")).ror_id == CORNELL.ror_id
    assert REGISTRY.identify(NameSeen("Cornell University Library")).how == "own"


def test_the_registrys_country_in_brackets_is_no_part_of_the_name() -> None:
    assert REGISTRY.identify(NameSeen("Mars", None, "US")).ror_id == MARS.ror_id


def test_a_name_in_capitals_without_a_meaning_in_the_country_gets_a_stable_id_of_its_own() -> None:
    first, second = REGISTRY.identify(NameSeen("Unheard Of Fund")), REGISTRY.identify(NameSeen("The unheard-of fund"))
    assert first.organisation_id == second.organisation_id
    assert first.organisation_id.startswith("org:")
    assert first.ror_id is None


def test_a_name_in_law_is_the_organisation_that_everybody_knows() -> None:
    harvard = Organisation("https://ror.org/03vek6s52", "Harvard University", (), (), "US", "education")
    assert Registry([harvard]).identify(NameSeen("President and Fellows of Harvard College")).ror_id == harvard.ror_id
    assert Registry([harvard]).identify(NameSeen("Harvard University, Inc.", None, "US")).how == "legal name"


def test_an_identifier_that_the_registry_lacks_counts_all_the_same() -> None:
    helmsley = Organisation("https://ror.org/011x6n313", "Helmsley Charitable Trust", country_code="US")
    known = REGISTRY.with_known([helmsley, Organisation(NSF.ror_id, "Another name")])
    assert known.identify(NameSeen("Helmsley Trust", helmsley.ror_id)).organisation_id == "ror:011x6n313"
    assert known.identify(NameSeen("Helmsley Charitable Trust")).ror_id == helmsley.ror_id
    assert known.identify(NameSeen("x", NSF.ror_id)).name == NSF.name


def test_a_circle_of_successors_ends() -> None:
    a = Organisation("https://ror.org/0a", "A", status="inactive", successor_ror_id="https://ror.org/0b")
    b = Organisation("https://ror.org/0b", "B", status="inactive", successor_ror_id="https://ror.org/0a")
    assert Registry([a, b]).get(a.ror_id) is not None
