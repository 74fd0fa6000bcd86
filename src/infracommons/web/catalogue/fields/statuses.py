"""The scale of statuses: each means something else, and none reads as another."""

from infracommons.web.catalogue.fields.definition import FieldDefinition

AVAILABLE, IN_PROGRESS, CONSIDERING = "available", "in_progress", "considering"
NOT_PLANNING, NOT_APPLICABLE, UNKNOWN = "not_planning", "not_applicable", "unknown"
NO_DIRECT_COSTS = "no_direct_costs"
STATUSES = (AVAILABLE, IN_PROGRESS, CONSIDERING, NOT_PLANNING, NOT_APPLICABLE, UNKNOWN, NO_DIRECT_COSTS)
WORDS = {
    AVAILABLE: "available",
    IN_PROGRESS: "in progress",
    CONSIDERING: "considering",
    NOT_PLANNING: "not planning",
    NOT_APPLICABLE: "not applicable",
    UNKNOWN: "unknown",
    NO_DIRECT_COSTS: "no direct costs",
}
PRICING_SCALE = "pricing_status"


def statuses_of(definition: FieldDefinition) -> tuple[str, ...]:
    """Return the statuses that a field takes; a field with a value takes one only in place of the value."""
    if definition.kind != "practice":
        return (NOT_APPLICABLE, UNKNOWN)
    if definition.vocabulary == PRICING_SCALE:
        return (AVAILABLE, IN_PROGRESS, CONSIDERING, NOT_PLANNING, NO_DIRECT_COSTS, UNKNOWN)
    return (AVAILABLE, IN_PROGRESS, CONSIDERING, NOT_PLANNING, NOT_APPLICABLE, UNKNOWN)
