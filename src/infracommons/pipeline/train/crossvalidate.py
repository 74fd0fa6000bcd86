"""Judges every labelled pair by a model that has seen neither its text nor, where asked, its infrastructure."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from sklearn.model_selection import StratifiedGroupKFold

from infracommons.pipeline.train.figures import Figures, figures
from infracommons.pipeline.train.fit import fit
from infracommons.pipeline.train.relevance_data import Groups, Labelled, Numbers, judged

FOLDS = 10
FEWEST_TEXTS = 2 * FOLDS  # of right and of wrong mentions each; with fewer, folds would lack one of them
GroupBy = Literal["text", "infrastructure"]


@dataclass(frozen=True)
class LeftOut:
    """For each row what a model said that was fitted without it: probability, and 1 where it is for a person.

    `cautious` are the same for features from definitions without what only the row's own text bears out.
    """

    probability: Numbers
    unsure: Groups
    cautious_probability: Numbers
    cautious_unsure: Groups

    def figures(self, concerns: Groups) -> Figures:
        """Return the figures with whole definitions."""
        return figures(concerns, self.probability, self.unsure)

    def cautious_figures(self, concerns: Groups) -> Figures:
        """Return the figures with cautious definitions, which owe less to the texts they are measured on."""
        return figures(concerns, self.cautious_probability, self.cautious_unsure)


def cross_validate(data: Labelled, by: GroupBy, seed: int) -> LeftOut:
    """Return what models fitted on the other folds say of each row; a group is never in two folds."""
    count = len(data.concerns)
    out = LeftOut(np.zeros(count), np.zeros(count, np.int64), np.zeros(count), np.zeros(count, np.int64))
    group = data.text_group if by == "text" else data.infrastructure_group
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed)
    for train, test in folds.split(np.zeros(count), data.concerns, group):
        model = fit(data.rows(train), seed)
        for views, probability, unsure in (
            (data.whole, out.probability, out.unsure),
            (data.cautious, out.cautious_probability, out.cautious_unsure),
        ):
            probability[test], unsure[test] = judged([views[i] for i in test], model)
    return out


def fewest_texts(data: Labelled) -> int:
    """Return the number of different texts with right mentions, or of those with wrong ones, whichever is less."""
    return min(len(set(data.text_group[data.concerns == label].tolist())) for label in (0, 1))
