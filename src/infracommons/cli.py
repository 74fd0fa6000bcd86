"""The command `infracommons`: releases, the site, the catalogue, reports, mechanisms, decisions, health."""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from typer.exceptions import TyperException

from infracommons.commands.command_line import decide_app, health_app, mechanism_app
from infracommons.pipeline.checks import CheckFailedError
from infracommons.pipeline.engine import EngineName
from infracommons.vocabulary.problems import NotWrittenError, UnusableInputError
from infracommons.vocabulary.release_files import CURRENT

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None, help=__doc__
)
evaluate_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Measure a stage against rows that people labelled."
)
train_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Train a model from rows that people labelled."
)
app.add_typer(evaluate_app, name="evaluate")
app.add_typer(train_app, name="train")
export_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Take data out as files.")
app.add_typer(export_app, name="export")
catalogue_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Fill, take away and keep up the catalogue."
)
account_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="People and their roles.")
app.add_typer(catalogue_app, name="catalogue")
app.add_typer(account_app, name="account")
app.add_typer(mechanism_app, name="mechanism")
app.add_typer(decide_app, name="decide")
app.add_typer(health_app, name="health")

WORK = Path("work")
RAW, RELEASES = WORK / "raw", WORK / "releases"
DEFINITIONS = Path("definitions")
UNFINISHED, UNUSABLE_INPUT, INTERRUPTED = 1, 2, 130
_SECONDS_BETWEEN_LINES = 0.5
ProgressForm = Literal["bars", "json"]
Raw = Annotated[
    Path, typer.Option("--raw", envvar="INFRACOMMONS_RAW", help="Folder of raw source files, one folder a source.")
]
Releases = Annotated[Path, typer.Option("--releases", envvar="INFRACOMMONS_RELEASES", help="Folder of releases.")]
Definitions = Annotated[
    Path, typer.Option("--definitions", envvar="INFRACOMMONS_DEFINITIONS", help="Folder of the definitions.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object as the last line.")]
Gold = Annotated[Path, typer.Argument(help="CSV file of labelled rows.", exists=True, dir_okay=False, readable=True)]


def main() -> None:
    """Run the command; unusable input ends with exit status 2 and one line that says what and where."""
    try:
        sys.exit(app(standalone_mode=False))
    except (UnusableInputError, CheckFailedError) as error:
        _stop(str(error), UNUSABLE_INPUT)
    except TyperException as error:  # an option or argument that is not as the help says
        said = error.format_message()
        if "\n" in said:  # the help itself, for a command without its arguments
            print(said, file=sys.stderr)  # noqa: T201
            sys.exit(error.exit_code)
        _stop(f"{said} See `infracommons --help`.", error.exit_code)
    except (typer.Abort, KeyboardInterrupt):
        _stop("interrupted; a release or file that was not finished is not kept", INTERRUPTED)
    except NotWrittenError as error:
        _stop(str(error), UNFINISHED)
    except OSError as error:
        _stop(f"{error.strerror or error}: {error.filename or 'while writing'}", UNFINISHED)


def _stop(message: str, status: int) -> None:
    printable = " ".join(message.split()).encode("utf-8", "backslashreplace").decode()
    print(f"infracommons: {printable}", file=sys.stderr)  # noqa: T201
    sys.exit(status)


