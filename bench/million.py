"""Makes a release of any size for benchmarks and tests: invented awards, shaped like real ones, in every table.

Run `python -m bench.million FOLDER [AWARDS [INFRASTRUCTURES]]`; the same numbers and seed give the same files.
"""

import hashlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from bench.arrow_columns import Bools, Ints, days, decimals, joined, known_only, numbered, picked

from infracommons.vocabulary.regions import region
from infracommons.vocabulary.release_files import CURRENT, MANIFEST
from infracommons.vocabulary.tables import ATTRIBUTION, DECISIONS, PUBLISHED, RULES, Table

AWARDS, INFRASTRUCTURES, FUNDERS, SEED = 1_000_000, 10_000, 500, 20_262
FIRST_YEAR, LAST_YEAR = 1988, 2026  # the first two have no price level, nor have the last
_RECIPIENTS = 5_000
_NO_AMOUNT, _NO_YEAR, _DOCUMENTED = 0.08, 0.04, 0.15  # shares of awards, awards and pairs
_MONEY, _RATE = pa.decimal128(20, 2), pa.decimal128(28, 12)
_ROWS_A_GROUP = 20_000
_COUNTRIES: list[str | None] = ["US", "GB", "DE", "FR", "NL", "CH", "CA", "AU", "BR", "ZA", "JP", "IN", "KE", None]
_COUNTRY_WEIGHTS = [30, 16, 8, 6, 6, 4, 7, 5, 4, 3, 4, 3, 2, 2]
# US dollars for one unit, in millionths; the last cannot be converted.
_CURRENCIES = {"USD": 1_000_000, "EUR": 1_130_000, "GBP": 1_330_000, "CAD": 760_000, "CHF": 1_080_000, "KES": 0}
_CURRENCY_WEIGHTS = [55, 16, 16, 7, 3, 3]
_SOURCES: list[str | None] = ["nsf", "nih_reporter", "ukri_gtr", "openalex_awards", "czi", "threesixtygiving"]
_TYPES: list[str | None] = ["direct", "adjacent", "adopt", "unknown"]
_ACTIVITIES: list[str | None] = ["research_and_development", "operations", "other"]
_CATEGORIES = [
    "repository_service", "repository_software", "publishing_system", "preprint_service", "index_or_directory",
    "persistent_identifier_service", "research_software", "computing_framework", "open_dataset", "discovery_system",
]  # fmt: skip
_WORDS = (
    "open archive data repository preprint journal software identifier metadata library standard community access "
    "sustain develop maintain extend network research science survey climate genome language history ocean protein "
    "model training curation workflow platform service support review publishing citation discovery preservation "
    "infrastructure interoperability reproducible collaboration governance Édition naïve"
).split()


@dataclass(frozen=True)
class World:
    """What the tables are drawn from: how many there are of each, and the dice."""

    awards: int
    infrastructures: int
    funders: int
    dice: np.random.Generator


@dataclass(frozen=True)
class Pairs:
    """Which awards name which infrastructures, in order, one place of each array a pair."""

    award: Ints
    infrastructure: Ints
    decision: Ints  # place in DECISIONS
    supporting: Ints  # how many infrastructures the award supports
    rank: Ints  # of this one among them


@dataclass(frozen=True)
class Money:
    """What each award is worth, in cents: of its currency, and in US dollars where that is known."""

    cents: Ints
    usd: Ints
    currency: Ints
    is_given: Bools
    is_known: Bools


