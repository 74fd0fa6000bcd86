from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from infracommons.methods.duplicates.groups import Decisions
from infracommons.methods.duplicates.verdict import Kind, Link
from infracommons.pipeline.linkage.membership import AwardIds, Part, Standing, parts, record_award_id


def link(first: str, second: str, kind: Kind = "duplicate") -> Link:
    return Link(first, second, kind, f"{first} {second}", rank=1)


def standings(*records: str, rich: str = "") -> dict[str, Standing]:
    return {r: Standing(90 if r == rich else 80, date(2020, 1, n + 1), r) for n, r in enumerate(records)}


def roles(found: dict[str, Part]) -> dict[str, str]:
    return {record: part.role for record, part in found.items()}


def test_the_richer_source_leads_then_the_earlier_start() -> None:
    assert parts([link("a", "b")], Decisions(), standings("b", "a"))["a"].leader == "b"
    assert parts([link("a", "b")], Decisions(), standings("b", "a", rich="a"))["b"].leader == "a"


def test_money_of_its_own_is_counted_once_however_many_records_tell_it() -> None:
    links = [link("a", "b", "instalment"), link("b", "c"), link("a", "d")]
    found = parts(links, Decisions(), standings("a", "b", "c", "d"))
    assert roles(found) == {"a": "canonical", "b": "instalment", "c": "duplicate", "d": "duplicate"}
    assert found["b"].reason == "a b"
    assert found["c"].reason == "b c"


def test_a_richer_record_of_the_second_instalment_leads_and_the_first_still_counts() -> None:
    found = parts([link("a", "b", "instalment"), link("c", "b")], Decisions(), standings("a", "b", "c", rich="c"))
    assert roles(found) == {"a": "instalment", "b": "duplicate", "c": "canonical"}


def test_an_award_without_history_is_named_by_its_leader() -> None:
    ids = AwardIds.of({}, {})
    assert ids.of_leader("x:1") == record_award_id("x:1")
    assert ids.of_leader("x:1") != ids.of_leader("x:2")


def test_two_awards_that_become_one_keep_the_id_of_the_leader() -> None:
    found = parts([link("a", "b")], Decisions(), standings("a", "b"))
    ids = AwardIds.of(found, {"a": "award-of-a", "b": "award-of-b"})
    assert ids.of_leader("a") == "award-of-a"


def test_an_award_that_is_parted_leaves_its_id_with_the_record_that_made_it() -> None:
    kept = record_award_id("b")
    ids = AwardIds.of({}, {"a": kept, "b": kept})
    assert ids.of_leader("b") == kept
    assert ids.of_leader("a") == record_award_id("a")


def test_an_id_in_use_is_not_given_to_a_record_that_comes_back() -> None:
    # "a" made the id, left, and its duplicate "b" went on under it.
    ids = AwardIds.of({}, {"b": record_award_id("a")})
    assert ids.of_leader("b") == record_award_id("a")
    assert ids.of_leader("a") not in {record_award_id("a"), record_award_id("b")}


names = st.sampled_from("abcdef")


@given(
    st.lists(st.tuples(names, names).filter(lambda pair: pair[0] != pair[1]), max_size=6),
    st.dictionaries(names, names.map(record_award_id)),
)
def test_no_two_awards_ever_share_an_id(pairs: list[tuple[str, str]], previous: dict[str, str]) -> None:
    found = parts([link(min(pair), max(pair)) for pair in pairs], Decisions(), standings(*"abcdef"))
    ids = AwardIds.of(found, previous)
    leaders = {found[r].leader if r in found else r for r in "abcdef"}
    assert len({ids.of_leader(leader) for leader in leaders}) == len(leaders)
