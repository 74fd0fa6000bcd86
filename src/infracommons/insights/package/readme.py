"""`README.md` and `LICENSE.md` of the package: what it is, how it was made, its limits, and who may do what with it."""

from collections.abc import Iterable, Sequence

import pyarrow.parquet as pq

from infracommons.insights.overview import BEFORE_AWARDS
from infracommons.insights.package import about, threesixty
from infracommons.insights.package.part import Part
from infracommons.insights.releases import Manifest, StoredRelease
from infracommons.vocabulary.counting import RULES

FORMAT_NOTES = {
    "csv": "An unknown value is an empty cell; a list is JSON. Text that begins with =, +, -, @, a tab or a line break "
    "has an apostrophe before it, so that no spreadsheet runs it.",
    "jsonl": "One JSON object a line; an unknown value is null, amounts have all their digits.",
    "parquet": "The release's own file, byte for byte.",
    "xlsx": "An unknown value is an empty cell; a list is JSON; a text longer than a cell holds is cut and says so.",
}
_METHOD = (
    "Every source's records are read into one form; what cannot be read is set aside with the reason.",
    "Records that name an infrastructure of the catalogue are found by its search terms, place by place.",
    "Records that describe the same award are merged into one; instalments are added up.",
    "Each mention is judged: by a person, a rule or a model, or left for a person where it is not sure enough.",
    "The kind of support is told from the text and the recipient; unknown is a kind of its own.",
    "Funders and recipients are identified with the Research Organization Registry where they are in it.",
    "Amounts are converted to US dollars at the reference rate of the award's first day.",
    "Each award's money is counted under every rule side by side; a total always names its rule.",
)
_LIMITS = (
    "A release knows only the sources below, and only awards whose text or recipient names an infrastructure.",
    "Awards that wait for a person count in no total until they are decided.",
    "Amounts are nominal: nothing is adjusted for inflation in these files.",
    "An amount of an award is what was awarded, not what was paid out.",
    "The model and the search terms err; each decision says who made it and why, so that it can be checked.",
)
_UNKNOWN = (
    "Unknown is never zero and never no. In CSV and XLSX it is an empty cell, in JSON Lines and Parquet null. "
    "`award.amount_status` says whether an amount is known, unknown, or known but not convertible to US dollars."
)
_ONCE = (
    "Under `full` an award that supports several infrastructures counts for each, so its sum over infrastructures is "
    "more than the money given. Add awards up with each award once."
)
_GRANTS = (
    f"`{threesixty.GRANTS}` has the awards as grants of the 360Giving Data Standard {threesixty.STANDARD_VERSION}. Ids "
    f"begin with `{threesixty.PREFIX}`, which is no prefix of 360Giving's register. An organisation with a ROR id is "
    f"written `{threesixty.ROR_LIST}-` and that id; another has an id of ours. The award date is the award's first "
    "day; `classifications` says which infrastructure an award names and whether it supports it."
)


def readme(release: StoredRelease, parts: Sequence[Part]) -> str:
    """Return the README in Markdown; `parts` are the files to name."""
    manifest = release.manifest
    sections = [
        [f"# {about.title_of(manifest)}", "", about.DESCRIPTION, "", _made(manifest)],
        _section("Files", *_tables(parts), "", *_others(parts)),
        _section("How it was made", *(f"{n}. {line}" for n, line in enumerate(_METHOD, 1))),
        _section("How the records add up", *_accounts(release)),
        _section("Totals, and the rules they are counted by", *_totals(manifest)),
        _section("What unknown means", _UNKNOWN),
        _section("Limits", *_list(_LIMITS), *_list(f"Warning of this release: {w}" for w in _warnings(manifest))),
        _section("Grants in the 360Giving standard", *_threesixty()),
        _section("Sources and licences", *_sources(manifest)),
        _section("Check the files", "`sha256sum --check SHA256SUMS` compares every file with its checksum."),
        _section("Cite it", about.citation(manifest), "", "```bibtex", about.bibtex(manifest), "```"),
    ]
    return "\n".join(line for section in sections for line in [*section, ""])


