"""Finds the pairs of records worth the rules' closer look: Splink blocks, compares and weighs them, on any engine."""

from typing import Any

import ibis
import splink.comparison_level_library as level
from splink import Linker, SettingsCreator
from splink.blocking_rule_library import CustomRule, block_on
from splink.comparison_library import CustomComparison

from infracommons.methods.duplicates.moved import LONGEST_BREAK_DAYS, OVERLAP_DAYS
from infracommons.pipeline.engine import Engine

# A title under more records than this is a programme's name ("General support"), a number a place-holder.
MOST_RECORDS_OF_A_KEY = 60
_KEYS_WITH_A_LIMIT = ("series_key", "number_key", "base_key")
LEAST_WEIGHT = 0.0
_SAME_SOURCE = "source_l = source_r"
_GAP = "GREATEST(start_day_l, start_day_r) - LEAST(end_day_l, end_day_r)"
_SAME_BASE = "base_key_l = base_key_r"


def candidates(engine: Engine, keys: ibis.Table) -> ibis.Table:
    """Return pairs `record_id_l`, `record_id_r` that share a block and whose comparisons weigh more than nothing.

    The chances that a comparison comes out one way are set, not learned: they rule out what the stated rules could
    never accept (partners working side by side, recipients without a word in common), and leave the verdict to them.
    """
    told_apart = {name: _if_few(keys[name], least=1 + (name == "base_key")) for name in _KEYS_WITH_A_LIMIT}
    table = engine.materialise(keys.mutate(**told_apart))
    database: Any = engine.splink()  # Splink ships no types
    name = table.get_name().rpartition(".")[2]  # DuckDB says where it keeps its temporary tables; Splink must not
    linker = Linker(database.register(name), _settings(), log_level=None, validate_settings=False)
    scored: Any = linker.inference.predict(threshold_match_weight=LEAST_WEIGHT, warning_mode="never")
    pairs = scored.as_pyarrow_table().select(["record_id_l", "record_id_r"])
    database.delete_tables_created_by_splink_from_db()
    return engine.table(pairs).union(_repeats(keys), distinct=True)


def _repeats(keys: ibis.Table) -> ibis.Table:
    """Pair each repeat of an identifier (x#2, x#3) with the first (x): however many they are, none goes unlinked."""
    repeats = keys.filter(keys.record_id != keys.base_key).select(record_id_l="base_key", record_id_r="record_id")
    return repeats.semi_join(keys.select(record_id_l="record_id"), "record_id_l")


def _if_few(key: ibis.Column, least: int) -> ibis.Column:
    """Keep a key that at least that many records have, but not so many that it cannot tell awards apart."""
    records = key.count().over(ibis.window(group_by=key))
    return ibis.cases((records.between(least, MOST_RECORDS_OF_A_KEY), key), else_=ibis.null(str))


def _settings() -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="record_id",
        probability_two_random_records_match=0.2,  # within a block, not among all records
        blocking_rules_to_generate_predictions=[
            block_on("base_key"),
            block_on("series_key"),
            CustomRule("l.number_key = r.number_key AND l.source <> r.source"),
            CustomRule(
                "l.money_key = r.money_key AND l.funder_words = r.funder_words AND l.source <> r.source",
                arrays_to_explode=["funder_words"],
            ),
        ],
        comparisons=[_periods(), _recipients(), _people(), _numbers()],
        retain_matching_columns=False,
    )


def _level(condition: str, same: float, different: float) -> Any:  # noqa: ANN401 - Splink's levels share no public type
    """Return a comparison level with its chance among pairs of one award and among other pairs."""
    return level.CustomLevel(condition).configure(m_probability=same, u_probability=different)


def _else(same: float, different: float) -> Any:  # noqa: ANN401
    return level.ElseLevel().configure(m_probability=same, u_probability=different)


def _neither(column: str) -> str:
    return f"({column}_l IS NULL OR {column}_r IS NULL)"


def _nothing(condition: str) -> Any:  # noqa: ANN401
    return level.CustomLevel(condition).configure(is_null_level=True)


def _periods() -> CustomComparison:
    """One after the other, within one source; elsewhere dates are compared by the rules."""
    one_after_the_other = f"({_GAP}) BETWEEN {-OVERLAP_DAYS} AND {LONGEST_BREAK_DAYS}"
    return CustomComparison(
        [
            _nothing(f"NOT ({_SAME_SOURCE}) OR {_SAME_BASE}"),
            _level(one_after_the_other, 0.99, 0.05),
            _else(0.01, 0.95),
        ],
        output_column_name="periods",
    )


def _recipients() -> CustomComparison:
    """A word in common, between sources; within one, awards move to other hosts."""
    shared = level.ArrayIntersectLevel("recipient_words", 1)
    return CustomComparison(
        [
            _nothing(_SAME_SOURCE),
            shared.configure(m_probability=0.99, u_probability=0.1),
            _else(0.01, 0.9),
        ],
        output_column_name="recipient_words",
    )


def _people() -> CustomComparison:
    """An investigator in common; teams change, so that none in common says little."""
    shared = level.ArrayIntersectLevel("investigator_keys", 1)
    return CustomComparison(
        [
            level.NullLevel("investigator_keys"),
            shared.configure(m_probability=0.7, u_probability=0.2),
            _else(0.3, 0.8),
        ],
        output_column_name="investigator_keys",
    )


def _numbers() -> CustomComparison:
    """The same award number, or the same identifier."""
    same = f"{_SAME_BASE} OR number_key_l = number_key_r"
    return CustomComparison(
        [_nothing(f"{_neither('base_key')} AND {_neither('number_key')}"), _level(same, 0.5, 0.001), _else(0.5, 0.999)],
        output_column_name="number_key",
    )
