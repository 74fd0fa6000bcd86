"""Spark, for more than one machine: the same stages and definitions. Needs the `spark` extra and Java 17."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.sql import SparkSession

from infracommons.pipeline.engine import BatchFunction, EngineName

if TYPE_CHECKING:
    from splink.internals.database_api import DatabaseAPI


class Spark:
    """See `Engine`. Small tables travel through Parquet files in the scratch folder, so that types stay exact."""

    name: EngineName = "spark"

    def __init__(self, scratch: Path) -> None:
        # Workers must run the Python that has the package; the system's own would be taken otherwise.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        self._scratch = scratch
        self._session = (
            SparkSession.builder.appName("infracommons")
            .master(os.environ.get("SPARK_MASTER", "local[2]"))
            .config("spark.sql.shuffle.partitions", "4")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.warehouse.dir", str(scratch / "warehouse"))
            .config("spark.sql.execution.arrow.pyspark.enabled", "true")
            .config("spark.sql.ansi.enabled", "true")
            .getOrCreate()
        )
        self._session.sparkContext.setLogLevel("ERROR")
        # Splink cuts long plans by checkpoints.
        self._session.sparkContext.setCheckpointDir(str(scratch / "checkpoints"))
        self._backend = ibis.pyspark.connect(self._session)
        self._numbers = count()

    def read_parquet(self, paths: Sequence[Path]) -> ibis.Table:
        return self._register(self._session.read.parquet(*(str(path) for path in paths)))

    def table(self, rows: pa.Table) -> ibis.Table:
        path = self._new_path()
        pq.write_table(rows, path)
        return self.read_parquet([path])

    def materialise(self, expression: ibis.Table) -> ibis.Table:
        path = self._new_path()
        self._frame(expression).write.parquet(str(path))
        return self.read_parquet([path])

    def map_batches(self, expression: ibis.Table, function: BatchFunction, schema: pa.Schema) -> ibis.Table:
        from pyspark.sql.pandas.types import from_arrow_schema  # noqa: PLC0415

        def results(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            for batch in batches:
                yield function(batch).cast(schema)

        mapped = self._frame(expression).mapInArrow(results, from_arrow_schema(schema))
        path = self._new_path()
        mapped.write.parquet(str(path))
        return self.read_parquet([path])

    def collect(self, expression: ibis.Table) -> pa.Table:
        return expression.to_pyarrow()

    def splink(self) -> "DatabaseAPI[Any]":
        from splink import SparkAPI  # noqa: PLC0415

        api: DatabaseAPI[Any] = SparkAPI(spark_session=self._session)  # type: ignore[no-untyped-call]
        return api

    def close(self) -> None:
        self._session.stop()

    def _frame(self, expression: ibis.Table) -> Any:  # noqa: ANN401 - a Spark data frame
        return self._session.sql(ibis.to_sql(expression, dialect="pyspark"))

    def _register(self, frame: Any) -> ibis.Table:  # noqa: ANN401
        name = f"t{next(self._numbers)}"
        frame.createOrReplaceTempView(name)
        return self._backend.table(name)

    def _new_path(self) -> Path:
        return self._scratch / f"table-{next(self._numbers)}.parquet"


def open_engine(scratch: Path) -> Spark:
    """Return a Spark session of this machine, or of the cluster that SPARK_MASTER names."""
    return Spark(scratch)
