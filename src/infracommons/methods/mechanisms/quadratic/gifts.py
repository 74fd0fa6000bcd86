"""What a matching round is: a pool of money, gifts to projects, who gave them, and the rules agreed before."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from infracommons.methods.result import refuse

Formula = Literal["quadratic", "pairwise", "clusters"]
BoundedOver = Literal["all_projects", "single_project"]
Pairs = Literal["unordered", "ordered"]
Closeness = Literal["shares_a_group", "share_of_friends"]
Groups = Literal["given", "projects", "same_projects"]
Excess = Literal["to_others", "kept"]
Amount = int | Fraction  # minor units; whole ones stay whole numbers, which is quicker


@dataclass(frozen=True)
class Gift:
    """One gift, in minor units."""

    donor: str
    project: str
    amount: int


@dataclass(frozen=True)
class Round:
    """A matching round. `pool` in minor units; `projects` in the order they are listed.

    `scores`: identity score by donor, where a rule on identity needs it; `groups`: group to its members' weights (1 for
    a plain member).
    """

    pool: int
    projects: tuple[str, ...]
    gifts: tuple[Gift, ...]
    scores: Mapping[str, Fraction] = field(default_factory=dict)
    groups: Mapping[str, Mapping[str, Fraction]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raise MethodInputError for what no rule can answer."""
        if self.pool < 0:
            refuse("pool", self.pool, "is negative")
        known = set(self.projects)
        if len(known) < len(self.projects):
            twice = next(one for number, one in enumerate(self.projects) if one in self.projects[:number])
            refuse("projects", twice, "is in the list twice")
        for number, gift in enumerate(self.gifts):
            if gift.project not in known:
                refuse(f"gifts[{number}].project", gift.project, "no such project")
            if gift.amount < 0:
                refuse(f"gifts[{number}].amount", gift.amount, "is negative")


@dataclass(frozen=True)
class Rules:
    """What was agreed before the round.

    formula: quadratic, pairwise or clusters. saturate: hand out the whole pool even where the formula asks for less.
    cap: most minor units for a project, None for no cap; cap_excess: what a cap cuts off goes to the others in
    proportion, or is kept. minimum_gift: smaller gifts count for nothing. identity: from which score on a gift counts
    with which part; empty where gifts count whole. bound, bounded_over, pairs: of pairwise, the bound M in minor units
    (None: no bound). closeness, groups, unit: of clusters; `unit` is how many minor units make the unit of money whose
    square root is taken (100 for cents and euros), because this formula gives another answer in another unit.
    """

    formula: Formula
    saturate: bool
    minimum_gift: int
    cap: int | None
    cap_excess: Excess
    identity: tuple[tuple[Fraction, Fraction], ...] = ()
    bound: int | None = None
    bounded_over: BoundedOver = "all_projects"
    pairs: Pairs = "unordered"
    closeness: Closeness = "shares_a_group"
    groups: Groups = "given"
    unit: int = 100

    def recorded(self) -> dict[str, object]:
        """Return the parameters that this formula looks at, for the result."""
        of_formula = {
            "quadratic": (),
            "pairwise": ("bound", "bounded_over", "pairs"),
            "clusters": ("closeness", "groups", "unit"),
        }[self.formula]
        names = ("formula", "saturate", "minimum_gift", "cap", "cap_excess", "identity", *of_formula)
        return {name: getattr(self, name) for name in names} | {"rounding": "largest remainder, ties by id"}


def coefficient(score: Fraction | None, bands: tuple[tuple[Fraction, Fraction], ...]) -> Fraction:
    """Return the part with which a gift counts: that of the highest band the score reaches; 0 below all of them."""
    if not bands:
        return Fraction(1)
    reached = [part for least, part in sorted(bands) if score is not None and score >= least]
    return reached[-1] if reached else Fraction(0)


def counted(round_: Round, rules: Rules) -> dict[str, dict[str, Amount]]:
    """Return what counts of each donor's gifts, by project and donor, in minor units; donors in order of their names.

    A gift below the minimum is left out first; what is left counts with the part of the donor's identity; then the
    gifts of a donor to a project are added up. Zeros are left out.
    """
    parts: dict[str, Amount] = {}
    for donor in {gift.donor for gift in round_.gifts}:
        part = coefficient(round_.scores.get(donor), rules.identity)
        parts[donor] = int(part) if part.denominator == 1 else part
    sums: dict[str, dict[str, int]] = {project: defaultdict(int) for project in round_.projects}
    for gift in round_.gifts:
        if gift.amount >= rules.minimum_gift:
            sums[gift.project][gift.donor] += gift.amount
    return {
        project: {donor: parts[donor] * own[donor] for donor in sorted(own) if own[donor] and parts[donor]}
        for project, own in sums.items()
    }
