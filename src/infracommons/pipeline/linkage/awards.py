"""Makes one row of the records of an award: the leading record's values, completed from the others."""

import ibis
from ibis import _

from infracommons.pipeline.engine import Engine
from infracommons.vocabulary.inputs import RECORD

# These go with the record itself: taken from the leading record even where it leaves them empty.
_OF_LEADER = frozenset({"record_id", "source", "raw_file", "raw_sha256", "source_url", "licence"})
_PLACE = {"canonical": 0, "instalment": 1, "duplicate": 2}
_HAS_MONEY = _.amount.notnull() & _.currency.notnull()
_IS_OWN = _.source == _.leading_source


def awards(engine: Engine, record: ibis.Table, membership: ibis.Table) -> ibis.Table:
    """Return one row an award: the columns of contract RECORD and `award_id`.

    Values are the canonical record's; what it leaves empty comes from the others. `description` is the longest.
    `amount` is the sum over the canonical record and the instalments in its currency; where the canonical record has
    none, the amount and currency of the first that does. The dates are the first and the last of its own source.
    """
    members = record.join(membership.select("record_id", "award_id", "role"), "record_id")
    members = members.mutate(members_=_.record_id.count().over(ibis.window(group_by="award_id")))
    single = members.filter(_.members_ == 1).select("award_id", *RECORD.schema.names)
    return engine.materialise(single.union(_merged(members.filter(_.members_ > 1))))


def _merged(members: ibis.Table) -> ibis.Table:
    role = _.role.cases(*_PLACE.items(), else_=len(_PLACE))
    members = members.mutate(role_place=role, characters=_.description.length().fill_null(0))
    members = members.mutate(
        place=ibis.row_number().over(ibis.window(group_by="award_id", order_by=["role_place", "record_id"])),
        text_place=ibis.row_number().over(
            ibis.window(group_by="award_id", order_by=[ibis.desc("characters"), "role_place", "record_id"])
        ),
    )
    leading = members.group_by("award_id").agg(
        leading_source=_.source.max(where=_.role == "canonical"),
        leading_currency=_.currency.argmin(_.place, where=_HAS_MONEY),
    )
    members = members.join(leading, "award_id")
    merged = members.group_by("award_id").agg(**{name: _value(name) for name in RECORD.schema.names})
    return merged.select("award_id", *RECORD.schema.names).cast(
        {name: members[name].type() for name in RECORD.schema.names}
    )


def _value(name: str) -> ibis.Value:
    value = _[name]
    first_given = value.argmin(_.place, where=value.notnull())
    special = {
        "description": value.argmin(_.text_place, where=value.notnull()),
        "start_date": ibis.coalesce(value.min(where=_IS_OWN), first_given),
        "end_date": ibis.coalesce(value.max(where=_IS_OWN), first_given),
        "currency": _.leading_currency.max(),
    }
    if name == "amount":
        summed = value.sum(where=(_.currency == _.leading_currency) & (_.role != "duplicate"))
        return ibis.coalesce(summed, value.argmin(_.place, where=_HAS_MONEY))
    if name in _OF_LEADER:
        return value.argmin(_.place, where=_.role == "canonical")
    return special.get(name, first_given)
