"""Measures what an attack on a matching round brings for each unit of money put into it, by running the round itself.

Two attacks: one donor gives under several names (splitting), and several people agree to give to one project (a ring).
"""

from dataclasses import dataclass, replace
from fractions import Fraction

from infracommons.methods.mechanisms.quadratic.gifts import Gift, Round, Rules
from infracommons.methods.mechanisms.quadratic.rounds import allocate
from infracommons.methods.result import refuse


@dataclass(frozen=True)
class Attack:
    """What an attack brings. Money in minor units.

    spent: what the attackers put in (of a split, the gift that is split); before, after: the match of their project;
    gain: after less before; per_unit: gain for each unit spent, None where nothing is spent; bound: no attack of this
    kind brings more than this by the ideal match, where that is known; None where there is no bound.
    """

    kind: str
    spent: int
    before: int
    after: int
    bound: Fraction | None

    @property
    def gain(self) -> int:
        """Return what the attack adds to the match."""
        return self.after - self.before

    @property
    def per_unit(self) -> Fraction | None:
        """Return the gain for each unit of money that is put in."""
        return Fraction(self.gain, self.spent) if self.spent else None


def split_attack(round_: Round, rules: Rules, donor: str, project: str, names: int) -> Attack:
    """Return what it brings that a donor's gifts to a project come from several names, as evenly as minor units allow.

    The names take over the donor's identity score and groups, so this is the worst case. The bound is of the names
    among themselves, in ideal money: `names - 1` times the gift for the quadratic formula, M for each pair under a
    pairwise bound (twice that where pairs are ordered).
    """
    if names < 1:
        refuse("names", names, "must be at least 1")
    spent = sum(gift.amount for gift in round_.gifts if (gift.donor, gift.project) == (donor, project))
    if not spent:
        refuse("donor", donor, f"gave nothing to {project}")
    aliases = [donor, *(f"{donor} as name {number}" for number in range(2, names + 1))]
    kept = tuple(gift for gift in round_.gifts if (gift.donor, gift.project) != (donor, project))
    each, odd = divmod(spent, names)
    split = tuple(Gift(alias, project, each + (number < odd)) for number, alias in enumerate(aliases))
    before = _match(round_, rules, project)
    after = _match(_with(round_, (*kept, *split), donor, aliases), rules, project)
    return Attack("split", spent, before, after, _bound(rules, names, spent))


def ring_attack(round_: Round, rules: Rules, project: str, members: int, gift: int) -> Attack:
    """Return what it brings that so many strangers agree to give `gift` minor units each to one project.

    They have the best identity score that the rules name. The bound is of the ring among itself, as for a split.
    """
    if members < 1:
        refuse("members", members, "must be at least 1")
    names = [f"ring member {number}" for number in range(1, members + 1)]
    gifts = (*round_.gifts, *(Gift(name, project, gift) for name in names))
    best = max((least for least, _ in rules.identity), default=Fraction(0))
    attacked = replace(round_, gifts=gifts, scores=dict(round_.scores) | dict.fromkeys(names, best))
    before, after = _match(round_, rules, project), _match(attacked, rules, project)
    return Attack("ring", members * gift, before, after, _bound(rules, members, members * gift))


def _with(round_: Round, gifts: tuple[Gift, ...], donor: str, aliases: list[str]) -> Round:
    scores, groups = dict(round_.scores), {group: dict(weights) for group, weights in round_.groups.items()}
    if donor in scores:
        scores |= dict.fromkeys(aliases, scores[donor])
    for weights in groups.values():
        if donor in weights:
            weights.update(dict.fromkeys(aliases, weights[donor]))
    return replace(round_, gifts=gifts, scores=scores, groups=groups)


def _match(round_: Round, rules: Rules, project: str) -> int:
    return allocate(round_, rules).amounts[project]


def _bound(rules: Rules, names: int, spent: int) -> Fraction | None:
    """Return what so many names bring among themselves at most, in ideal minor units."""
    if rules.formula == "quadratic":
        return Fraction(spent * (names - 1))
    if rules.formula == "pairwise" and rules.bound is not None:
        pairs = names * (names - 1) // 2
        return Fraction(rules.bound * pairs * (2 if rules.pairs == "ordered" else 1))
    return None
