"""The commands `mechanism`, `decide` and `health`: what they take; what they do is in the modules beside."""

from pathlib import Path
from typing import Annotated

import typer

mechanism_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Rules that turn inputs into amounts of money."
)
decide_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Decide among options, sets, costs, and policies."
)
health_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="How sound an infrastructure is.")

Name = Annotated[str, typer.Argument(help="Name of the mechanism, as `mechanism list` has it.")]
Inputs = Annotated[
    list[str],
    typer.Option(help="JSON, CSV or .pb file; again for more files, LIST=FILE for a CSV file of a list of records."),
]
Parameters = Annotated[Path | None, typer.Option(help="JSON file of the parameters; else there are none.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object as the last line.")]
Schema = Annotated[bool, typer.Option("--schema", help="Print the JSON Schema instead.")]


@mechanism_app.command("list")
def list_them(*, as_json: AsJson = False) -> None:
    """List the mechanisms, with what each is for."""
    from infracommons.commands.mechanisms import list_mechanisms  # noqa: PLC0415 - a second that help does not need

    list_mechanisms(as_json=as_json)


@mechanism_app.command()
def describe(name: Name, *, schema: Schema = False, as_json: AsJson = False) -> None:
    """Say what a mechanism takes: its inputs and its parameters, in words or as JSON Schema."""
    from infracommons.commands.mechanisms import describe_mechanism  # noqa: PLC0415

    describe_mechanism(name, schema=schema, as_json=as_json)


@mechanism_app.command()
def run(name: Name, inputs: Inputs, parameters: Parameters = None, *, as_json: AsJson = False) -> None:
    """Run a mechanism: amounts, how they came about, and what was proved of them."""
    from infracommons.commands.mechanisms import run_mechanism  # noqa: PLC0415

    run_mechanism(name, inputs, parameters, as_json=as_json)


@mechanism_app.command()
def bundle(
    name: Name,
    inputs: Inputs,
    out: Annotated[Path, typer.Option(help="New folder to write into.")],
    parameters: Parameters = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Write inputs, parameters, code version, result, checksums, and a script that makes the result anew."""
    from infracommons.commands.bundles import write_bundle  # noqa: PLC0415

    write_bundle(name, inputs, parameters, out, as_json=as_json)


@mechanism_app.command()
def compare(
    inputs: Inputs,
    parameters: Annotated[
        Path, typer.Option(help="JSON file: {runs: [{mechanism, label, parameters}, ...]}, at least two.")
    ],
    chart: Annotated[Path | None, typer.Option(help="SVG file to draw the comparison into.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Run several mechanisms on one input and set them side by side: equity, satisfaction, regret, work."""
    from infracommons.commands.comparisons import compare_mechanisms  # noqa: PLC0415

    compare_mechanisms(inputs, parameters, chart, as_json=as_json)


@decide_app.command("list")
def list_decisions(*, as_json: AsJson = False) -> None:
    """List the kinds of decision, with what each is for."""
    from infracommons.commands.decisions import list_kinds  # noqa: PLC0415

    list_kinds(as_json=as_json)


@decide_app.command("describe")
def describe_decision(
    kind: Annotated[str, typer.Argument(help="Kind of decision, as `decide list` has it.")],
    *,
    schema: Schema = False,
    as_json: AsJson = False,
) -> None:
    """Say what the JSON file of a kind of decision holds, in words or as JSON Schema."""
    from infracommons.commands.decisions import describe_kind  # noqa: PLC0415

    describe_kind(kind, schema=schema, as_json=as_json)


@decide_app.command("run")
def run_decision(
    file: Annotated[Path | None, typer.Argument(help="JSON file of the decision; its `kind` says which.")] = None,
    *,
    schema: Annotated[bool, typer.Option(help="Print the JSON Schema of a ranking instead.")] = False,
    as_json: AsJson = False,
) -> None:
    """Answer a decision: a ranking, needs, a portfolio, ownership cost, a joint investment, or a policy."""
    from infracommons.commands.decisions import decide  # noqa: PLC0415

    decide(file, schema=schema, as_json=as_json)


@health_app.command("finance")
def finance(
    file: Annotated[Path | None, typer.Argument(help="JSON file of accounts by year.")] = None,
    *,
    schema: Schema = False,
    as_json: AsJson = False,
) -> None:
    """Work out the financial ratios by year, each with its formula, or why it cannot be told."""
    from infracommons.commands.documents import finance_of  # noqa: PLC0415

    finance_of(file, schema=schema, as_json=as_json)


@health_app.command("software")
def software(
    file: Annotated[Path | None, typer.Argument(help="JSON file of commits, contributors and releases.")] = None,
    *,
    schema: Schema = False,
    as_json: AsJson = False,
) -> None:
    """Say how much software hangs on few people and organisations, how fresh it is, and how critical."""
    from infracommons.commands.documents import software_of  # noqa: PLC0415

    software_of(file, schema=schema, as_json=as_json)