def licence_note(manifest: Manifest) -> str:
    """Return what may be done with the files, in Markdown: no single licence covers them."""
    lines = [
        "# Licences",
        "",
        (
            "The records belong to their publishers and keep their licences. Columns `licence` of `award_record` and "
            "`award` say for each row which one holds; where a cell is empty, the publisher states none."
        ),
        "",
        (
            f"What Infracommons adds (ids, merges, decisions, kinds of support, shares) is given to everyone under "
            f"{about.OWN_LICENCE}, {about.OWN_LICENCE_URL}."
        ),
        "",
        *_sources(manifest),
    ]
    return "\n".join(lines) + "\n"


def _section(title: str, *lines: str) -> list[str]:
    return [f"## {title}", "", *lines]


def _list(lines: Iterable[str]) -> list[str]:
    return [f"- {line}" for line in lines]


def _tables(parts: Sequence[Part]) -> list[str]:
    """Return a line a table, with its formats, and what the formats do with values."""
    formats: dict[str, list[str]] = {}
    meanings = {}
    for part in parts:
        if part.table:
            formats.setdefault(part.table.name, []).append(part.format_name)
            meanings[part.table.name] = part.table.meaning
    lines = [f"- `{name}` (`.{'`, `.'.join(formats[name])}`): {meaning}" for name, meaning in meanings.items()]
    used = sorted({name for names in formats.values() for name in names})
    return [*lines, "", *(f"- `.{name}`: {FORMAT_NOTES[name]}" for name in used)]


def _others(parts: Sequence[Part]) -> list[str]:
    return [f"- `{part.path}`: {part.description}" for part in parts if not part.table]


def _warnings(manifest: Manifest) -> Sequence[str]:
    warnings: Sequence[str] = manifest.get("warnings", ())
    return warnings


def _made(manifest: Manifest) -> str:
    engine = manifest.get("settings", {}).get("engine", "unknown")
    return f"Made {manifest['made_at']} by code version {manifest.get('code_version', 'unknown')} on {engine}."


def _accounts(release: StoredRelease) -> list[str]:
    counts = release.manifest["counts"]
    parts = " + ".join(f"{counts[part]:,} {part}" for part in ("canonical", "duplicate", "instalment", "excluded"))
    return [
        (
            f"{counts['records_in']:,} records in = {parts}. {counts['awards']:,} awards name an infrastructure; "
            f"{counts['awards_in_totals']:,} of them count in totals of money."
        ),
        "",
        "Records that count in no total, by stage and reason; table `exclusion` has each with its reason in words:",
        "",
        "| stage | reason | records | where they are |",
        "| --- | --- | ---: | --- |",
        *(f"| {stage} | {reason} | {number:,} | {_where(stage)} |" for stage, reason, number in _exclusions(release)),
    ]


def _where(stage: str) -> str:
    return "in no award" if stage in BEFORE_AWARDS else "their award is listed"


def _exclusions(release: StoredRelease) -> list[tuple[str, str, int]]:
    rows = pq.read_table(release.path("exclusion"), columns=["stage", "reason_code"])
    counted = rows.group_by(["stage", "reason_code"]).aggregate([([], "count_all")]).to_pylist()
    return sorted((row["stage"], row["reason_code"], row["count_all"]) for row in counted)


def _totals(manifest: Manifest) -> list[str]:
    totals = manifest.get("totals_usd", {})
    rules = [
        f"- `{rule}`: {meaning}. Sum of `attribution.amount_usd`: USD {totals.get(rule, 'unknown')}."
        for rule, (_, meaning) in RULES.items()
    ]
    return [
        f"Each award that counts, once: USD {totals.get('unique_awards', 'unknown')}.",
        "",
        *rules,
        "",
        _ONCE,
    ]


def _threesixty() -> list[str]:
    return [
        _GRANTS,
        "",
        f"`{threesixty.LEFT_OUT}` has the awards that cannot be grants, with every reason:",
        "",
        *(f"- `{code}`: {words}" for code, (words, _) in threesixty.REASONS.items()),
    ]


def _sources(manifest: Manifest) -> list[str]:
    head = ["| source | publisher | licence | address | records |", "| --- | --- | --- | --- | ---: |"]
    rows = [
        f"| {told['source']} | {told['publisher']} | {told['licence']} | "
        f"{told['homepage'] if about.is_web(told['homepage']) else 'none'} | {told['records']:,} |"
        for told in manifest["sources"]
    ]
    return [*head, *rows]
