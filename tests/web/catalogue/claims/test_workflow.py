import pytest
from hypothesis import given
from hypothesis import strategies as st

from infracommons.web.accounts.permissions import ACTIONS
from infracommons.web.catalogue.claims import workflow
from infracommons.web.catalogue.claims.workflow import CLOSED, OPEN, STEPS, WORDS, WrongStepError, step

STATES = (*OPEN, *CLOSED)
ACTION_NAMES = sorted({one.action for one in STEPS})


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("action", ACTION_NAMES)
def test_each_step_is_taken_from_its_states_and_from_no_other(action: str, state: str) -> None:
    allowed = [one for one in STEPS if one.action == action and state in one.from_states]
    if allowed:
        assert step(action, state) == allowed[0]
        assert len(allowed) == 1
    else:
        with pytest.raises(WrongStepError, match="cannot be changed this way"):
            step(action, state)


def test_every_state_has_words_of_its_own() -> None:
    assert set(WORDS) == set(STATES)
    assert len(set(WORDS.values())) == len(STATES)


def test_steps_name_states_that_there_are() -> None:
    for one in STEPS:
        assert {*one.from_states, one.to_state} <= set(STATES)


def test_nothing_leads_out_of_a_closed_state() -> None:
    assert not [one for one in STEPS if set(one.from_states) & set(CLOSED)]


@given(st.sampled_from(OPEN))
def test_from_every_open_state_a_proposal_can_be_closed_by_its_proposer(state: str) -> None:
    assert any(state in one.from_states and one.to_state in CLOSED and one.who == "proposer" for one in STEPS)


def test_every_state_can_be_reached_from_a_draft() -> None:
    reached = {workflow.DRAFT}
    for _ in STATES:
        reached |= {one.to_state for one in STEPS if reached & set(one.from_states)}

    assert reached == set(STATES)


def test_only_reviewers_decide_and_they_say_why_they_refuse() -> None:
    decided = {one.action: one for one in STEPS if one.who != "proposer"}

    assert {one.who for one in decided.values()} <= set(ACTIONS)
    assert {action for action, one in decided.items() if not one.needs_reason} == {"accept"}
    assert {one.to_state for one in STEPS if one.who == "proposer"}.isdisjoint(
        {workflow.ACCEPTED, workflow.PARTLY, workflow.REJECTED}
    )
