"""What curators wrote to the proposer, by field."""

from collections import defaultdict

from infracommons.web.catalogue.models import Proposal, ProposalComment


def remarks_on(proposal: Proposal | None) -> dict[str, list[ProposalComment]]:
    """Return the comments on single fields that the proposer may read, in order."""
    found: dict[str, list[ProposalComment]] = defaultdict(list)
    if proposal is not None and proposal.pk:
        for comment in proposal.comments.filter(is_for_curators=False).exclude(field=""):
            found[comment.field].append(comment)
    return dict(found)