@app.command()
def harvest(
    source: Annotated[str, typer.Argument(help="Source, or `auto` to recognise each file.")],
    from_path: Annotated[Path | None, typer.Option("--from", help="File, archive or folder; else over HTTP.")] = None,
    raw: Raw = RAW,
    url: Annotated[str | None, typer.Option(help="Another address than the publisher's, such as a mirror's.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Put a publisher's files, bytes unchanged, into the raw folder."""
    from infracommons.pipeline.harvest import harvest_from, harvest_http  # noqa: PLC0415

    with _progress() as tell:
        if from_path:
            report = harvest_from(source, from_path, raw, tell=tell)
        else:
            report = harvest_http(source, raw, url, tell=tell)
    _say(report.lines(), report.as_dict(), as_json=as_json)


@app.command()
def release(
    raw: Raw = RAW,
    out: Annotated[Path, typer.Option("--out", envvar="INFRACOMMONS_RELEASES", help="Folder of releases.")] = RELEASES,
    definitions: Definitions = DEFINITIONS,
    engine: Annotated[EngineName, typer.Option(help="Engine that holds the tables.")] = "duckdb",
    *,
    allow_fewer_rows: Annotated[
        bool, typer.Option(help="Publish though a table has less than half the rows of the release before.")
    ] = False,
    progress: Annotated[
        ProgressForm, typer.Option(help="How to tell of progress: bars for people, or JSON lines on the output.")
    ] = "bars",
    as_json: AsJson = False,
) -> None:
    """Make a release from the raw files and the definitions, and make it the current one."""
    from infracommons.pipeline.raw_folder import require_data  # noqa: PLC0415
    from infracommons.pipeline.run import Job, make_release  # noqa: PLC0415 - half a second that help does not need
    from infracommons.pipeline.source import all_sources  # noqa: PLC0415

    require_data(raw, all_sources(), is_default=raw == RAW)
    began = time.monotonic()
    with (_progress_lines if progress == "json" else _progress)() as tell, _nothing_published():
        folder = make_release(Job(raw, out, definitions, engine, allow_fewer_rows=allow_fewer_rows, tell=tell))
        without_index = _indexed(folder, tell)
    manifest = json.loads((folder / "release.json").read_bytes())
    counts = manifest["counts"]
    said = {
        "release": manifest["release"],
        "path": str(folder),
        **counts,
        "seconds": round(time.monotonic() - began, 1),
        "warnings": [*manifest["warnings"], *without_index],
    }
    lines = [
        f"Release {manifest['release']} in {folder}",
        _accounts(counts),
        f"{counts['awards']:,} awards name an infrastructure; {counts['supports']:,} supports are decided",
        f"{counts['needs_review']:,} mentions are left for a person",
        f"US dollars: {manifest['totals_usd']['unique_awards']} over unique awards",
        *(f"Warning: {warning}" for warning in said["warnings"]),
    ]
    _say(lines, said, as_json=as_json)


def _indexed(folder: Path, tell: Callable[[str, int], None]) -> list[str]:
    """Make the index by which awards are searched; return a warning where it cannot be kept: the release stands."""
    from infracommons.insights.award_index import ensure_index  # noqa: PLC0415
    from infracommons.insights.release import NoReleaseError, Release  # noqa: PLC0415

    tell("search index", 0)
    try:
        ensure_index(Release(folder), is_kept=True)
    except (OSError, ValueError, NoReleaseError) as error:
        return [f"the release is published, but not the index for searching it ({error}); the site makes one itself"]
    return []


@contextmanager
def _nothing_published() -> Iterator[None]:
    """Say of a full disk or a missing permission that the release before is whole: it is replaced at the very end."""
    try:
        yield
    except OSError as error:
        message = f"{error.strerror or error}: {error.filename or 'while writing'}; nothing was published"
        raise NotWrittenError(message) from error


def _accounts(counts: dict[str, int]) -> str:
    parts = (f"{counts[part]:,} {part}" for part in ("canonical", "duplicate", "instalment", "excluded"))
    return f"{counts['records_in']:,} records in = {' + '.join(parts)}"


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="Port; PORT in the environment changes it too.")] = int(
        os.environ.get("PORT", "8000")
    ),
    host: Annotated[str, typer.Option(help="Address to listen at.")] = "127.0.0.1",
    releases: Releases = RELEASES,
    definitions: Definitions = DEFINITIONS,
    raw: Raw = RAW,
) -> None:
    """Show the catalogue and the current release in a browser; what runs in the background ends with it."""
    os.environ |= {"INFRACOMMONS_RELEASES": str(releases.resolve()), "INFRACOMMONS_RAW": str(raw.resolve())}
    _prepared(definitions)
    from infracommons.config.serve import serve as serve_site  # noqa: PLC0415 - settings read the environment

    serve_site(port=port, host=host)


