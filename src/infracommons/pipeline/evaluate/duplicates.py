"""Measures how well two records of one award are told from records of two awards, against labelled pairs."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from infracommons.methods.duplicates.scores import pair_scores
from infracommons.pipeline.csv_rows import csv_rows, header
from infracommons.pipeline.engines import open_engine
from infracommons.pipeline.raw import documents
from infracommons.pipeline.source import Source, all_sources
from infracommons.pipeline.stages.deduplicate import deduplicate
from infracommons.pipeline.stages.normalise import normalise
from infracommons.vocabulary.problems import FieldProblem, UnusableInputError

_COLUMNS = ("id_a", "id_b", "label")
_SAME = "same_award_transfer"
_LABELS = frozenset({_SAME, "joint_or_linked_award_diff_org", "same_title_diff_award_same_org"})


def evaluate(pairs: Path, records: Path) -> dict[str, Any]:
    """Return n, precision, recall and f1 for pairs of one award, and how many pairs name a record that is not there.

    `pairs` is CSV with the publisher's ids `id_a`, `id_b` and a `label`; `records` a file of any source that gives
    records, all of which are deduplicated as in a release. A pair with a record that is not there counts as two awards.
    Raises UnusableInputError for files that are not such.
    """
    labelled = list(_labelled(pairs))
    if not labelled:
        message = f"{pairs}: no rows"
        raise UnusableInputError(message)
    source = _source_of(records)
    award_ids = _award_ids(source, records)

    def award_of(identifier: str) -> str | None:
        return award_ids.get(f"{source.name}:{identifier}")

    said = [award_of(one) is not None and award_of(one) == award_of(other) for one, other, _ in labelled]
    scores = pair_scores([is_same for *_, is_same in labelled], said)
    missing = sum(award_of(one) is None or award_of(other) is None for one, other, _ in labelled)
    return {
        "n": scores.n,
        "precision": round(scores.precision, 4),
        "recall": round(scores.recall, 4),
        "f1": round(scores.f1, 4),
        "pairs_not_in_records": missing,
    }


def _labelled(path: Path) -> Iterator[tuple[str, str, bool]]:
    document = next(iter(documents(path)))
    if missing := sorted(set(_COLUMNS) - set(header(document))):
        message = f"{path}: no column {', '.join(missing)}; needs {', '.join(_COLUMNS)}"
        raise UnusableInputError(message)
    place = "the first line"
    try:
        for place, row in csv_rows(document):  # noqa: B007 - told where it breaks off
            if row["label"] not in _LABELS:
                raise FieldProblem("bad_value", "label", row["label"], f"none of {', '.join(sorted(_LABELS))}")
            yield row["id_a"], row["id_b"], row["label"] == _SAME
    except ValueError as error:
        message = f"{path}: {place}: {error}"
        raise UnusableInputError(message) from error


def _source_of(records: Path) -> Source:
    document = next(iter(documents(records)))
    for source in all_sources().values():
        if source.gives == "record" and source.recognise(document):
            return source
    message = f"{records}: not in the format of any source of award records"
    raise UnusableInputError(message)


def _award_ids(source: Source, records: Path) -> dict[str, str]:
    """Return the award of each record id."""
    with tempfile.TemporaryDirectory() as folder:
        raw, work = Path(folder) / "raw", Path(folder) / "work"
        (raw / source.name).mkdir(parents=True)
        work.mkdir()
        (raw / source.name / records.name).symlink_to(records.resolve())
        normalised = normalise([source], raw, work)
        engine = open_engine("duckdb", work)
        try:
            members = engine.collect(deduplicate(engine, engine.read_parquet(normalised.files["record"])))
        finally:
            engine.close()
    return dict(zip(members["record_id"].to_pylist(), members["award_id"].to_pylist(), strict=True))
