"""Makes a release, from raw files to published tables: the whole flow on one page."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from infracommons.pipeline import assemble
from infracommons.pipeline.characteristics import characteristics
from infracommons.pipeline.decisions import usable_decisions
from infracommons.pipeline.definitions import load_catalogue, settings_of
from infracommons.pipeline.engine import EngineName
from infracommons.pipeline.engines import open_engine
from infracommons.pipeline.models import RELEVANCE_MODEL, relevance_model
from infracommons.pipeline.raw import sha256
from infracommons.pipeline.releases import current_manifest, workspace
from infracommons.pipeline.source import all_sources
from infracommons.pipeline.stages.attribute import attribute
from infracommons.pipeline.stages.classify import classify
from infracommons.pipeline.stages.convert import convert
from infracommons.pipeline.stages.deduplicate import awards, deduplicated
from infracommons.pipeline.stages.identify import decided, identify, registry
from infracommons.pipeline.stages.judge import judge
from infracommons.pipeline.stages.left_to_people import left_to_people
from infracommons.pipeline.stages.match import match
from infracommons.pipeline.stages.normalise import normalise
from infracommons.pipeline.stages.pairs import pairs
from infracommons.pipeline.stages.publish import Facts, publish
from infracommons.pipeline.supports import complete_support, supported, with_decisions


@dataclass(frozen=True)
class Job:
    """What to make a release from, where to put it, and whom to tell of progress (step, records done)."""

    raw: Path
    releases: Path
    definitions: Path
    engine: EngineName = "duckdb"
    allow_fewer_rows: bool = False
    tell: Callable[[str, int], None] = field(default=lambda _step, _done: None)


def make_release(job: Job) -> Path:
    """Make and publish a release and return its folder; the release before stays current until the last step.

    Raises UnusableInputError (also DefinitionError), CheckFailedError, OSError where the disk is full.
    """
    with workspace(job.releases) as folder:
        before = current_manifest(job.releases)
        infrastructures = load_catalogue(job.definitions)
        normalised = normalise(
            all_sources().values(), job.raw, folder, progress=lambda done: job.tell("Reading records", done)
        )
        engine = open_engine(job.engine, folder)
        try:
            inputs = assemble.read(engine, normalised)
            decisions = assemble.decisions(engine, inputs, job.definitions)
            infrastructures, unknown = assemble.with_catalogue_export(engine, inputs, infrastructures)
            said, of_nobody = characteristics(assemble.exported_characteristics(engine, inputs), infrastructures)
            decisions, idle = usable_decisions(engine, decisions, inputs.record, infrastructures)

            job.tell("Matching", 0)
            mention = match(engine, inputs.record, infrastructures)
            job.tell("Merging duplicates", 0)
            found = deduplicated(engine, inputs.record, decisions, assemble.previous_ids(job.releases))
            membership = assemble.naming(engine, found.membership, mention, decisions)
            award = awards(engine, inputs.record, membership)
            pair = engine.materialise(pairs(inputs.record, membership, mention))
            job.tell("Judging", 0)
            judged = judge(engine, pair, infrastructures, relevance_model())
            support = with_decisions(engine, judged, membership, decisions)
            job.tell("Classifying", 0)
            classified = classify(engine, supported(engine, pair, support), infrastructures)
            organisations, unplaced = decided(registry(engine, inputs.organisation, infrastructures), decisions)
            award, met = identify(engine, award, organisations)
            award = convert(engine, award, inputs.rate)
            support, unused = complete_support(engine, support, classified, award, membership, decisions)
            attribution = attribute(engine, award, support)

            left = left_to_people(engine, found.near, membership, decisions, met, organisations)

            job.tell("Publishing", 0)
            made = assemble.Made(inputs.record, membership, mention, award, support, attribution, left, said)
            tables = assemble.published(engine, made, normalised, infrastructures, organisations, met)
            facts = Facts(
                counts=assemble.counts(tables, normalised),
                inputs=normalised.inputs,
                sources=assemble.licences(normalised),
                settings=settings_of(
                    job.definitions, relevance_model_sha256=sha256(RELEVANCE_MODEL), engine=job.engine
                ),
                before=before,
                allow_fewer_rows=job.allow_fewer_rows,
                warnings=[*normalised.warnings, *unknown, *of_nobody, *idle, *unplaced, *unused],
            )
            return publish(tables, folder, job.releases, facts, datetime.now(UTC))
        finally:
            engine.close()
