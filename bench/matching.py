"""How fast mentions are found: against the same expressions in DuckDB, and against ripgrep on the same literals."""

import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from infracommons.methods.matching.finder import Finder, Rule
from infracommons.methods.matching.literals import required_literals
from infracommons.pipeline.definitions import load_catalogue
from infracommons.pipeline.source import all_sources
from infracommons.pipeline.stages.match import rules_of
from infracommons.pipeline.stages.normalise import normalise

# The join asks every text every expression; a part of the texts is enough to know its time for each.
JOIN_TEXTS = 300
REPEATS = 3


def measure_matching(raw: Path) -> dict[str, float]:
    """Return seconds and ratios over the descriptions of all real awards."""
    texts = _descriptions(raw)
    rules = rules_of(load_catalogue(Path("definitions")), "description")
    finder = Finder(rules)
    ours = _best(lambda: finder.find(texts))
    figures = {
        "texts": len(texts),
        "megabytes": round(sum(map(len, texts)) / 1e6, 1),
        "rules": len(rules),
        "seconds": round(ours, 3),
    }
    sample = texts[:: max(1, len(texts) // JOIN_TEXTS)]
    join, ours_on_sample = _join_seconds(sample, rules), _best(lambda: finder.find(sample))
    figures |= {
        "regex_join_seconds_on_sample": round(join, 3),
        "seconds_on_sample": round(ours_on_sample, 4),
        "ratio_to_regex_join": round(join / ours_on_sample, 1),
    }
    if shutil.which("rg"):
        ripgrep = _ripgrep_seconds(texts, rules)
        figures |= {"ripgrep_seconds": round(ripgrep, 3), "ratio_to_ripgrep": round(ours / ripgrep, 2)}
    return figures


def _descriptions(raw: Path) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        records = [source for source in all_sources().values() if source.gives == "record"]
        files = normalise(records, raw, Path(folder)).files["record"]
        tables = [pq.read_table(file, columns=["description"]) for file in files]
    return [text for text in pa.concat_tables(tables).column(0).to_pylist() if text]


def _join_seconds(texts: list[str], rules: list[Rule]) -> float:
    """Time a join of texts and expressions on `regexp_matches`, on the threads a release has."""
    connection = duckdb.connect(config={"threads": 2})
    connection.register("texts", pa.table({"text": texts}))
    connection.register("rules", pa.table({"expression": [_for_re2(rule.expression) for rule in rules]}))
    query = "SELECT count(*) FROM texts JOIN rules ON regexp_matches(texts.text, rules.expression, 'i')"
    return _best(lambda: connection.execute(query).fetchall(), repeats=1)


def _for_re2(expression: str) -> str:
    """Leave out look-arounds, which DuckDB's expressions do not have: that makes its work lighter, not ours."""
    plain = expression
    for opening in ("(?!", "(?=", "(?<!", "(?<="):
        while (start := plain.find(opening)) >= 0:
            depth, end = 0, start
            for end in range(start, len(plain)):
                depth += (plain[end] == "(") - (plain[end] == ")")
                if not depth:
                    break
            plain = plain[:start] + plain[end + 1 :]
    return plain


def _ripgrep_seconds(texts: list[str], rules: list[Rule]) -> float:
    """Time ripgrep finding every place of the literals that our automaton looks for, upper and lower case alike."""
    with tempfile.TemporaryDirectory() as folder:
        corpus, terms = Path(folder) / "texts", Path(folder) / "terms"
        corpus.write_text("\n".join(texts), encoding="utf-8")
        literals = sorted({literal for rule in rules for literal in required_literals(rule.expression)[0]})
        terms.write_text("\n".join(literals), encoding="utf-8")
        command = ["rg", "--no-config", "-i", "-F", "-o", "-f", str(terms), str(corpus)]

        def search() -> None:
            with (Path(folder) / "found").open("wb") as found:
                subprocess.run(command, stdout=found, check=True)

        return _best(search)


def _best(action: Callable[[], object], repeats: int = REPEATS) -> float:
    """Return the shortest of some runs: what the work takes when nothing else is in its way."""
    seconds = []
    for _ in range(repeats):
        began = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - began)
    return min(seconds)


if __name__ == "__main__":
    from bench.real_data import raw_folder

    print(json.dumps(measure_matching(raw_folder(Path("work/bench/raw"))), indent=2))
