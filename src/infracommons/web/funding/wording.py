"""What rules, decisions, kinds of support, stages and reasons are called on pages, and what they mean."""

from infracommons.insights.award_filters import REGION_CODES
from infracommons.vocabulary.counting import RULES
from infracommons.vocabulary.support import SUPPORT_TYPES

DECISIONS = {
    "supports": ("Supports it", "the award really concerns the infrastructure"),
    "needs_review": ("Needs review", "not sure enough; a person has to decide"),
    "rejected": ("Rejected", "the mention means something else, or only names it in passing"),
    "any": ("Any decision", "every award that names an infrastructure"),
}
AMOUNT_STATUS = {
    "known": ("Known", "there is an amount in US dollars"),
    "unknown": ("Unknown", "the publisher gives no amount"),
    "not_convertible": ("Not convertible", "there is an amount, but no dated rate for its currency"),
}
SORTS = {
    "relevance": "Best match first",
    "newest": "Newest first",
    "oldest": "Oldest first",
    "largest": "Largest counted amount first",
    "smallest": "Smallest counted amount first",
    "title": "Title, A to Z",
    "funder": "Funder, A to Z",
}
ROLES = {
    "canonical": "the record that leads an award",
    "duplicate": "another description of an award, merged into it",
    "instalment": "a part of an award's money, added up",
    "excluded": "records in no award, each with the reason",
}
DECIDERS = {"person": "a person", "rule": "a rule", "model": "the relevance model"}
SHARE_BASES = {
    "documented": "written down by a person",
    "single": "the whole award: it supports one infrastructure only",
    "not_known": "not known",
}
STAGES = {
    "normalise": "The record cannot be read",
    "match": "The record names no infrastructure",
    "judge": "The award is listed, but does not count as support",
    "convert": "The award is listed, but has no amount in US dollars",
}
FIELDS = {
    "q": "Words",
    "infrastructure": "Infrastructure",
    "funder": "Funder",
    "recipient": "Recipient",
    "region": "Funder's region",
    "funder_country": "Funder's country",
    "country": "Recipient's country",
    "category": "Category",
    "year_from": "From year",
    "year_to": "To year",
    "undated": "Year",
    "source": "Source",
    "decision": "Decision",
    "support_type": "Kind of support",
    "amount_status": "Amount",
    "counted": "In the total",
    "rule": "Count by",
    "prices": "In dollars of",
    "sort": "Order",
    "stage": "Stage",
    "reason": "Reason",
    "role": "Part",
}
RECORD_FIELDS = {"title": "Title", "description": "Description", "recipient_name": "Recipient"}


def value_words(field: str, value: str) -> str:
    """Return how a filter's value reads."""
    if field == "undated":
        return "unknown"
    named = {"decision": DECISIONS, "support_type": SUPPORT_TYPES, "amount_status": AMOUNT_STATUS, "rule": RULES}
    if field in named:
        return named[field][value][0]
    if field == "region":
        return REGION_CODES[value]
    if field == "category":
        return value.replace("_", " ").capitalize()
    return value.replace("_", " ") if field in {"stage", "reason", "role"} else value
