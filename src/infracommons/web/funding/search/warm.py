"""Opens the index of the current release before the first reader searches, and makes it where there is none."""

from infracommons.insights.award_index import ensure_index, index_of
from infracommons.web.shared.published import current_release


def warm_search() -> None:
    """Have the current release ready to be searched; nothing is done before the first release."""
    release = current_release()
    if release is not None:
        ensure_index(release)
        _ = index_of(release).spellings  # asked for where nothing is found
