import random
from urllib.parse import quote

import pytest

from infracommons.web.catalogue.search.facets import facets, ranges
from infracommons.web.catalogue.search.filters import LONGEST_QUERY, SORTS, SearchFilters, read_filters
from infracommons.web.catalogue.search.snapshot import CatalogueIndex


def any_filters(chance: random.Random, index: CatalogueIndex) -> SearchFilters:
    filters = SearchFilters(q=chance.choice(["", "data", 'é & "open access" -x', "a=b&c;d+e%20"]))
    for code in chance.sample(list(facets()), chance.randint(0, 4)):
        known = sorted(index.values(code))
        filters = filters.choosing(code, chance.sample(known, min(len(known), chance.randint(1, 3))))
    for code in ranges():
        low, high = sorted((chance.randint(0, 3000), chance.randint(0, 3000)))
        filters = filters.within(code, chance.choice([(None, None), (low, None), (None, high), (low, high)]))
    sort = chance.choice(["", *SORTS])
    return filters.changed(sort="" if sort == filters.changed(sort="").order else sort, page=chance.randint(1, 3))


@pytest.mark.parametrize("seed", range(40))
def test_an_address_reads_back_to_what_wrote_it(everyone: CatalogueIndex, seed: int) -> None:
    filters = any_filters(random.Random(seed), everyone)  # noqa: S311 - picks examples
    read = read_filters(filters.address("").lstrip("?"), everyone)
    assert read.problems == ()
    assert read.is_tidy
    assert read.filters == filters


def test_the_order_of_an_address_means_nothing(everyone: CatalogueIndex) -> None:
    one = read_filters("country=FR&country=US&oss=yes&q=data", everyone)
    other = read_filters("q=data&oss=yes&country=US&country=FR", everyone)
    assert one.filters == other.filters
    assert one.filters.address("/x") == other.filters.address("/x")


@pytest.mark.parametrize(
    ("query", "tidy"),
    [
        ("q=", ""),
        ("q=data&country=", "q=data"),
        ("country=fr", "country=FR"),
        ("country=France", "country=FR"),
        ("country=FR&country=FR", "country=FR"),
        ("sort=name", ""),
        ("q=data&sort=relevance", "q=data"),
        ("page=1", ""),
        ("q=++data++set++", "q=data+set"),
    ],
)
def test_what_says_the_same_in_more_words_is_untidy(everyone: CatalogueIndex, query: str, tidy: str) -> None:
    read = read_filters(query, everyone)
    assert (read.problems, read.is_tidy) == ((), False)
    assert read.filters.address("") == (f"?{tidy}" if tidy else "")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("colour=red", "colour"),
        ("country=ZZ", "country"),
        ("categories=nope", "categories"),
        ("steward=nobody", "steward"),
        ("code_repository=maybe", "code_repository"),
        ("oss=perhaps", "oss"),
        ("freshness=old", "freshness"),
        ("sort=best", "sort"),
        ("sort=name&sort=-name", "sort"),
        ("page=0", "page"),
        ("page=-1", "page"),
        ("page=two", "page"),
        ("page=\N{FULLWIDTH DIGIT ONE}", "page"),
        ("page=99999999999999999999", "page"),
        ("launched_from=abc", "launched_from"),
        ("launched_from=2010&launched_to=2000", "launched_from"),
        ("q=" + "a" * (LONGEST_QUERY + 1), "q"),
        ("q=a%00b", "q"),
        ("q=%ff", "address"),
        ("&".join(f"country={n}" for n in range(500)), "address"),
        ("contact_email=x", "contact_email"),
        ("annual_revenue_from=1", "annual_revenue_from"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_value(everyone: CatalogueIndex, query: str, field: str) -> None:
    read = read_filters(query, everyone)
    assert [problem.field for problem in read.problems] == [field]
    assert read.problems[0].allowed
    assert all(len(problem.value) <= 80 for problem in read.problems)


def test_what_could_be_read_is_kept(everyone: CatalogueIndex) -> None:
    read = read_filters("q=data&country=ZZ&country=FR&page=x", everyone)
    assert {problem.field for problem in read.problems} == {"country", "page"}
    assert read.filters.address("/infrastructures/") == "/infrastructures/?q=data&country=FR"


def test_a_caller_reads_its_own_parameters_itself(everyone: CatalogueIndex) -> None:
    read = read_filters("q=data&ids=a&ids=b&colour=red", everyone, also=("ids",))
    assert read.rest == {"ids": ("a", "b")}
    assert [problem.field for problem in read.problems] == ["colour"]


@pytest.mark.parametrize("code", ["country", "steward", "oss", "code_repository", "spdx_licence"])
def test_unknown_is_a_value_of_every_facet(everyone: CatalogueIndex, code: str) -> None:
    assert read_filters(f"{code}=unknown", everyone).filters.values(code) == ("unknown",)


def test_hostile_values_come_back_quoted(everyone: CatalogueIndex) -> None:
    hostile = '"><script>alert(1)</script>&x=1#y'
    read = read_filters(f"q={quote(hostile)}", everyone)
    assert read.filters.q == hostile
    assert "<" not in read.filters.address("/")
    assert "#" not in read.filters.address("/")
