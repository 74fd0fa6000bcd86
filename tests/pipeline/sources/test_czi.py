from pathlib import Path

import pytest

from infracommons.pipeline.raw import Document, documents
from infracommons.pipeline.source import Award
from infracommons.pipeline.sources.czi import SOURCE

REAL = Path(__file__).parents[4] / "shared" / "data" / "grants" / "ioi_scrapers" / "czi_grants.json.gz"
GRANT = b'{"id":"rec%d","createdTime":"2022-10-31T03:54:08.000Z","fields":{"Account Name":"NumFOCUS"}}'


def test_a_file_cut_in_the_middle_gives_the_grants_before(tmp_path: Path) -> None:
    path = tmp_path / "czi.json"
    path.write_bytes(b'{"grants":[[' + GRANT % 1 + b"," + GRANT % 2 + b"],[" + GRANT[:40])
    rows = SOURCE.parse(Document("czi.json", path, lambda: path.open("rb")))
    assert [next(rows)[0], next(rows)[0]] == ["grant 1", "grant 2"]
    with pytest.raises(ValueError, match="Unterminated string"):
        next(rows)


def test_no_description_of_the_real_file_names_its_investigator() -> None:
    if not REAL.exists():
        pytest.skip(f"no real data at {REAL}")
    (document,) = documents(REAL)
    awards = [SOURCE.normalise(native) for _, native in SOURCE.parse(document)]
    led = [award for award in awards if isinstance(award, Award) and award.people]
    assert len(led) == 708
    assert not [award for award in led if any(name in (award.description or "") for name in award.people)]
