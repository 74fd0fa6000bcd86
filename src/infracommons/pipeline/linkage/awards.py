"""Makes one row of the records of an award: the leading record's values, completed from the others."""

from collections.abc import Callable

import ibis
import pyarrow as pa
from ibis import _

from infracommons.methods.duplicates.facts import name_key
from infracommons.pipeline.engine import Engine
from infracommons.pipeline.linkage.versions import OLDER_VERSION
from infracommons.vocabulary.inputs import RECORD

# These go with the record itself: taken from the leading record even where it leaves them empty.
_OF_LEADER = frozenset({"record_id", "source", "raw_file", "raw_sha256", "source_url", "licence"})
_PLACE = {"canonical": 0, "instalment": 1, "duplicate": 2}
_HAS_MONEY = _.amount.notnull() & _.currency.notnull()
_IS_OWN = (_.source == _.leading_source) & ~_.is_older
_PARTIES = ("funder", "recipient")
_OF_PARTY = {f"{party}_{what}": party for party in _PARTIES for what in ("name", "ror", "country_code")}
_NAME_KEYS = pa.schema([pa.field(name, pa.string()) for name in ("record_id", "funder_key", "recipient_key")])


def awards(engine: Engine, record: ibis.Table, membership: ibis.Table) -> ibis.Table:
    """Return one row an award: the columns of contract RECORD and `award_id`.

    Values are the canonical record's; what it leaves empty comes from the others. `description` is the longest.
    `amount` is the sum over the canonical record and the instalments in its currency; where the canonical record has
    none, the amount and currency of the first that does. The dates are the first and the last of its own source. Name,
    ROR id and country of a funder or recipient are one fact: that of the first record with a name, completed from those
    with the same name. Older versions of a record complete what no other record has.
    """
    members = record.join(membership.select("record_id", "award_id", "role", "merge_reason"), "record_id")
    members = members.mutate(members_=_.record_id.count().over(ibis.window(group_by="award_id")))
    single = members.filter(_.members_ == 1).select("award_id", *RECORD.schema.names)
    return engine.materialise(single.union(_merged(engine, members.filter(_.members_ > 1))))


def _merged(engine: Engine, members: ibis.Table) -> ibis.Table:
    members = members.join(_name_keys(engine, members), "record_id")
    members = members.mutate(is_older=_.merge_reason.fill_null("") == OLDER_VERSION)
    members = members.mutate(
        role_place=ibis.cases((_.is_older, len(_PLACE)), else_=_.role.cases(*_PLACE.items(), else_=len(_PLACE))),
        characters=ibis.cases((_.is_older, 0), else_=_.description.length().fill_null(0)),
    )
    members = members.mutate(
        place=ibis.row_number().over(ibis.window(group_by="award_id", order_by=["role_place", "record_id"])),
        text_place=ibis.row_number().over(
            ibis.window(group_by="award_id", order_by=[ibis.desc("characters"), "role_place", "record_id"])
        ),
    )
    leading = members.group_by("award_id").agg(
        leading_source=_.source.max(where=_.role == "canonical"),
        leading_currency=_.currency.argmin(_.place, where=_HAS_MONEY),
        **{
            f"{party}_chosen": _[f"{party}_key"].argmin(_.place, where=_[f"{party}_key"].notnull())
            for party in _PARTIES
        },
    )
    members = members.join(leading, "award_id")
    merged = members.group_by("award_id").agg(**{name: _value(name) for name in RECORD.schema.names})
    return merged.select("award_id", *RECORD.schema.names).cast(
        {name: members[name].type() for name in RECORD.schema.names}
    )


def _name_keys(engine: Engine, members: ibis.Table) -> ibis.Table:
    """Return the names as they are compared (_NAME_KEYS)."""

    def keys(batch: pa.RecordBatch) -> pa.RecordBatch:
        rows = batch.to_pylist()
        named = [{f"{party}_key": name_key(row[f"{party}_name"]) for party in _PARTIES} for row in rows]
        ids = ({"record_id": row["record_id"]} for row in rows)
        return pa.RecordBatch.from_pylist([one | two for one, two in zip(ids, named, strict=True)], _NAME_KEYS)

    return engine.map_batches(members.select("record_id", "funder_name", "recipient_name"), keys, _NAME_KEYS)


def _value(name: str) -> ibis.Value:
    value = _[name]
    first_given = value.argmin(_.place, where=value.notnull())
    if party := _OF_PARTY.get(name):
        chosen = _[f"{party}_chosen"]
        return value.argmin(_.place, where=value.notnull() & (chosen.isnull() | (_[f"{party}_key"] == chosen)))
    if name in _OF_LEADER:
        return value.argmin(_.place, where=_.role == "canonical")
    special = _special(value, first_given).get(name)
    return special() if special else first_given


def _special(value: ibis.Value, first_given: ibis.Value) -> dict[str, Callable[[], ibis.Value]]:
    """Return how the columns are made that are more than the first value given."""
    start = _.start_date
    first_day = ibis.coalesce(start.min(where=_IS_OWN), start.argmin(_.place, where=start.notnull()))
    summed = (_.currency == _.leading_currency) & (_.role != "duplicate")
    currency = _.leading_currency.max()
    return {
        "amount": lambda: ibis.coalesce(value.sum(where=summed), value.argmin(_.place, where=_HAS_MONEY)),
        "currency": lambda: currency,
        "description": lambda: value.argmin(_.text_place, where=value.notnull()),
        "start_date": lambda: first_day,
        "end_date": lambda: ibis.coalesce(value.max(where=_IS_OWN), first_given),
        "award_year": lambda: ibis.coalesce(first_day.year(), first_given),
    }
