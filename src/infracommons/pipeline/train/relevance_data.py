"""Turns labelled pairs into what a model is fitted and measured on: feature values, labels and groups."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from infracommons.methods.relevance.context import Mention, context
from infracommons.methods.relevance.features import features
from infracommons.methods.relevance.knowledge import Knowledge
from infracommons.methods.relevance.model import RelevanceModel
from infracommons.pipeline.stages.match import field_finders
from infracommons.pipeline.train.relevance_gold import LabelledPair
from infracommons.pipeline.train.twins import twin_groups
from infracommons.pipeline.train.withheld import withheld
from infracommons.vocabulary.definitions import Infrastructure, TextField

if TYPE_CHECKING:
    from infracommons.methods.matching.finder import Finder

Numbers = npt.NDArray[np.float64]
Groups = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Labelled:
    """Feature values of each pair, with the whole definition and with what only its own text bears out withheld."""

    whole: Sequence[dict[str, float]]
    cautious: Sequence[dict[str, float]]
    concerns: Groups  # 1 where the award concerns the infrastructure, 0 where the mention is wrong
    text_group: Groups
    infrastructure_group: Groups

    def rows(self, chosen: Groups) -> "Labelled":
        """Return the chosen rows."""
        return Labelled(
            [self.whole[i] for i in chosen],
            [self.cautious[i] for i in chosen],
            self.concerns[chosen],
            self.text_group[chosen],
            self.infrastructure_group[chosen],
        )


def labelled(pairs: Sequence[LabelledPair]) -> Labelled:
    """Return feature values, labels and groups of labelled pairs."""
    group = twin_groups([pair.text for pair in pairs])
    lesser = withheld([pair.infrastructure for pair in pairs], [pair.text for pair in pairs], group)
    ids = [pair.infrastructure.infrastructure_id for pair in pairs]
    values = _Values()
    whole = [values.of(pair, pair.infrastructure) for pair in pairs]
    return Labelled(
        whole=whole,
        cautious=[
            known if less is pair.infrastructure else _Values().of(pair, less)
            for pair, known, less in zip(pairs, whole, lesser, strict=True)
        ],
        concerns=np.array([not pair.is_wrong for pair in pairs], dtype=np.int64),
        text_group=np.array(group, dtype=np.int64),
        infrastructure_group=np.unique(ids, return_inverse=True)[1].astype(np.int64),
    )


def judged(rows: Sequence[Mapping[str, float]], model: RelevanceModel) -> tuple[Numbers, Groups]:
    """Return what the model says of feature values: probabilities, and 1 for each row that is left for a person."""
    said = [model.probability(row) for row in rows]
    return np.array(said), np.array([model.decide(p) == "needs_review" for p in said], dtype=np.int64)


class _Values:
    """Feature values of pairs; each definition is compiled once."""

    def __init__(self) -> None:
        self._compiled: dict[str, tuple[dict[TextField, Finder], Knowledge]] = {}

    def of(self, pair: LabelledPair, infrastructure: Infrastructure) -> dict[str, float]:
        key = infrastructure.infrastructure_id
        if key not in self._compiled:
            self._compiled[key] = (field_finders([infrastructure]), Knowledge(infrastructure))
        finders, knowledge = self._compiled[key]
        texts: dict[TextField, str] = {"title": pair.title, "description": pair.description}
        mentions = [
            Mention(name, found.start, found.end)
            for name, text in texts.items()
            for found in finders[name].find([text])
        ]
        return features(context(pair.title, pair.description, mentions), knowledge).values
