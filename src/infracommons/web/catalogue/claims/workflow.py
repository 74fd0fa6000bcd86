"""The states of a proposal and the steps between them, as data: who may take a step, and what it needs."""

from dataclasses import dataclass

DRAFT, UNCONFIRMED, SUBMITTED = "draft", "unconfirmed", "submitted"
REVISION = "revision"
ACCEPTED, PARTLY, REJECTED, WITHDRAWN = "accepted", "partly_accepted", "rejected", "withdrawn"
OPEN = (DRAFT, UNCONFIRMED, SUBMITTED, REVISION)
CLOSED = (ACCEPTED, PARTLY, REJECTED, WITHDRAWN)
WORDS = {
    DRAFT: "draft",
    UNCONFIRMED: "waiting for the e-mail address to be confirmed",
    SUBMITTED: "waiting for a curator",
    REVISION: "sent back for revision",
    ACCEPTED: "accepted",
    PARTLY: "accepted in part",
    REJECTED: "rejected",
    WITHDRAWN: "withdrawn",
}


@dataclass(frozen=True)
class Step:
    """One way from a state to another: `who` is the proposer or the permission that a curator needs."""

    action: str
    from_states: tuple[str, ...]
    to_state: str
    who: str
    needs_reason: bool = False


STEPS = (
    Step("submit", (DRAFT, REVISION), SUBMITTED, "proposer"),
    Step("submit_unconfirmed", (DRAFT,), UNCONFIRMED, "proposer"),
    Step("confirm", (UNCONFIRMED,), SUBMITTED, "proposer"),
    Step("ask_revision", (SUBMITTED,), REVISION, "review", needs_reason=True),
    Step("accept", (SUBMITTED,), ACCEPTED, "review"),
    Step("accept_part", (SUBMITTED,), PARTLY, "review", needs_reason=True),
    Step("reject", (SUBMITTED, REVISION), REJECTED, "review", needs_reason=True),
    Step("withdraw", OPEN, WITHDRAWN, "proposer"),
)


class WrongStepError(ValueError):
    """A proposal cannot take this step from the state it is in."""


def step(action: str, state: str) -> Step:
    """Return the step of this name from this state; raise WrongStepError where there is none."""
    found = next((one for one in STEPS if one.action == action and state in one.from_states), None)
    if found is None:
        message = f"A proposal that is {WORDS.get(state, state)} cannot be changed this way ({action})."
        raise WrongStepError(message)
    return found
