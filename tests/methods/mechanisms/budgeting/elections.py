"""Small votes for properties: few projects, few voters, points and weights that are no whole numbers."""

from fractions import Fraction

from hypothesis import strategies as st

from infracommons.methods.mechanisms.budgeting.election import Ballot, Election, Project


@st.composite
def elections(draw: st.DrawFn, *, projects: int = 5, voters: int = 6, approval: bool = False) -> Election:
    number = draw(st.integers(1, projects))
    names = [f"p{place}" for place in range(number)]
    costs = draw(st.lists(st.integers(1, 30), min_size=number, max_size=number))
    values = st.just(Fraction(1)) if approval else st.sampled_from([1, 1, 2, 3]).map(Fraction)
    weights = st.just(Fraction(1)) if approval else st.sampled_from([Fraction(1), Fraction(1), Fraction(3, 2)])
    said = draw(
        st.lists(st.tuples(st.dictionaries(st.sampled_from(names), values), weights), min_size=1, max_size=voters)
    )
    return Election(
        draw(st.integers(0, 70)),
        tuple(Project(name, cost) for name, cost in zip(names, costs, strict=True)),
        tuple(Ballot(f"v{place}", dict(sorted(p.items())), weight=w) for place, (p, w) in enumerate(said)),
        "approval" if approval else "points",
    )
