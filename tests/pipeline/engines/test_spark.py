"""The golden files through Spark: the same tables as through DuckDB, but for the differences listed here."""

import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from infracommons.pipeline.run import Job, make_release
from infracommons.vocabulary.tables import PUBLISHED, Table

# Table and column -> why the engines may differ there. Empty: a stage that needs an entry has to say why.
ALLOWED_DIFFERENCES: dict[tuple[str, str], str] = {}

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(shutil.which("java") is None, reason="needs Java 17: apt-get install openjdk-17-jre-headless"),
    # PySpark opens its own files and sockets without closing them; none of it is ours.
    pytest.mark.filterwarnings("ignore"),
]


@pytest.fixture(scope="module")
def spark_release(golden_raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The golden files' release, made by Spark on this machine."""
    pytest.importorskip("pyspark", reason="needs the spark extra")
    definitions = Path(__file__).parents[3] / "definitions"
    return make_release(Job(golden_raw, tmp_path_factory.mktemp("spark"), definitions, engine="spark"))


@pytest.mark.parametrize("table", PUBLISHED, ids=lambda table: table.name)
def test_spark_gives_the_table_that_duckdb_gives(spark_release: Path, golden_release: Path, table: Table) -> None:
    name = table.name
    spark, duckdb = (pq.read_table(f / f"{name}.parquet") for f in (spark_release, golden_release / "current"))
    same = [column for column in duckdb.column_names if (name, column) not in ALLOWED_DIFFERENCES]
    assert spark.select(same).to_pylist() == duckdb.select(same).to_pylist()
