import random

import pytest

from infracommons.web.catalogue.claims.flags import flags_of
from infracommons.web.catalogue.fields.registry import field
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.models import Infrastructure
from infracommons.web.catalogue.search.examples import QUERY_HELP, QueryExample
from infracommons.web.catalogue.search.facets import facets, value_of
from infracommons.web.catalogue.search.filters import SORTS, SearchFilters
from infracommons.web.catalogue.search.index import CatalogueIndex, catalogue_index
from infracommons.web.catalogue.search.search import search

pytestmark = pytest.mark.django_db


def found(q: str) -> tuple[str, ...]:
    return search(SearchFilters(q=q)).ids


def values_by_hand(row: Infrastructure, code: str, book: TermBook) -> set[str]:
    """Return the values of a facet that a profile has, worked out without the index."""
    facet, entry = facets()[code], row.profile.get(code)
    if facet.kind == "flag":
        return {flag.verdict for flag in flags_of(row.profile, book) if flag.code == code}
    if entry is None or (entry["value"] is None and entry["status"] in {"", "unknown"}):
        return {"unknown"}
    if entry["status"]:
        return {entry["status"]}
    if facet.kind == "terms":
        terms = [book.current(facet.vocabulary, one) for one in entry["value"]["terms"]]
        return {value_of(term) for term in terms if term} | ({"other"} if entry["value"]["other"] else set())
    if facet.kind == "steward":
        return {row.steward.organisation_id} if row.steward else set()
    return {{True: "yes", False: "no"}.get(entry["value"], entry["value"])}


@pytest.mark.usefixtures("rich")
def test_facets_say_what_a_plain_reading_of_the_profiles_says() -> None:
    index, chance = catalogue_index(), random.Random(7)  # noqa: S311 - picks examples
    rows = {row.infrastructure_id: row for row in Infrastructure.objects.select_related("steward")}
    codes = [code for code, facet in facets().items() if facet.kind != "state"]
    by_hand = {slug: {code: values_by_hand(row, code, index.book) for code in codes} for slug, row in rows.items()}
    for _ in range(60):
        filters = SearchFilters()
        for code in chance.sample(codes, 3):
            known = sorted(index.values(code))
            filters = filters.choosing(code, chance.sample(known, min(len(known), chance.randint(1, 2))))
        asked = dict(filters.chosen)
        expected = {s for s, has in by_hand.items() if all(has[code] & set(values) for code, values in asked.items())}
        result = search(filters, index)
        assert set(result.ids) == expected
        for code in codes:
            others = {c: v for c, v in asked.items() if c != code}
            left = [has[code] for has in by_hand.values() if all(has[c] & set(v) for c, v in others.items())]
            counts = {value: sum(value in has for has in left) for value in {one for has in left for one in has}}
            assert dict(result.counts[code]) == counts


@pytest.mark.parametrize("example", QUERY_HELP, ids=lambda one: one.q)
def test_every_example_of_the_help_finds_something_and_leaves_something_out(
    everyone: CatalogueIndex, example: QueryExample
) -> None:
    result = search(SearchFilters(q=example.q), everyone)
    assert 0 < result.total < len(everyone.placed)
    assert result.issues == ()


def test_every_name_and_every_alias_leads_to_its_infrastructure_first(everyone: CatalogueIndex) -> None:
    names, aliases = everyone.named
    for place, document in everyone.placed:
        assert search(SearchFilters(q=f'"{document.name}"'), everyone).places[0] in names[document.names[0]]
        for alias in filter(None, document.names[1:]):
            holders = [*names.get(alias, ()), *aliases[alias]]
            assert place in search(SearchFilters(q=f'"{alias}"'), everyone).places[: len(holders)]


@pytest.mark.usefixtures("small_catalogue")
@pytest.mark.parametrize("typed", ["Zenodo", "zenodo", "ZENODO", "zenod", "zendo", "zennodo", "Zénodo"])
def test_case_accents_and_slips_do_no_harm(typed: str) -> None:
    assert found(typed)[0] == "zenodo"


@pytest.mark.usefixtures("small_catalogue")
def test_slips_count_only_where_little_is_found() -> None:
    assert not search(SearchFilters(q="zenodo")).is_lenient
    assert search(SearchFilters(q="zennodo")).is_lenient


