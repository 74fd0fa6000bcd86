"""What kinds of support and of work are called, and what they mean."""

SUPPORT_TYPES = {
    "direct": ("Direct", "goes to those who run or build the infrastructure"),
    "adjacent": ("Adjacent", "uses or extends it on the way to another aim"),
    "adopt": ("Adopt", "pays for taking it up"),
    "unknown": ("Unknown", "the text does not say"),
}
ACTIVITIES = {
    "research_and_development": "Research and development",
    "operations": "Operations",
    "other": "Other work",
}
