"""Policies for programs: found by the filters of the page, one by one with clauses and sources."""

from collections.abc import Sequence
from typing import Annotated, Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from ninja import Field, Query, Router

from infracommons.insights.policies.filters import PolicyFilters, matched, not_listed
from infracommons.insights.policies.load import Policies
from infracommons.insights.policies.timeline import timeline
from infracommons.vocabulary.policies import Instrument
from infracommons.web.catalogue.api.answers import answer
from infracommons.web.catalogue.api.cursors import CURSOR, next_link, opened
from infracommons.web.catalogue.api.parameters import AnyDay, Asked, AskedPage, unknown_parameters
from infracommons.web.catalogue.api.problems import ApiProblem, ParameterProblem, as_problem, bad_values
from infracommons.web.catalogue.search.filters import shown
from infracommons.web.shared.policies import policies_in_use
from infracommons.web.support.policies.files import policy_facts
from infracommons.web.support.policies.shapes import PolicyAnswer, PolicyPage

router = Router(tags=["Policies"])
Code = Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,80}$")]
Row = dict[str, Any]


class AskedPolicies(AskedPage):
    """What the list of policies takes: values of one parameter widen, parameters narrow."""

    region: list[Code] = Field([], description="Only of any of these regions.")
    kind: list[Code] = Field([], description="Only of any of these kinds.")
    requirement: list[Code] = Field([], description="Only those that speak of any of these requirements.")
    category: list[Code] = Field([], description="Only those that affect infrastructures of any of these categories.")
    in_force_on: AnyDay | None = Field(
        None, description="Only those that hold on this day; meta.undecided names those of which it is not known."
    )


def policy_codes(policies: Policies) -> dict[str, list[str]]:
    """Return what may stand in each parameter of the list, by its name."""
    return {
        "region": list(policies.regions),
        "kind": list(policies.kinds),
        "requirement": list(policies.requirements),
        "category": list(policies.categories),
    }


@router.get("/policies", response=PolicyPage, url_name="policies", summary="Policies, by the filters of the page")
def list_policies(request: HttpRequest, asked: Query[AskedPolicies]) -> HttpResponseBase:
    """Policies that match, region by region, within one by the day on which they begin."""
    problems = unknown_parameters(request, asked)
    policies = policies_in_use()
    lists = {name: tuple(dict.fromkeys(getattr(asked, name))) for name in policy_codes(policies)}
    filters, wrong = not_listed(policies, PolicyFilters(**lists, in_force_on=asked.in_force_on))
    if wrong:
        raise bad_values([as_problem(one) for one in wrong])
    found = matched(policies, filters)
    every = [span.instrument for span in timeline(policies, found.instruments)]
    start = _start(request, asked, every)
    page = every[start : start + asked.limit]
    rows = [_row(request, policies, one) for one in page]
    meta = {"total": len(every), "limit": asked.limit, "undecided": [one.code for one in found.undecided]}
    more = next_link(request, [page[-1].code]) if start + len(page) < len(every) else None
    return answer(request, rows, problems, meta=meta, links={"next": more})


@router.get("/policies/{slug:policy_id}", response=PolicyAnswer, url_name="policy", summary="One policy")
def show_policy(request: HttpRequest, policy_id: str, asked: Query[Asked]) -> HttpResponseBase:
    """A policy with its clauses in our words, what changed, and its sources."""
    problems = unknown_parameters(request, asked)
    policies = policies_in_use()
    one = policies.instruments.get(policy_id)
    if one is None:
        raise ApiProblem(404, f"There is no policy {shown(policy_id)}.")
    return answer(request, _row(request, policies, one), problems)


def policy_ids() -> dict[str, str]:
    """Return a policy to try addresses with."""
    return {"policy_id": next(iter(policies_in_use().instruments))}


def _row(request: HttpRequest, policies: Policies, one: Instrument) -> Row:
    links = {
        "self": request.build_absolute_uri(reverse("api:policy", args=[one.code])),
        "page": request.build_absolute_uri(reverse("policy", args=[one.code])),
    }
    facts = policy_facts(policies, one)
    return {"policy_id": facts.pop("code"), **facts, "links": links}


def _start(request: HttpRequest, asked: AskedPage, every: Sequence[Instrument]) -> int:
    """Return how many policies come before the page asked for. Raises ApiProblem (400) where its place is gone."""
    if not asked.cursor:
        return 0
    after = opened(request, asked.cursor)[0]
    codes = [one.code for one in every]
    if after not in codes:
        message = "The policies have changed since. Leave the cursor out to start anew."
        raise bad_values([ParameterProblem(CURSOR, shown(asked.cursor), message)])
    return codes.index(after) + 1
