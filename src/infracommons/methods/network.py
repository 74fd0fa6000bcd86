"""What a network of reliance says of its members: on whom others rely, and who holds it together.

An edge (a, b) says that a relies on b. Source for blocks and articulation points: J. Hopcroft, R. Tarjan,
Algorithm 447, Communications of the ACM 16 (1973).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

import networkx as nx

Edge = tuple[str, str]


@dataclass(frozen=True)
class Place:
    """The place of one member: counts of other members.

    relied_on_by: rely on it directly. relies_on: it relies on directly. dependants: rely on it directly or through
    others. cut_off: would no longer be connected with the largest part of its neighbourhood if it went away.
    """

    relied_on_by: int
    relies_on: int
    dependants: int
    cut_off: int


def places(edges: Iterable[Edge]) -> dict[str, Place]:
    """Return the place of every member that an edge names; an edge from a member to itself says nothing."""
    graph = nx.DiGraph()
    graph.add_edges_from(sorted({(a, b) for a, b in edges if a != b}))
    reach, cuts = _dependants(graph), _cut_off(nx.Graph(graph.edges))
    return {
        one: Place(graph.in_degree(one), graph.out_degree(one), reach[one], cuts.get(one, 0)) for one in sorted(graph)
    }


def _dependants(graph: "nx.DiGraph[str]") -> dict[str, int]:
    """Count for each member those from whom it can be reached; sets are bits of whole numbers, one set a circle."""
    circles = nx.condensation(graph)
    reached: dict[int, int] = {}
    number = {one: place for place, one in enumerate(sorted(graph))}
    counts: dict[str, int] = {}
    for circle in nx.topological_sort(circles):
        members = circles.nodes[circle]["members"]
        own = sum(1 << number[one] for one in members)
        before = own
        for other in circles.predecessors(circle):
            before |= reached[other]
        reached[circle] = before
        counts |= dict.fromkeys(members, before.bit_count() - 1)
    return counts


def _cut_off(graph: "nx.Graph[str]") -> dict[str, int]:
    """Count for each articulation point the members outside the largest piece that is left without it."""
    tree, size = _block_tree(graph)
    found: dict[str, int] = {}
    for part in nx.connected_components(tree):
        whole = sum(size[node] for node in part)
        for point, pieces in _pieces(tree, size, part, whole).items():
            found[point] = sum(pieces) - max(pieces)
    return found


def _block_tree(graph: "nx.Graph[str]") -> tuple["nx.Graph[str | int]", Mapping[str | int, int]]:
    """Return the trees of blocks (numbers) and articulation points (names), and how many members each adds."""
    blocks = list(nx.biconnected_components(graph))
    points = {one for one, number in Counter(chain.from_iterable(blocks)).items() if number > 1}
    tree: nx.Graph[str | int] = nx.Graph()
    size: dict[str | int, int] = dict.fromkeys(points, 1)
    for place, block in enumerate(blocks):
        tree.add_node(place)
        size[place] = len(block - points)
        tree.add_edges_from((place, point) for point in block & points)
    return tree, size


def _pieces(
    tree: "nx.Graph[str | int]", size: Mapping[str | int, int], part: Collection[str | int], whole: int
) -> dict[str, list[int]]:
    """Return for each articulation point of a part of `whole` members the sizes of the pieces left without it."""
    root = min(node for node in part if isinstance(node, int))
    below = {node: size[node] for node in part}
    found: dict[str, list[int]] = {}
    for parent, child in reversed(list(nx.bfs_edges(tree, root))):
        below[parent] += below[child]
        if isinstance(parent, str):
            found.setdefault(parent, []).append(below[child])
    for pieces in found.values():
        pieces.append(whole - 1 - sum(pieces))
    return found