def generate(releases: Path, awards: int = AWARDS, infrastructures: int = INFRASTRUCTURES, seed: int = SEED) -> Path:
    """Write a release into the folder of releases, point `current` at it, and return its folder."""
    world = World(awards, infrastructures, min(FUNDERS, max(10, awards // 20)), np.random.default_rng(seed))
    folder = releases / f"made-{awards}-{infrastructures}-{seed}"
    folder.mkdir(parents=True)
    pairs, money = _pairs(world), _money(world)
    made = _tables(world, pairs, money)
    told = [_written(folder, table, made.get(table.name, {})) for table in PUBLISHED]
    (folder / MANIFEST).write_text(json.dumps(_manifest(folder, told, pairs, money), indent=2), encoding="utf-8")
    (releases / CURRENT).unlink(missing_ok=True)
    (releases / CURRENT).symlink_to(folder.name)
    return folder


def _tables(world: World, pairs: Pairs, money: Money) -> dict[str, dict[str, pa.Array]]:
    award = _award(world, money)
    shares = _shares(world, pairs, money)
    return {
        "organisation": _organisation(world),
        "infrastructure": _infrastructure(world),
        "award": award,
        "award_record": _record(world, award),
        "mention": _mention(pairs),
        "support": _support(world, pairs, shares),
        "attribution": _attribution(pairs, money, shares),
        "exclusion": _exclusion(world, money),
        "review_candidate": _candidate(world),
    }


def _zipf(world: World, count: int, size: int) -> Ints:
    """Return places below `count`, the first the most frequent by far."""
    weights = 1 / (np.arange(count) + 5.0)
    return np.searchsorted(np.cumsum(weights) / weights.sum(), world.dice.random(size)).astype(np.int64)


def _chosen(world: World, weights: list[int], size: int) -> Ints:
    return world.dice.choice(len(weights), size=size, p=np.array(weights) / sum(weights)).astype(np.int64)


def _texts(world: World, words: int, count: int) -> pa.Array:
    return joined([picked([*_WORDS], world.dice.integers(len(_WORDS), size=count)) for _ in range(words)], " ")


def _pairs(world: World) -> Pairs:
    named = 1 + _chosen(world, [84, 11, 4, 1], world.awards)
    award = np.repeat(np.arange(world.awards), named)
    drawn = award * world.infrastructures + _zipf(world, world.infrastructures, len(award))
    award, infrastructure = np.divmod(np.unique(drawn), world.infrastructures)
    decision = _chosen(world, [86, 7, 7], len(award))
    supports = decision == DECISIONS.index("supports")
    before = np.concatenate([[0], np.cumsum(supports)])
    first = np.searchsorted(award, np.arange(world.awards + 1))
    supporting = before[first[1:]] - before[first[:-1]]
    return Pairs(award, infrastructure, decision, supporting[award], before[:-1] - before[first[award]])


def _money(world: World) -> Money:
    cents = np.round(np.exp(world.dice.normal(12, 1.6, world.awards)) * 100).astype(np.int64)
    currency = _chosen(world, _CURRENCY_WEIGHTS, world.awards)
    rate = np.array(list(_CURRENCIES.values()))[currency]
    is_given = world.dice.random(world.awards) > _NO_AMOUNT
    return Money(cents, (cents * rate + 500_000) // 1_000_000, currency, is_given, is_given & (rate > 0))


def _shares(world: World, pairs: Pairs, money: Money) -> Ints:
    """Return the cents that are written down for each pair, -1 where none are."""
    usd = money.usd[pairs.award]
    written = (world.dice.random(len(usd)) < _DOCUMENTED) & _counts(pairs, money)
    part = np.floor(usd * world.dice.uniform(0.05, 1.0, len(usd)) / np.maximum(pairs.supporting, 1)).astype(np.int64)
    return np.where(written, part, -1)


def _counts(pairs: Pairs, money: Money) -> Bools:
    supports: Bools = pairs.decision == DECISIONS.index("supports")
    return supports & money.is_known[pairs.award]


def _organisation_ids(numbers: Ints) -> pa.Array:
    return numbered("org:made-", numbers, 5)


def _infrastructure_ids(numbers: Ints) -> pa.Array:
    return numbered("made-", numbers, 5)


def _award_ids(numbers: Ints) -> pa.Array:
    return numbered("award-", numbers, 8)


def _organisation(world: World) -> dict[str, pa.Array]:
    numbers = np.arange(world.funders + _RECIPIENTS)
    places = _chosen(world, _COUNTRY_WEIGHTS, len(numbers))
    federal = (np.array(_COUNTRIES, dtype=object)[places] == "US") & (numbers < world.funders) & (numbers % 3 == 0)
    kinds: list[str | None] = ["funder", "education", "nonprofit", "government"]
    return {
        "organisation_id": _organisation_ids(numbers),
        "name": joined([_texts(world, 2, len(numbers)), numbered("Institution ", numbers, 1)], " "),
        "country_code": picked(_COUNTRIES, places),
        "region": picked([region(code) for code in _COUNTRIES], places),
        "kind": picked(kinds, np.where(numbers < world.funders, 0, 1 + numbers % 3)),
        "is_us_federal": pa.array(federal),
    }


def _infrastructure(world: World) -> dict[str, pa.Array]:
    numbers = np.arange(world.infrastructures)
    drawn = world.dice.integers(len(_CATEGORIES), size=(len(numbers), 2))
    codes = [sorted({_CATEGORIES[place] for place in row}) for row in drawn]
    return {
        "infrastructure_id": _infrastructure_ids(numbers),
        "name": joined([_texts(world, 2, len(numbers)), numbered("", numbers, 5)], " "),
        "aliases": pa.array([[f"M{number}"] for number in numbers], pa.list_(pa.string())),
        "summary": joined([_texts(world, 9, len(numbers)), ""], "."),
        "homepage": numbered("https://made.example.org/", numbers, 5),
        "steward_organisation_id": _organisation_ids(world.funders + numbers % _RECIPIENTS),
        "steward_name": numbered("Steward ", numbers % _RECIPIENTS, 1),
        "country_code": picked(_COUNTRIES, _chosen(world, _COUNTRY_WEIGHTS, len(numbers))),
        "category_codes": pa.array(codes, pa.list_(pa.string())),
        "launched_year": pa.array(1985 + numbers % 40),
    }


def _award(world: World, money: Money) -> dict[str, pa.Array]:
    numbers = np.arange(world.awards)
    funder, recipient = _zipf(world, world.funders, len(numbers)), _zipf(world, _RECIPIENTS, len(numbers))
    year = LAST_YEAR - np.minimum(world.dice.geometric(0.09, len(numbers)) - 1, LAST_YEAR - FIRST_YEAR)
    is_dated = world.dice.random(len(numbers)) > _NO_YEAR
    begins = (np.array(year - 1970, "datetime64[Y]").astype("datetime64[D]")).astype(np.int64) + numbers % 365
    lasts = world.dice.integers(180, 2200, len(numbers))
    funders = numbered("Research Funder ", np.arange(world.funders), 3)
    rate = np.array(list(_CURRENCIES.values()))[money.currency]
    statuses: list[str | None] = ["unknown", "not_convertible", "known"]
    return {
        "award_id": _award_ids(numbers),
        "funder_organisation_id": known_only(_organisation_ids(funder), funder % 50 != 0),
        "funder_name": picked(funders, funder),
        "recipient_organisation_id": _organisation_ids(world.funders + recipient),
        "recipient_name": numbered("University ", recipient, 1),
        "recipient_country_code": picked(_COUNTRIES, (recipient * 7) % len(_COUNTRIES)),
        "programme": numbered("Programme ", funder % 40, 1),
        "title": joined([_texts(world, 6, len(numbers)), numbered("", numbers, 1)], " "),
        "description": joined([picked(_texts(world, 12, 4000), _zipf(world, 4000, len(numbers))) for _ in "abc"], ". "),
        "start_date": known_only(days("1970-01-01", begins), is_dated),
        "end_date": known_only(days("1970-01-01", begins + lasts), is_dated & (numbers % 5 != 0)),
        "award_year": known_only(pa.array(year), is_dated),
        "amount": decimals(money.cents, 1, _MONEY, money.is_given),
        "currency": known_only(picked([*_CURRENCIES], money.currency), money.is_given),
        "amount_usd": decimals(money.usd, 1, _MONEY, money.is_known),
        "amount_status": picked(statuses, money.is_given.astype(np.int64) + money.is_known),
        "fx_rate": decimals(rate, 1_000_000, _RATE, money.is_known),
        "fx_date": known_only(days("1970-01-01", begins), money.is_known),
        "source": picked(_SOURCES, funder % len(_SOURCES)),
        "source_url": numbered("https://made.example.org/award/", numbers, 8),
        "licence": picked(["CC0-1.0"], np.zeros(len(numbers), np.int64)),
    }


def _record(world: World, award: dict[str, pa.Array]) -> dict[str, pa.Array]:
    """Return one record an award, and for every eighth a second, a duplicate."""
    numbers = np.sort(np.concatenate([np.arange(world.awards), np.arange(0, world.awards, 8)]))
    again = np.concatenate([[False], numbers[1:] == numbers[:-1]]).astype(np.int64)
    told = "funder_name recipient_name programme title description start_date end_date award_year amount currency"
    sums = hashlib.sha256(b"made").hexdigest()
    return {name: award[name].take(pa.array(numbers)) for name in f"{told} source source_url licence".split()} | {
        "record_id": joined([_record_ids(numbers), picked(["a", "b"], again)], "-"),
        "award_id": _award_ids(numbers),
        "role": picked(["canonical", "duplicate"], again),
        "merge_reason": picked([None, "same number of the funder"], again),
        "raw_file": picked(["made/awards.csv"], np.zeros(len(numbers), np.int64)),
        "raw_sha256": picked([sums], np.zeros(len(numbers), np.int64)),
        "award_number": numbered("M-", numbers, 8),
    }


def _record_ids(numbers: Ints) -> pa.Array:
    return numbered("made:", numbers, 8)


def _mention(pairs: Pairs) -> dict[str, pa.Array]:
    numbers, naught = np.arange(len(pairs.award)), np.zeros(len(pairs.award), np.int64)
    return {
        "mention_id": numbered("m", numbers, 9),
        "record_id": joined([_record_ids(pairs.award), "a"], "-"),
        "infrastructure_id": _infrastructure_ids(pairs.infrastructure),
        "field": picked(["title", "description"], numbers % 2),
        "start": pa.array(naught),
        "end": pa.array(naught + 4),
        "text": picked(["open"], naught),
        "rule": picked(["open\\b"], naught),
    }


def _support(world: World, pairs: Pairs, shares: Ints) -> dict[str, pa.Array]:
    supports = pairs.decision == DECISIONS.index("supports")
    types = _chosen(world, [40, 30, 20, 10], len(shares))
    basis = np.where(shares >= 0, 0, np.where(pairs.supporting == 1, 1, 2))
    deciders: list[str | None] = ["model", "rule", "person"]
    return {
        "award_id": _award_ids(pairs.award),
        "infrastructure_id": _infrastructure_ids(pairs.infrastructure),
        "decision": picked([*DECISIONS], pairs.decision),
        "probability": pa.array(np.round(world.dice.random(len(shares)), 4)),
        "decided_by": picked(deciders, _chosen(world, [80, 15, 5], len(shares))),
        "reason": picked(["words that belong near it"], np.zeros(len(shares), np.int64)),
        "support_type": known_only(picked(_TYPES, types), supports),
        "activity": known_only(picked(_ACTIVITIES, pairs.infrastructure % 3), supports & (types == 0)),
        "share_usd": decimals(shares, 1, _MONEY, shares >= 0),
        "share_basis": known_only(picked(["documented", "single", "not_known"], basis), supports),
    }


def _attribution(pairs: Pairs, money: Money, shares: Ints) -> dict[str, pa.Array]:
    """Return what methods/attribution.py gives for each award, worked out for all at once."""
    usd, among = money.usd[pairs.award], np.maximum(pairs.supporting, 1)
    counts, alone = _counts(pairs, money), pairs.supporting == 1
    amounts: dict[str, tuple[Ints, Bools]] = {
        "documented_share": (np.where(shares >= 0, shares, usd), counts & (alone | (shares >= 0))),
        "equal_split": (usd // among + (pairs.rank < usd % among), counts),
        "full": (usd, counts),
        "single_only": (usd, counts & alone),
    }
    said = np.stack([where for _, where in amounts.values()], axis=1).ravel()  # sorted by pair and rule
    place, rule = np.divmod(np.flatnonzero(said), len(RULES))
    cents = np.stack([value for value, _ in amounts.values()], axis=1).ravel()[said]
    return {
        "award_id": _award_ids(pairs.award[place]),
        "infrastructure_id": _infrastructure_ids(pairs.infrastructure[place]),
        "rule": picked([*amounts], rule),
        "amount_usd": decimals(cents, 1, _MONEY),
    }


def _exclusion(world: World, money: Money) -> dict[str, pa.Array]:
    """Return one row for every record whose award has no amount in US dollars, and as many that name nothing."""
    unknown = np.flatnonzero(~money.is_known)
    outside = world.awards + np.arange(len(unknown))
    numbers = np.concatenate([unknown, outside])
    kind = np.concatenate([money.is_given[unknown].astype(np.int64), np.full(len(outside), 2)])
    reasons: list[str | None] = ["no_amount", "no_rate", "no_infrastructure_named"]
    said: list[str | None] = ["the publisher gives no amount", "no rate of the currency", "names no infrastructure"]
    return {
        "record_id": joined([_record_ids(numbers), "a"], "-"),
        "stage": picked(["convert", "convert", "match"], kind),
        "reason_code": picked(reasons, kind),
        "detail": picked(said, kind),
        "source": picked(_SOURCES, numbers % len(_SOURCES)),
    }


def _candidate(world: World) -> dict[str, pa.Array]:
    """Return for every fiftieth award the next one, which may be the same."""
    numbers = np.arange(0, world.awards - 1, 50)
    naught = np.zeros(len(numbers), np.int64)
    return {
        "kind": picked(["same_award"], naught),
        "subject_id": _award_ids(numbers),
        "other_id": _award_ids(numbers + 1),
        "subject_record_id": joined([_record_ids(numbers), "a"], "-"),
        "other_record_id": joined([_record_ids(numbers + 1), "a"], "-"),
        "score": pa.array(np.round(world.dice.uniform(0.3, 0.9, len(numbers)), 4)),
        "reason": picked(["the titles are alike"], naught),
    }


def _written(folder: Path, table: Table, columns: dict[str, pa.Array]) -> dict[str, Any]:
    """Write a table; columns that are not given are empty, and a table of which none are has no rows."""
    name, schema = table.name, table.schema
    rows = max(map(len, columns.values()), default=0)
    arrays = [
        columns[field.name].cast(field.type) if field.name in columns else pa.nulls(rows, field.type)
        for field in schema
    ]
    path = folder / f"{name}.parquet"
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), path, compression="zstd", row_group_size=_ROWS_A_GROUP)
    checksum = hashlib.sha256(path.read_bytes()).hexdigest()
    return {"name": name, "file": path.name, "rows": rows, "sha256": checksum}


def _manifest(folder: Path, told: list[dict[str, Any]], pairs: Pairs, money: Money) -> dict[str, Any]:
    rows = {one["name"]: one["rows"] for one in told}
    awards = rows["award"]
    outside = rows["exclusion"] // 2
    decided = {name: int((pairs.decision == place).sum()) for place, name in enumerate(DECISIONS)}
    counted = np.unique(pairs.award[_counts(pairs, money)])
    given = pq.read_table(folder / f"{ATTRIBUTION.name}.parquet", columns=["rule", "amount_usd"])
    sums = given.group_by("rule").aggregate([("amount_usd", "sum")]).to_pylist()
    counts = {
        "records_in": rows["award_record"] + outside,
        "canonical": awards,
        "duplicate": rows["award_record"] - awards,
        "instalment": 0,
        "excluded": outside,
        "awards": awards,
        "awards_in_totals": len(counted),
    }
    return {
        "release": folder.name,
        "made_at": "2026-01-02T03:04:05+00:00",
        "code_version": "0",
        "continues": None,
        "counts": counts | decided,
        "totals_usd": {"unique_awards": _dollars(money.usd[counted])}
        | {row["rule"]: str(row["amount_usd_sum"]) for row in sums},
        "checks": [],
        "warnings": [],
        "settings": {},
        "sources": [_source(str(name), rows) for name in _SOURCES],
        "inputs": [],
        "tables": told,
    }


def _source(name: str, rows: dict[str, int]) -> dict[str, Any]:
    about = {"publisher": f"Invented publisher {name}", "homepage": "https://made.example.org/", "licence": "CC0-1.0"}
    return {"source": name, **about, "gives": "record", "records": rows["award_record"] // len(_SOURCES)}


def _dollars(cents: Ints) -> str:
    whole, part = divmod(int(pc.sum(pa.array(cents)).as_py() or 0), 100)
    return f"{whole}.{part:02}"


if __name__ == "__main__":
    print(generate(Path(sys.argv[1]), *map(int, sys.argv[2:])))
