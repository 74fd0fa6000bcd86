"""Says in a sentence what the policies ask for."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from infracommons.insights.policies.load import Policies
from infracommons.insights.policies.requirements import strength_on
from infracommons.vocabulary.figures import counted
from infracommons.vocabulary.policies import NOT_SAID, Instrument


@dataclass(frozen=True)
class Finding:
    """A statement, and the same in full with its numbers."""

    title: str
    sentence: str


def finding(policies: Policies, instruments: Sequence[Instrument]) -> Finding:
    """Return what most of these policies ask for, and how many must, should or may."""
    if not instruments:
        return Finding("No policy matches", f"None of {_policies(len(policies.instruments))} matches.")
    words = {code: Counter(strength_on(one, code) for one in instruments) for code in policies.requirements}
    number = len(instruments)
    most = min(words, key=lambda code: words[code][NOT_SAID])  # of equals the first of the list
    said, label = words[most], policies.requirements[most].label
    speaking = number - said[NOT_SAID]
    regions = counted(len({one.region for one in instruments}), "region")
    return Finding(
        f"{label}: {speaking:,} of {_policies(number)} {'speaks' if speaking == 1 else 'speak'} of it",
        f"{_policies(number)} from {regions}. The most common subject is {label[0].lower()}{label[1:]}: "
        f"{said['must']} say must, {said['should']} should, {said['may']} may, and {said[NOT_SAID]} do not say.",
    )


def _policies(number: int) -> str:
    return counted(number, "policy", "policies")
