"""Ids of the current release, for the addresses that the page about the API offers to try."""

from infracommons.web.shared.published import current_release

_FIRST = {
    "award_id": "SELECT min(award_id) AS id FROM support WHERE decision = 'supports'",
    "funder_id": "SELECT min(funder_organisation_id) AS id FROM award",
    "recipient_id": "SELECT min(recipient_organisation_id) AS id FROM award",
}


def release_ids() -> dict[str, str]:
    """Return an award, a funder and a recipient; what there is none of, or no release at all, is left out."""
    release = current_release()
    if release is None:
        return {}
    found = {name: release.query(question)[0]["id"] for name, question in _FIRST.items()}
    return {name: value for name, value in found.items() if value}
