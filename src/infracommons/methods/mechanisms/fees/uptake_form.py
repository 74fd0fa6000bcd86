"""The form of a tariff's trial: its JSON Schemas, and how inputs and parameters are read."""

from collections.abc import Mapping
from typing import Any

from infracommons.methods import forms
from infracommons.methods import reading as read
from infracommons.methods.mechanisms.fees import bands, cost_share_form
from infracommons.methods.mechanisms.fees.cost_shares import CostShare, share_cost
from infracommons.methods.mechanisms.fees.members import MEMBER_OPTIONAL, Member, read_member
from infracommons.methods.mechanisms.fees.uptake import AGAIN, SAME, Candidate, Logit, Uptake, UptakeParameters
from infracommons.methods.mechanisms.fees.uptake import simulate_uptake as simulate
from infracommons.methods.result import Mechanism, MethodInputError, Result, refuse

TARIFFS = {one.name: one for one in (*cost_share_form.MECHANISMS, *bands.MECHANISMS)}
MOST_DRAWS = 100_000


def simulate_uptake(inputs: Uptake, parameters: UptakeParameters) -> Result:
    """Return the trial of a tariff, worked out by the function that a live round calls."""
    rules = TARIFFS[parameters.mechanism].read_parameters(parameters.tariff_parameters)

    def tariff(members: tuple[Member, ...]) -> Result:
        if parameters.mechanism == "fee_shares":  # without the test of merging, which a trial does not show
            return share_cost(CostShare(inputs.cost, members), rules)
        return bands.charge_by_bands(members, rules)

    return simulate(inputs, parameters, tariff)


def _candidate(where: str, value: object) -> Candidate:
    given = read.parts(where, value, ["id", "budget"], [*MEMBER_OPTIONAL, "currency"])
    member = read_member(where, {name: part for name, part in given.items() if name not in {"budget", "currency"}})
    currency = forms.or_else(given, "currency", "")
    return Candidate(
        member,
        read.money(f"{where}.budget", given["budget"], 1),
        "" if currency == "" else read.text(f"{where}.currency", currency),
    )


def _inputs(given: Mapping[str, Any]) -> Uptake:
    read.parts("", given, ["cost", "members"])
    members = forms.records("members", given["members"], _candidate)
    forms.no_twins("members", [one.member.id for one in members])
    return Uptake(read.money("cost", given["cost"]), members)


def _parameters(given: Mapping[str, Any]) -> UptakeParameters:
    read.parts("", given, PARAMETERS["required"], PARAMETERS["properties"])
    tariff = read.parts("tariff", given["tariff"], ["mechanism", "parameters"])
    name = read.choice("tariff.mechanism", tariff["mechanism"], list(TARIFFS))
    try:
        TARIFFS[name].read_parameters(tariff["parameters"])
    except MethodInputError as error:
        refuse(".".join(part for part in ("tariff.parameters", error.where) if part), error.value, error.problem)
    stay = _logit("stay", given["stay"])
    return UptakeParameters(
        name,
        tariff["parameters"],
        stay,
        _logit("join", given["join"]) if "join" in given else stay,
        read.choice("after", given["after"], (SAME, AGAIN)),
        forms.part("churn", given.get("churn", 0)),
        read.whole("draws", given["draws"], 1, MOST_DRAWS),
        read.whole("seed", given["seed"], 0),
        read.entries("currencies", given.get("currencies", {}), lambda where, one: read.share(where, one, 0, 5)),
    )


def _logit(where: str, value: object) -> Logit:
    given = read.parts(where, value, ["intercept", "slope"])
    return Logit(
        read.share(f"{where}.intercept", given["intercept"], -100, 100),
        read.share(f"{where}.slope", given["slope"], 0, 10**9),
    )


_MEMBER = forms.schema(
    {
        "id": {**forms.NAME, "description": "Name of the one who is asked."},
        "budget": forms.told(forms.AMOUNT, "What it could spend on such things in a year; above zero."),
    },
    {
        **MEMBER_OPTIONAL,
        "last_fee": forms.told(forms.AMOUNT, "What it paid last year; without it, it is not a member yet."),
        "currency": {"type": "string", "description": "Its currency, where that is not the one of the tariff."},
    },
)
_LOGIT = forms.schema(
    {
        "intercept": forms.told(forms.NUMBER, "0: one in two pays a fee of nothing; 3: 95 of 100."),
        "slope": forms.told(forms.QUANTITY, "How much is lost by a fee that is the whole budget; not negative."),
    }
)
PARAMETERS = forms.schema(
    {
        "tariff": {
            "description": "The tariff to try out: a mechanism and its parameters.",
            "oneOf": [
                forms.schema({"mechanism": {"const": name}, "parameters": dict(one.parameters_schema)})
                for name, one in TARIFFS.items()
            ],
        },
        "stay": {**_LOGIT, "description": "Chance of members to pay: 1/(1 + exp(slope x fee/budget - intercept))."},
        "after": {
            "enum": [SAME, AGAIN],
            "description": "When some do not pay: the fees stay, or the tariff is worked out again for the others.",
        },
        "draws": {"type": "integer", "minimum": 1, "maximum": MOST_DRAWS, "description": "How many draws."},
        "seed": {"type": "integer", "minimum": 0, "description": "Seed of the draws."},
    },
    {
        "join": {**_LOGIT, "description": "The same for those who are not members yet; as stay where not given."},
        "churn": forms.told(forms.PART, "Chance that a member leaves whatever the fee, 0 to 1; 0 where not given."),
        "currencies": {
            "type": "object",
            "additionalProperties": forms.QUANTITY,
            "description": "By currency, how much its rate moves in a year (standard deviation of the logarithm).",
        },
    },
)
MECHANISMS = (
    Mechanism(
        "fee_uptake",
        "fees",
        "Trial of a tariff",
        "Tries out a tariff on those who would be asked: who pays, joins or leaves, and whether the cost is covered.",
        simulate_uptake,
        _inputs,
        _parameters,
        forms.schema(
            {
                "cost": forms.told(forms.AMOUNT, "The cost to cover."),
                "members": forms.listed(_MEMBER, "Who is asked, members and others."),
            }
        ),
        PARAMETERS,
        ("members",),
    ),
)
