from hypothesis import given
from hypothesis import strategies as st

from infracommons.methods.duplicates.groups import Decisions, accepted, groups_of
from infracommons.methods.duplicates.verdict import Link


def link(first: str, second: str, rank: int = 1, distance: int = 0, **more: str | bool) -> Link:
    return Link(first, second, "duplicate", f"{first} {second}", rank, distance, **more)  # type: ignore[arg-type]


def names(links: list[Link]) -> list[str]:
    return [made.first + made.second for made in links]


def test_records_linked_in_a_chain_are_one_award() -> None:
    assert groups_of([link("b", "c"), link("a", "b"), link("x", "y")]) == [["a", "b", "c"], ["x", "y"]]


def test_an_exclusive_link_gives_way_to_a_surer_one_in_its_lane() -> None:
    sure, unsure = link("a", "b", lane="l"), link("a", "c", rank=3, lane="l", is_exclusive=True)
    assert names(accepted([unsure, sure], Decisions())) == ["ab"]
    assert names(accepted([unsure], Decisions())) == ["ac"]
    assert names(accepted([unsure, link("a", "b", lane="other")], Decisions())) == ["ab", "ac"]


def test_of_two_equally_sure_exclusive_links_the_nearer_holds() -> None:
    near, far = (link("a", second, 3, days, lane="l", is_exclusive=True) for second, days in (("z", 1), ("b", 90)))
    assert names(accepted([far, near], Decisions())) == ["az"]


def test_a_link_that_must_stand_alone_falls_with_a_second_candidate() -> None:
    alone, rival = link("a", "b", 4, lane="l", is_alone=True), link("c", "b", 4, lane="l", is_alone=True)
    assert names(accepted([alone], Decisions())) == ["ab"]
    assert accepted([alone, rival], Decisions()) == []


def test_a_record_published_twice_is_one_candidate() -> None:
    both = [link("a", second, 4, lane="l", is_alone=True) for second in ("b", "b#2")]
    assert names(accepted(both, Decisions())) == ["ab", "ab#2"]


def test_a_person_can_join_what_no_rule_joins() -> None:
    made = accepted([], Decisions(same=(("a", "b", "seen on the funder's page"),)))
    assert [m.reason for m in made] == ["decided by a person: seen on the funder's page"]


def test_a_person_can_part_what_a_rule_joins_even_by_way_of_others() -> None:
    apart = Decisions(different=frozenset({("a", "c")}))
    assert names(accepted([link("a", "b"), link("b", "c", distance=1)], apart)) == ["ab"]
    assert accepted([link("a", "c")], apart) == []


records = st.sampled_from("abcdefgh")
some_links = st.lists(
    st.builds(link, records, records, st.integers(0, 4), st.integers(0, 9), lane=st.sampled_from(["", "l"])),
    max_size=12,
)


@given(some_links, st.sets(st.tuples(records, records).filter(lambda pair: pair[0] < pair[1]), max_size=6))
def test_no_award_ever_holds_a_pair_that_a_person_parted(links: list[Link], parted: set[tuple[str, str]]) -> None:
    for group in groups_of(accepted(links, Decisions(different=frozenset(parted)))):
        assert not any(one in group and other in group for one, other in parted)


@given(some_links, st.randoms())
def test_the_order_of_links_never_matters(links: list[Link], random: object) -> None:
    mixed = list(links)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert accepted(mixed, Decisions()) == accepted(links, Decisions())
