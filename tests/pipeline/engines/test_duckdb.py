"""DuckDB without room or with a file that is gone ends as the system's own errors do, in one short line."""

import errno
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from infracommons.pipeline.engines import duckdb
from infracommons.pipeline.engines.duckdb import DuckDB


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[DuckDB]:
    opened = DuckDB(tmp_path)
    yield opened
    opened.close()


def test_a_file_that_is_gone_is_an_os_error_without_sql(engine: DuckDB, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"number": [1]}), path)
    table = engine.read_parquet([path])
    path.unlink()
    for ask in (engine.collect, engine.materialise):
        with pytest.raises(OSError, match="DuckDB: IO Error") as caught:
            ask(table)
        assert caught.value.errno == errno.EIO
        assert caught.value.filename == str(tmp_path)
        assert "SELECT" not in str(caught.value)
        assert "\n" not in str(caught.value)
    with pytest.raises(OSError, match="DuckDB: IO Error"):
        engine.read_parquet([path])
    with pytest.raises(OSError, match="DuckDB: IO Error"):
        engine.map_batches(table, lambda batch: batch, pa.schema({"number": pa.int64()}))


def test_no_room_in_memory_and_on_disk_is_an_os_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duckdb, "MEMORY_LIMIT", "20MB")
    (tmp_path / "spill").write_text("a file where the folder should be")
    engine = DuckDB(tmp_path)
    try:
        numbers = engine.table(pa.table({"number": list(range(100_000))}))
        other = numbers.view().rename(other="number")
        with pytest.raises(OSError, match="DuckDB: ") as caught:
            engine.materialise(numbers.cross_join(other).limit(20_000_000))
        assert caught.value.errno in {errno.ENOMEM, errno.EIO}
        assert "\n" not in str(caught.value)
    finally:
        engine.close()
