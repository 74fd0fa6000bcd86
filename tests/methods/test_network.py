"""Places in a network against slow counts: by walking every path, and by taking each member away."""

from hypothesis import given
from hypothesis import strategies as st

from infracommons.methods.network import places

names = st.sampled_from("abcdefgh")
some_edges = st.lists(st.tuples(names, names), max_size=16)


def reached_from(start: str, edges: set[tuple[str, str]]) -> set[str]:
    """Return those from whom `start` can be reached."""
    seen, left = {start}, [start]
    while left:
        here = left.pop()
        for a, b in edges:
            if b == here and a not in seen:
                seen.add(a)
                left.append(a)
    return seen - {start}


def pieces(members: set[str], edges: set[tuple[str, str]]) -> list[set[str]]:
    both = edges | {(b, a) for a, b in edges}
    left, found = set(members), []
    while left:
        piece, waiting = set(), [min(left)]
        while waiting:
            here = waiting.pop()
            if here not in piece:
                piece.add(here)
                waiting += [b for a, b in both if a == here and b in members]
        found.append(piece)
        left -= piece
    return found


@given(drawn=some_edges)
def test_places_are_those_of_the_slow_counts(drawn: list[tuple[str, str]]) -> None:
    edges = {(a, b) for a, b in drawn if a != b}
    members = {one for edge in edges for one in edge}
    found = places(drawn)
    assert set(found) == members
    for one, place in found.items():
        assert place.relied_on_by == sum(b == one for _, b in edges)
        assert place.relies_on == sum(a == one for a, _ in edges)
        assert place.dependants == len(reached_from(one, edges))
        around = next(piece for piece in pieces(members, edges) if one in piece) - {one}
        left = pieces(around, {(a, b) for a, b in edges if a in around and b in around})
        assert place.cut_off == len(around) - max(map(len, left))


def test_the_middle_of_a_star_cuts_all_rays_but_one_off() -> None:
    found = places([("a", "hub"), ("b", "hub"), ("c", "hub")])
    assert (found["hub"].relied_on_by, found["hub"].dependants, found["hub"].cut_off) == (3, 3, 2)
    assert found["a"].cut_off == 0


def test_no_edge_no_member() -> None:
    assert places([]) == {} == places([("a", "a")])
