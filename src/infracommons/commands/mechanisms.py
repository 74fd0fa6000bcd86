"""Lists, describes and runs mechanisms on files."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infracommons.commands.answers import as_lines, as_object, say
from infracommons.commands.input_files import Given, read_inputs, read_json, told
from infracommons.methods.mechanisms.registry import NoMechanismError, all_mechanisms, mechanism
from infracommons.methods.result import Mechanism, Result
from infracommons.vocabulary.problems import UnusableInputError


@dataclass(frozen=True)
class Run:
    """One run of a mechanism on files: what went in, and what came out."""

    mechanism: Mechanism
    given: Given
    inputs: Any  # as the family has them
    parameters: Mapping[str, Any]
    result: Result

    @property
    def minor(self) -> int:
        """How many minor units an amount of the result stands for: a .pb file may count in whole units of currency."""
        scale = self.result.details.get("units_in_a_currency_unit_of_the_inputs")
        return 100 // int(scale) if scale and "pb" in self.given.data else 1


def list_mechanisms(*, as_json: bool) -> None:
    """Print all mechanisms by family."""
    found = all_mechanisms()
    rows = [{"name": m.name, "family": m.family, "label": m.label, "purpose": m.purpose} for m in found]
    say([f"{m.family:<14} {m.name:<24} {m.purpose}" for m in found], {"mechanisms": rows}, as_json=as_json)


def describe_mechanism(name: str, *, schema: bool, as_json: bool) -> None:
    """Print what a mechanism takes, or the JSON Schemas of it."""
    found = known(name)
    schemas = {"inputs": found.inputs_schema, "parameters": found.parameters_schema}
    if schema and not as_json:
        print(json.dumps(schemas, ensure_ascii=False, indent=2))  # noqa: T201 - a command's answer
        return
    page = f"docs/methods/{found.family}/{name}.md"
    said = {"name": name, "family": found.family, "label": found.label, "purpose": found.purpose,
            "page": page, "tables": list(found.tables), "schemas": schemas}  # fmt: skip
    as_csv = f"As CSV: {', '.join(found.tables)}." if found.tables else "As JSON only."
    lines = [
        f"{found.label} ({name}), family {found.family}",
        found.purpose,
        f"More, with an example: {page}",
        "",
        f"Inputs. {as_csv}",
        *described(found.inputs_schema),
        "",
        "Parameters",
        *described(found.parameters_schema),
    ]
    say(lines, schemas if schema else said, as_json=as_json)


def run_mechanism(name: str, inputs: Sequence[str], parameters: Path | None, *, as_json: bool) -> None:
    """Run a mechanism and print its result."""
    done = run(name, inputs, parameters)
    say(as_lines(done.result, done.minor), as_object(name, done.result), as_json=as_json)


def run(name: str, inputs: Sequence[str], parameters: Path | None) -> Run:
    """Return a run of a mechanism; UnusableInputError names the file, the place and the value."""
    found = known(name)
    given = read_inputs(inputs, found)
    said = read_json(parameters) if parameters else {}
    return allocated(found, given, ", ".join(inputs), said, str(parameters or "--parameters"))


def allocated(found: Mechanism, given: Given, inputs_name: str, said: Mapping[str, Any], said_in: str) -> Run:
    """Return a run on inputs and parameters that were read; the names of their files are for what goes wrong."""
    with told(inputs_name, given):
        read = found.read_inputs(given.data)
    with told(said_in):
        rules = found.read_parameters(said)
    with told(inputs_name, given):
        return Run(found, given, read, said, found.allocate(read, rules))


def known(name: str) -> Mechanism:
    """Return the mechanism of a name; UnusableInputError lists those there are."""
    try:
        return mechanism(name)
    except NoMechanismError as error:
        raise UnusableInputError(str(error)) from error


def described(schema: Mapping[str, Any], indent: str = "  ") -> Iterator[str]:
    """Yield what a JSON Schema holds, a line a name, what is inside indented."""
    needed = schema.get("required", ())
    for name, part in schema.get("properties", {}).items():
        choices = f" One of {', '.join(map(str, part['enum']))}." if "enum" in part else ""
        must = " (needed)" if name in needed else ""
        yield f"{indent}{name}{must}: {part.get('description', '').rstrip('.') or 'no more is said'}.{choices}"
        inner = part.get("items", part)
        if isinstance(inner, Mapping) and inner.get("properties"):
            yield from described(inner, f"{indent}  ")
