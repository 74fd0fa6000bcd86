import re
from pathlib import Path

import pytest

from infracommons.pipeline.raw import documents
from infracommons.pipeline.source import Award
from infracommons.pipeline.sources.ioi_awards import SOURCE
from infracommons.vocabulary.problems import FieldProblem

REAL = Path(__file__).parents[4] / "shared" / "data" / "grants" / "ioi_scrapers"


def awards(name: str) -> list[Award]:
    if not REAL.exists():
        pytest.skip(f"no real data at {REAL}")
    (document,) = documents(REAL / f"{name}_grants.jsonl.gz")
    return [award for _, native in SOURCE.parse(document) if isinstance(award := _award(native), Award)]


def _award(native: bytes) -> object:
    try:
        return SOURCE.normalise(native)
    except FieldProblem:
        return None


def test_a_doris_duke_sum_in_words_is_the_amount() -> None:
    sums = re.compile(r"totaling \$(\d+\.\d+) million|a total of \$(\d+\.\d+) million")
    stated = [(sums.search(award.description or ""), award.amount) for award in awards("dorrisduke.org")]
    told = [(float(found[1] or found[2]) * 1_000_000, float(amount or 0)) for found, amount in stated if found]
    assert len(told) >= 5
    assert all(abs(words - amount) < 1 for words, amount in told)


def test_kress_labels_do_not_stick_to_the_text() -> None:
    found = awards("kressfoundation.org")
    texts = [f"{award.recipient_name}|{award.programme}|{award.description}" for award in found]
    assert not [text for text in texts if re.search(r"(^|\|)(grantee|program|description)[A-Z]", text)]
    assert any(">Conservation OnLine</a> (CoOL) web resource" in text for text in texts)


def test_no_two_helmsley_awards_share_an_identifier() -> None:
    identifiers = [award.identifier for award in awards("helmsley.org")]
    assert len(identifiers) == len(set(identifiers)) == 2717
