"""What the page of one award shows: its decisions, its records with the mentions in context, its conversion."""

from typing import Any

from infracommons.insights.award import AwardEvidence
from infracommons.insights.release import Row
from infracommons.vocabulary.counting import RULES as RULE_NAMES
from infracommons.vocabulary.figures import UNKNOWN, dates
from infracommons.vocabulary.support import SUPPORT_TYPES
from infracommons.vocabulary.tables import RULES
from infracommons.web.funding import wording
from infracommons.web.funding.passages import passages


def award_page(evidence: AwardEvidence) -> dict[str, Any]:
    """Return the template's values."""
    supports = [_support(row) for row in evidence.supports]
    return {
        "award": evidence.award,
        "award_dates": dates(evidence.award["start_date"], evidence.award["end_date"], none=UNKNOWN),
        "supports": supports,
        "is_support": any(row["decision"] == "supports" for row in supports),
        "rules": [RULE_NAMES[rule][0] for rule in RULES],
        "records": [_record(row, evidence.mentions.get(row["record_id"], [])) for row in evidence.records],
        "exclusions": [row | {"stage_words": wording.STAGES[row["stage"]]} for row in evidence.exclusions],
        "amount_status": wording.AMOUNT_STATUS[evidence.award["amount_status"]],
        "is_converted": evidence.award["amount_status"] == "known" and evidence.award["currency"] != "USD",
    }


def _support(row: Row) -> Row:
    kind = SUPPORT_TYPES.get(row["support_type"])
    return row | {
        "decision_words": wording.DECISIONS[row["decision"]][0],
        "decider": wording.DECIDERS[row["decided_by"]],
        "kind_words": kind and kind[0],
        "basis": wording.SHARE_BASES.get(row["share_basis"] or ""),
        "amounts": [row["attributed"].get(rule) for rule in RULES],
    }


def _record(row: Row, mentions: list[Row]) -> Row:
    shown = [mention | {"field_words": wording.RECORD_FIELDS[mention["field"]]} for mention in mentions]
    found = [{"field_words": wording.RECORD_FIELDS[p.field], "passage": p} for p in passages(row, mentions)]
    return row | {
        "dates": dates(row["start_date"], row["end_date"]),
        "mentions": shown,
        "passages": found,
        "role_words": wording.ROLES[row["role"]],
    }
