from hypothesis import given
from hypothesis import strategies as st

from infracommons.web.catalogue.search.bits import gathered, mask_of, patched, places_in

PLACES = st.sets(st.integers(0, 200))
Pairs = set[tuple[str, str]]
PAIRS = st.sets(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")), max_size=4)


@given(PLACES, PLACES)
def test_sets_as_numbers_are_sets(one: set[int], other: set[int]) -> None:
    everyone = range(201)
    assert places_in(mask_of(one) & mask_of(other), everyone) == sorted(one & other)
    assert places_in(mask_of(one) & ~mask_of(other), everyone) == sorted(one - other)
    assert mask_of(one).bit_count() == len(one)


@given(st.permutations(range(20)), st.sets(st.integers(0, 19)))
def test_places_come_in_the_order_asked_for(order: list[int], places: set[int]) -> None:
    assert places_in(mask_of(places), order) == [place for place in order if place in places]


@given(st.lists(st.tuples(PAIRS, PAIRS), max_size=8))
def test_patching_gives_the_same_as_gathering_anew(
    changes: list[tuple[Pairs, Pairs]],
) -> None:
    before = gathered([(place, one) for place, (one, _) in enumerate(changes)])
    after = gathered([(place, one) for place, (_, one) in enumerate(changes)])
    found = patched(before, [(place, old, new) for place, (old, new) in enumerate(changes)])
    assert {field: values for field, values in found.items() if values} == after
