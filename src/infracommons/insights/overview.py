"""What a release holds: its sources, how its records add up, and why some are in no total."""

from dataclasses import dataclass

from infracommons.insights.release import Release, Row

ROLES_AND_EXCLUDED = ("canonical", "duplicate", "instalment", "excluded")
BEFORE_AWARDS = ("normalise", "match")  # stages whose exclusions are records in no award: they count as excluded


@dataclass(frozen=True)
class SourceAccount:
    """One source of award records: records in = canonical + duplicate + instalment + excluded."""

    source: str
    publisher: str
    homepage: str
    licence: str
    records: int
    canonical: int = 0
    duplicate: int = 0
    instalment: int = 0
    excluded: int = 0

    @property
    def adds_up(self) -> bool:
        """Whether every record of the source is accounted for."""
        return self.records == self.canonical + self.duplicate + self.instalment + self.excluded


def source_accounts(release: Release) -> list[SourceAccount]:
    """Return the account of every source that gives award records, in the manifest's order."""
    parts: dict[str, dict[str, int]] = {}
    question = """
    SELECT source, role AS part, count(*) AS records FROM award_record GROUP BY ALL
    UNION ALL
    SELECT source, 'excluded', count(*) FROM exclusion WHERE list_contains($stages, stage) GROUP BY ALL"""
    for row in release.query(question, {"stages": list(BEFORE_AWARDS)}):
        parts.setdefault(row["source"], {})[row["part"]] = row["records"]
    shown = ("source", "publisher", "homepage", "licence", "records")
    return [
        SourceAccount(**{name: told[name] for name in shown} | parts.get(told["source"], {}))
        for told in release.manifest["sources"]
        if told["gives"] == "record"
    ]


def other_sources(release: Release) -> list[Row]:
    """Return the manifest's rows of registries and decisions: what was read beside award records."""
    return [told for told in release.manifest["sources"] if told["gives"] != "record"]


def exclusion_reasons(release: Release) -> list[Row]:
    """Return stage, reason_code and number of records, in the order of the stages, most frequent first."""
    return release.query("""
    SELECT stage, reason_code, count(*) AS records FROM exclusion GROUP BY stage, reason_code
    ORDER BY array_position(['normalise', 'match', 'judge', 'convert'], stage), records DESC, reason_code""")
