"""Lists, describes and answers decisions: one JSON document each."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from infracommons.commands.answers import checked, in_units, say
from infracommons.commands.documents import answer_to, print_schema
from infracommons.commands.input_files import told
from infracommons.commands.mechanisms import described
from infracommons.methods.decisions.decide import DecisionResult
from infracommons.methods.decisions.investment_form import InvestmentResult
from infracommons.methods.decisions.kinds import KINDS, RANKING, DecisionKind, kind_named, run_document
from infracommons.methods.decisions.needs_form import NeedsResult
from infracommons.methods.decisions.ownership_form import OwnershipResult
from infracommons.methods.decisions.policy_form import PolicyResult
from infracommons.methods.decisions.portfolio_form import PortfolioResult
from infracommons.methods.result import plain


def list_kinds(*, as_json: bool) -> None:
    """Print the kinds of decision."""
    rows = [{"name": one.name, "label": one.label, "purpose": one.purpose} for one in KINDS]
    say([f"{one.name:<12} {one.purpose}" for one in KINDS], {"kinds": rows}, as_json=as_json)


def describe_kind(name: str, *, schema: bool, as_json: bool) -> None:
    """Print what the document of a kind holds, in words or as JSON Schema."""
    found = _known(name)
    if schema:
        print_schema(found.schema, as_json=as_json)
        return
    said = {"name": name, "label": found.label, "purpose": found.purpose, "schema": found.schema}
    say([f"{found.label} ({name})", found.purpose, "", "The document", *described(found.schema)], said, as_json=as_json)


def decide(file: Path | None, *, schema: bool, as_json: bool) -> None:
    """Print the answer to a decision; or the JSON Schema of a ranking."""
    if schema:
        print_schema(_known(RANKING).schema, as_json=as_json)
        return
    kind, result = answer_to(
        file,
        lambda document: (document.get("kind", RANKING), run_document(document)),
        "name the JSON file of the decision; `decide describe KIND` says what it holds",
    )
    checks = () if isinstance(result, DecisionResult) else result.certificate.checks
    said = {"kind": kind, **plain(result)}
    say([*_LINES[type(result)](result), *map(checked, checks)], said, as_json=as_json)


def _known(name: str) -> DecisionKind:
    with told(""):
        return kind_named(name)


def _ranking(result: DecisionResult) -> Iterator[str]:
    for place in result.ranking:
        yield f"{place.rank:>3}. {place.option}  {place.score:.4f}"
    yield from _words(plain(result.verdict))


def _needs(result: NeedsResult) -> Iterator[str]:
    for name, one in result.matches.items():
        first = f"comes first with {result.first_rank[name]:.0%}"
        yield f"{name}: {one.suitability}, {_interval(one.low, one.high)}, {first}"
        for label, musts in (("fails", one.failed), ("open", one.open)):
            if musts:
                yield f"    {label}: {', '.join(musts)}"
    for asked in result.questions:
        yield f"Ask of {asked.option}: {asked.requirement} (moves {asked.worth:.0%} of the first place)"


def _interval(low: Fraction, high: Fraction) -> str:
    return f"{float(low):.2f}" if low == high else f"{float(low):.2f} to {float(high):.2f}"


def _portfolio(result: PortfolioResult) -> Iterator[str]:
    yield f"Selected: {', '.join(result.selected) or 'nothing'}"
    yield f"Value {float(result.value):g} for {in_units(result.cost)}; {in_units(result.left_over)} left over"
    for lack in result.left_out:
        yield f"{lack.candidate_id}: {_lacking(lack.enters_at, lack.lower_by)}"
    for point in result.frontier:
        yield f"{in_units(point.cost):>20}  value {float(point.value):g}"


def _lacking(enters_at: int | None, lower_by: int | None) -> str:
    if enters_at is None or lower_by is None:
        return "would not enter even as a gift"
    return f"would enter at {in_units(enters_at)}, {in_units(lower_by)} less" if lower_by else "as good as one chosen"


def _ownership(result: OwnershipResult) -> Iterator[str]:
    for name, one in result.plans.items():
        yield f"{name}: {in_units(one.total)} at present value, {in_units(one.in_kind)} of it in kind"
        yield f"    10, 50, 90 per cent of draws below {', '.join(map(in_units, _percentiles(one.spread)))}"
        for line_id, line in one.lines.items():
            yield f"{in_units(line.present_value):>20}  {line_id}{' (in kind)' if line.is_in_kind else ''}"
        yield f"    to leave at the end of each year: {', '.join(map(in_units, one.leaving))}"
    for even in result.break_even:
        volume = even.words if even.volume is None else f"cost the same at {float(even.volume):,.1f} a year"
        yield f"{' and '.join(even.plans)}, by {even.driver}: {volume}"


def _percentiles(spread: Any) -> tuple[int, int, int]:  # noqa: ANN401 - the spread of a plan
    return spread.p10, spread.p50, spread.p90


def _investment(result: InvestmentResult) -> Iterator[str]:
    for name, worth in result.net_present_value.items():
        yield f"{in_units(worth):>20}  {name}, paying {', '.join(map(in_units, result.payments[name]))}"
    yield f"{in_units(result.together):>20}  together"


def _policy(result: PolicyResult) -> Iterator[str]:
    for name, one in result.services.items():
        yield f"{name}: {one.explained.words}"
        if one.route is None:
            yield "    no change of tests would do"
        for change in one.route or ():
            yield f"    {change.test_id}: {change.now.value} now, to be {change.to.value}"


def _words(value: object) -> Iterator[str]:
    """Yield the sentences of a verdict, whatever its shape."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _words(part)
    elif isinstance(value, list):
        for part in value:
            yield from _words(part)


_LINES: Mapping[type, Callable[[Any], Iterator[str]]] = {
    DecisionResult: _ranking,
    NeedsResult: _needs,
    PortfolioResult: _portfolio,
    OwnershipResult: _ownership,
    InvestmentResult: _investment,
    PolicyResult: _policy,
}
