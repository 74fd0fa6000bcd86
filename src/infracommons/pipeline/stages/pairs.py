"""Gathers, for each award and infrastructure it names, the one record whose text says most, with its mentions."""

import ibis

from infracommons.vocabulary.inputs import RECORD

_OF_RECORD = ("title", "description", "recipient_name", "funder_name", "programme", "start_date", "award_year")


def pairs(record: ibis.Table, membership: ibis.Table, mention: ibis.Table) -> ibis.Table:
    """Return one row an (award, infrastructure) with a mention.

    Columns: award_id, infrastructure_id, record_id, those of the record a reader needs, and `mentions`, a list of
    (field, start, end, text, rule) in no set order. The canonical record comes first, then the longest description.
    """
    grouped = (
        mention.mutate(place=ibis.struct({name: mention[name] for name in ("field", "start", "end", "text", "rule")}))
        .group_by("record_id", "infrastructure_id")
        .agg(mentions=lambda t: t.place.collect())
    )
    joined = grouped.join(membership, "record_id").join(record.select("record_id", *_OF_RECORD), "record_id")
    best = ibis.window(
        group_by=("award_id", "infrastructure_id"),
        order_by=(joined.role != "canonical", ibis.desc(joined.description.fill_null("").length()), joined.record_id),
    )
    ranked = joined.mutate(place_in_line=ibis.row_number().over(best))
    chosen = ranked.filter(ranked.place_in_line == 0)
    return chosen.select("award_id", "infrastructure_id", "record_id", *_OF_RECORD, "mentions")


assert set(_OF_RECORD) <= set(RECORD.schema.names)  # noqa: S101 - two lists that must agree, told at import