@pytest.mark.usefixtures("small_catalogue")
def test_an_excluded_word_takes_out_all_that_have_it() -> None:
    everything, without = set(found("preprints")), set(found("preprints -physics"))
    assert without < everything
    assert everything - without == set(found("preprints")) & set(found('"physics"'))


@pytest.mark.usefixtures("small_catalogue")
def test_a_phrase_is_narrower_than_its_words() -> None:
    together, apart = set(found('"open access"')), set(found("open access"))
    assert together <= apart
    assert "directory-of-open-access-journals" in together


@pytest.mark.usefixtures("rich")
def test_no_phrase_runs_from_one_value_into_the_next() -> None:
    assert "example-archive" in found("programming_languages:python")
    assert "example-archive" not in found('"python c"')


FINDING_IT = (
    "code_repository:available",
    'open_api:"in progress"',
    "open_api:in_progress",
    "product_roadmap:considering",
    'bylaws:"not planning"',
    'web_accessibility:"not applicable"',
    "pricing:no_direct_costs",
    "succession_plan:unknown",
    "scoss:no",
    "spdx_licence:Apache",
    "programming_languages:c++",
    "programming_languages:forth",
    "member_count:>1000",
    "launched:2011",
    "steward:example",
    "name:archive",
    'affiliations:"university of examples"',
    '"Open API":"in progress"',
    "oss:yes",
    "free_to_use:yes",
)
NOT_FINDING_IT = (
    "open_api:available",
    "code_repository:unknown",
    "scoss:unknown",
    "member_count:<1000",
    "-country:FR",
)


@pytest.mark.usefixtures("rich")
def test_a_field_is_asked_for_in_words_codes_and_ranges() -> None:
    results = {q: search(SearchFilters(q=q)) for q in (*FINDING_IT, *NOT_FINDING_IT)}
    assert {q: result.issues for q, result in results.items() if result.issues} == {}
    found_by = [q for q, result in results.items() if "example-archive" in result.ids]
    assert found_by == list(FINDING_IT)


@pytest.mark.usefixtures("rich")
@pytest.mark.parametrize("q", ["scoss:perhaps", "oss:maybe", "website:example"])
def test_a_value_that_a_field_cannot_have_finds_nothing_and_says_so(q: str) -> None:
    result = search(SearchFilters(q=q))
    assert (result.ids, len(result.issues)) == ((), 1)


@pytest.mark.usefixtures("small_catalogue")
def test_unknown_is_told_from_no() -> None:
    unknown = set(found("open_api:unknown"))
    not_planning = set(found("open_api:not_planning"))
    assert unknown
    assert not unknown & not_planning


@pytest.mark.usefixtures("small_catalogue")
@pytest.mark.parametrize("sort", [key for key in SORTS if key != "relevance"])
def test_every_order_has_everyone_once(sort: str) -> None:
    assert sorted(search(SearchFilters(sort=sort)).ids) == sorted(search(SearchFilters()).ids)


@pytest.mark.usefixtures("small_catalogue")
def test_orders_are_those_of_the_values() -> None:
    rows = {row.infrastructure_id: row for row in Infrastructure.objects.all()}
    newest = [rows[one].profile.get("launched", {}).get("value") for one in search(SearchFilters(sort="newest")).ids]
    known = [year for year in newest if year is not None]
    assert known == sorted(known, reverse=True)
    assert newest[: len(known)] == known
    names = [rows[one].name.casefold() for one in search(SearchFilters()).ids]
    assert names == sorted(names)
    assert search(SearchFilters(sort="-name")).ids == search(SearchFilters()).ids[::-1]


def test_pages_put_together_are_the_whole_list(everyone: CatalogueIndex) -> None:
    result = search(SearchFilters(), everyone)
    assert sum((result.on_page(number) for number in range(1, result.pages + 1)), ()) == result.ids
    assert result.on_page(result.pages + 1) == ()


@pytest.mark.usefixtures("rich")
def test_ranges_include_both_ends_and_leave_out_the_unknown() -> None:
    def within(low: int | None, high: int | None) -> set[str]:
        return set(search(SearchFilters().within("launched", (low, high))).ids)

    assert "example-archive" in within(2011, 2011)
    assert "example-archive" not in within(2012, None) | within(None, 2010)
    unknown = set(found("launched:unknown"))
    assert not within(0, None) & unknown
    assert field("launched").kind == "year"
