"""What people decide at the review desk, and the releases that are built from it."""

from infracommons.web.funding.models.build import BuildState, ReleaseBuild
from infracommons.web.funding.models.review import OpinionRequest, ReviewDecision, ReviewerSetting, ReviewHold, Step

__all__ = ["BuildState", "OpinionRequest", "ReleaseBuild", "ReviewDecision", "ReviewHold", "ReviewerSetting", "Step"]
