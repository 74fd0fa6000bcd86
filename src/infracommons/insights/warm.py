"""Gets a release ready before the first reader comes."""

from infracommons.insights.awards import choices
from infracommons.insights.filter_choices import group_choices
from infracommons.insights.release import Release


def warm(release: Release) -> None:
    """Make the tables that questions over awards need, and the names that every page of filters shows."""
    release.narrow()
    choices(release)
    group_choices(release)