@export_app.command("release")
def export_release(
    out: Annotated[Path, typer.Argument(help="New folder to write into, or a new file that ends with .zip.")],
    releases: Releases = RELEASES,
    release_id: Annotated[str, typer.Option("--release", help="Id of the release; else the current one.")] = CURRENT,
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", help="csv, jsonl, parquet or xlsx; again for more. Else csv and parquet."),
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Write a release as a data package: tables, dictionary, README, licences, descriptions, 360Giving, checksums."""
    from infracommons.insights.data_package import DEFAULT_FORMATS, export_release  # noqa: PLC0415

    files = export_release(releases / release_id, out, formats or DEFAULT_FORMATS)
    _say([f"{len(files)} files in {out}"], {"files": [str(file) for file in files]}, as_json=as_json)


@app.command()
def deposit(  # noqa: PLR0913 - an option each
    package: Annotated[Path, typer.Argument(help="Folder or ZIP file of `infracommons export release`.", exists=True)],
    to: Annotated[str, typer.Option(help="Address of the repository, such as https://zenodo.org.")],
    token_env: Annotated[str, typer.Option(help="Environment variable that holds the token for it.")],
    creator: Annotated[
        list[str], typer.Option(help="'Family, Given (ORCID)' or the name of an organisation; again for more.")
    ],
    title: Annotated[str, typer.Option(help="Title; else that of the package.")] = "",
    licence: Annotated[str, typer.Option(help="SPDX id for the whole; else: each row has its publisher's.")] = "",
    new_version_of: Annotated[str, typer.Option(help="Id of a published record that this is a new version of.")] = "",
    draft: Annotated[str, typer.Option(help="Id of a draft to go on with, such as one that broke off.")] = "",
    *,
    discard: Annotated[bool, typer.Option(help="Delete the draft where anything fails; else it stays.")] = False,
    publish: Annotated[bool, typer.Option(help="Publish it, for good; else it stays a draft.")] = False,
    as_json: AsJson = False,
) -> None:
    """Deposit a data package with an InvenioRDM repository such as Zenodo, as a draft unless told to publish."""
    from dataclasses import asdict  # noqa: PLC0415

    from infracommons.pipeline.deposit import Job, Repository, deposit  # noqa: PLC0415

    token = os.environ.get(token_env, "").strip()
    if not token:
        message = f"--token-env: {token_env}: no such variable, or nothing in it; put the repository's token there"
        raise UnusableInputError(message)
    with _progress() as tell, Repository(to, token) as repository:
        job = Job(package, tuple(creator), title, licence, new_version_of, draft, discard, publish, tell)
        done = deposit(job, repository)
    _say(done.lines(), asdict(done), as_json=as_json)


@app.command()
def report(  # noqa: PLR0913, PLR0917 - an option each
    name: Annotated[str, typer.Argument(help="Report, such as state_of_open_infrastructure.")],
    releases: Releases = RELEASES,
    release_id: Annotated[str, typer.Option("--release", help="Id of the release; else the current one.")] = CURRENT,
    formats: Annotated[
        list[str] | None, typer.Option("--format", help="html, pdf, docx, md or json; again for more. Else html.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder to write into.")] = WORK / "reports",
    infrastructure: Annotated[
        str | None, typer.Option(help="Id of the infrastructure, for a report about one, such as arxiv.")
    ] = None,
    compare_with: Annotated[str | None, typer.Option(help="Id of an earlier release; changes are told.")] = None,
    site: Annotated[str | None, typer.Option(help="Address of the site that numbers lead to.")] = None,
    definitions: Definitions = DEFINITIONS,
    *,
    as_json: AsJson = False,
) -> None:
    """Write a report from its definition and a release, each number with its question."""
    os.environ.setdefault("INFRACOMMONS_DEFINITIONS", str(definitions.resolve()))
    from infracommons.reports.make import Order, make  # noqa: PLC0415 - half a second that help does not need

    began = time.monotonic()
    over, files = make(
        Order(name, definitions, releases, out, formats or ["html"], release_id, infrastructure, compare_with, site)
    )
    said = {"release": over.release_id, "files": [str(file) for file in files]}
    lines = [f"Report {name} over release {over.release_id}", *said["files"]]
    _say(lines, {**said, "seconds": round(time.monotonic() - began, 1)}, as_json=as_json)


@export_app.command("curation")
def export_decisions(raw: Raw = RAW, *, as_json: AsJson = False) -> None:
    """Write what people decided at the review desk into the raw folder, from where the next release takes it."""
    _prepared()
    from infracommons.web.funding.desk.hand_over import export_curation  # noqa: PLC0415 - needs Django set up

    path, count = export_curation(raw / "curation")
    _say([f"{count:,} decisions in {path}"], {"path": str(path), "decisions": count}, as_json=as_json)


@export_app.command("labels")
def export_training_labels(
    out: Annotated[Path, typer.Argument(help="Folder to write into.")],
    releases: Releases = RELEASES,
    *,
    as_json: AsJson = False,
) -> None:
    """Write what people decided as labelled rows, which `train` and `evaluate` read."""
    _prepared()
    from infracommons.insights.release import Releases  # noqa: PLC0415
    from infracommons.web.funding.desk.hand_over import export_labels  # noqa: PLC0415 - needs Django set up

    written = export_labels(out, Releases(releases).current())
    lines = [
        f"{written['relevance']:,} rows in {out / 'relevance.csv'}",
        f"{written['support_type']:,} rows in {out / 'support_type.csv'}",
        f"{written['not_in_release']:,} decisions left out: the release does not have their award",
    ]
    _say(lines, {"path": str(out), **written}, as_json=as_json)


@catalogue_app.command("prepare")
def catalogue_prepare(definitions: Definitions = DEFINITIONS, *, as_json: AsJson = False) -> None:
    """Bring the database up to date and fill it from the definitions; `serve` does so too."""
    prepared = _prepared(definitions)
    lines = [f"{prepared['terms']:,} terms and {prepared['infrastructures']:,} infrastructures are new"]
    _say(lines, prepared, as_json=as_json)


@catalogue_app.command("import")
def catalogue_import(
    file: Annotated[Path, typer.Argument(help="File to read.", exists=True, dir_okay=False, readable=True)],
    file_format: Annotated[
        str, typer.Option("--format", help="infra-finder-v2, infra-finder-form, claims-csv or jsonl.")
    ],
    *,
    dry_run: Annotated[bool, typer.Option(help="Report, but store nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Store what a file says of infrastructures: all of it or, where a row cannot be read, nothing."""
    _prepared()
    from infracommons.web.catalogue.exchange.imports import import_file  # noqa: PLC0415 - needs Django set up

    report = import_file(file, file_format, dry_run=dry_run)
    _say(report.lines(), report.as_dict(), as_json=as_json)


@catalogue_app.command("export")
def catalogue_export(
    out: Annotated[Path, typer.Argument(help="Folder to write into.")],
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format", help="csv, jsonl, parquet, xlsx, sqlite or infra-finder-v2; again for more. Else csv."
        ),
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Write everything public of the catalogue as open data, with its dictionary."""
    _prepared()
    from infracommons.web.catalogue.exchange.exports import export_catalogue  # noqa: PLC0415 - needs Django set up

    files = export_catalogue(out, formats or ["csv"])
    _say([f"{len(files)} files in {out}"], {"files": [str(file) for file in files]}, as_json=as_json)


@catalogue_app.command("hand-over")
def catalogue_hand_over(raw: Raw = RAW, *, as_json: AsJson = False) -> None:
    """Write the listed infrastructures into the raw folder, from where the next release takes them."""
    _prepared()
    from infracommons.web.catalogue.exchange.exports import export_for_release  # noqa: PLC0415 - needs Django set up

    done = export_for_release(raw)
    said = {
        "path": str(done.infrastructures),
        "infrastructures": done.infrastructure_count,
        "characteristics_path": str(done.characteristics),
        "characteristics": done.characteristic_count,
    }
    lines = [
        f"{done.infrastructure_count:,} infrastructures in {done.infrastructures}",
        f"{done.characteristic_count:,} characteristics in {done.characteristics}",
    ]
    _say(lines, said, as_json=as_json)


@catalogue_app.command("upkeep")
def catalogue_upkeep(*, as_json: AsJson = False) -> None:
    """Check links that are due, mark values past their age, ask their teams, send what waits; run it every hour."""
    _prepared()
    from infracommons.web.catalogue.upkeep.round import run  # noqa: PLC0415 - needs Django set up

    report = run()
    _say(report.lines(), report.as_dict(), as_json=as_json)


@account_app.command("administrator")
def account_administrator(email: Annotated[str, typer.Argument(help="E-mail address of the account.")]) -> None:
    """Make someone an administrator, with a new account where there is none: sign in by a code sent by mail."""
    _prepared()
    from infracommons.web.accounts.actions import make_administrator  # noqa: PLC0415 - needs Django set up

    _, is_new = make_administrator(email)
    _say([f"{email} is an administrator{' with a new account' if is_new else ''}"], {}, as_json=False)


def _prepared(definitions: Path | None = None) -> dict[str, int]:
    """Set Django up, bring the database up to date, and fill it from the definitions."""
    definitions = (definitions or Path(os.environ.get("INFRACOMMONS_DEFINITIONS") or DEFINITIONS)).resolve()
    os.environ["INFRACOMMONS_DEFINITIONS"] = str(definitions)
    from infracommons.config.database import prepare  # noqa: PLC0415 - settings read the environment
    from infracommons.pipeline.definitions import load_catalogue  # noqa: PLC0415

    return prepare(load_catalogue(definitions))


@train_app.command("relevance")
def train_relevance(gold: Gold, definitions: Definitions = DEFINITIONS, *, as_json: AsJson = False) -> None:
    """Train the relevance model from labelled awards and write the model and its card."""
    from infracommons.pipeline.train.relevance import train  # noqa: PLC0415 - needs the `train` extra

    _figures(train(gold, definitions), as_json=as_json)


@evaluate_app.command("relevance")
def evaluate_relevance(gold: Gold, definitions: Definitions = DEFINITIONS, *, as_json: AsJson = False) -> None:
    """Measure how well wrong mentions are told from right ones."""
    from infracommons.pipeline.evaluate.relevance import evaluate  # noqa: PLC0415

    _figures(evaluate(gold, definitions), as_json=as_json)


@evaluate_app.command("support-type")
def evaluate_support_type(gold: Gold, definitions: Definitions = DEFINITIONS, *, as_json: AsJson = False) -> None:
    """Measure how well the kind of support is told."""
    from infracommons.pipeline.evaluate.support_type import evaluate  # noqa: PLC0415

    _figures(evaluate(gold, definitions), as_json=as_json)


@evaluate_app.command("duplicates")
def evaluate_duplicates(
    pairs: Gold,
    records: Annotated[Path, typer.Option(help="JSON lines of the records, packed or not.", exists=True)],
    *,
    as_json: AsJson = False,
) -> None:
    """Measure how well records of one award are told from records of different ones."""
    from infracommons.pipeline.evaluate.duplicates import evaluate  # noqa: PLC0415

    _figures(evaluate(pairs, records), as_json=as_json)


def _figures(figures: dict[str, Any], *, as_json: bool) -> None:
    _say([f"{name}: {value}" for name, value in figures.items()], figures, as_json=as_json)


def _say(lines: list[str], said: dict[str, Any], *, as_json: bool) -> None:
    for line in [json.dumps(said, ensure_ascii=False)] if as_json else lines:
        print(line)  # noqa: T201 - a command's answer


@contextmanager
def _progress_lines() -> Iterator[Any]:
    """Tell of long work as JSON lines: the step, and the records done; twice a second at most."""
    done: dict[str, int] = {}
    said = 0.0

    def tell(step: str, more: int) -> None:
        nonlocal said
        is_new = step not in done
        done[step] = done.get(step, 0) + more
        if is_new or time.monotonic() - said > _SECONDS_BETWEEN_LINES:
            said = time.monotonic()
            print(json.dumps({"step": step, "done": done[step]}), flush=True)  # noqa: T201 - a command's answer

    yield tell


@contextmanager
def _progress() -> Iterator[Any]:
    """Show long work on the error stream: the step, what is done, and the time."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=False, redirect_stdout=False) as progress:
        tasks: dict[str, Any] = {}

        def tell(step: str, done: int) -> None:
            if step not in tasks:
                for task in tasks.values():
                    known = progress.tasks[task]
                    progress.update(task, total=known.completed or 1, completed=known.completed or 1)
                tasks[step] = progress.add_task(step, total=None)
            progress.update(tasks[step], advance=done)

        yield tell
        for task in tasks.values():
            progress.update(
                task, total=progress.tasks[task].completed or 1, completed=progress.tasks[task].completed or 1
            )


if __name__ == "__main__":
    main()
