from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from infracommons.methods.duplicates.groups import Decisions
from infracommons.methods.duplicates.verdict import VERSIONS, Kind, Link
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
    ids = AwardIds.of({}, {}, ())
    assert ids.of_leader("x:1") == record_award_id("x:1")
    assert ids.of_leader("x:1") != ids.of_leader("x:2")


def test_two_awards_that_become_one_keep_the_id_of_the_leader() -> None:
    found = parts([link("a", "b")], Decisions(), standings("a", "b"))
    ids = AwardIds.of(found, {"a": "award-of-a", "b": "award-of-b"}, "ab")
    assert ids.of_leader("a") == "award-of-a"


def test_an_award_that_is_parted_leaves_its_id_with_the_record_that_made_it() -> None:
    kept = record_award_id("b")
    ids = AwardIds.of({}, {"a": kept, "b": kept}, "ab")
    assert ids.of_leader("b") == kept
    assert ids.of_leader("a") == record_award_id("a")


def test_an_id_in_use_is_not_given_to_a_record_that_comes_back() -> None:
    # "a" made the id, left, and its duplicate "b" went on under it.
    ids = AwardIds.of({}, {"b": record_award_id("a")}, "ab")
    assert ids.of_leader("b") == record_award_id("a")
    assert ids.of_leader("a") not in {record_award_id("a"), record_award_id("b")}


def test_an_award_whose_first_record_vanished_keeps_its_id() -> None:
    ids = AwardIds.of({}, {"a": record_award_id("a"), "b": record_award_id("a")}, {"b"})
    assert ids.of_leader("b") == record_award_id("a")


def test_a_newer_version_that_leads_does_not_change_the_id() -> None:
    found = {"a#2": Part("a#2", "canonical", None), "a": Part("a#2", "duplicate", "older")}
    assert AwardIds.of(found, {}, ()).of_leader("a#2") == record_award_id("a")
    alone = {"b": Part("a#2", "duplicate", "b")}
    assert AwardIds.of(alone, {}, ()).of_leader("a#2") == record_award_id("a#2"), "it was parted from a"


def test_the_newest_version_leads_even_where_a_richer_source_has_its_older_one() -> None:
    older = standings("a", "b", rich="a")
    older["a"] = older["a"]._replace(is_older=True)
    assert parts([link("b", "a")], Decisions(), older)["a"].leader == "b"


def test_a_newest_version_that_tells_a_richer_records_money_gives_the_rules_reason() -> None:
    version = Link("a#2", "a", "duplicate", "older", rank=-1, lane=VERSIONS)
    found = parts([version, link("a#2", "b")], Decisions(), standings("a", "a#2", "b", rich="b"))
    assert (found["a#2"].reason, found["a"].reason) == ("a#2 b", "older")


names = st.sampled_from("abcdef")
linked = st.lists(st.tuples(names, names).filter(lambda pair: pair[0] != pair[1]), max_size=6)


@given(st.lists(st.tuples(linked, st.sets(names)), max_size=5))
def test_no_two_awards_ever_share_an_id_however_records_come_and_go(
    releases: list[tuple[list[tuple[str, str]], set[str]]],
) -> None:
    previous: dict[str, str] = {}
    for pairs, present in releases:
        found = parts([link(min(pair), max(pair)) for pair in pairs], Decisions(), standings(*sorted(present)))
        ids = AwardIds.of(found, previous, present)
        leader_of = {record: found[record].leader if record in found else record for record in present}
        previous = {record: ids.of_leader(leader) for record, leader in leader_of.items()}
        assert len(set(previous.values())) == len(set(leader_of.values()))


def test_a_record_that_comes_back_twice_still_gets_an_id_of_its_own() -> None:
    # "a" went on as "b", came back apart, and went on once more as "c": both of its ids are in use.
    first = AwardIds.of({}, {"b": record_award_id("a")}, "ab").of_leader("a")
    third = AwardIds.of({}, {"b": record_award_id("a"), "c": first}, "abc").of_leader("a")
    assert len({record_award_id("a"), first, third}) == 3
