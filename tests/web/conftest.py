"""The site over the golden release, and over releases of rows that a test writes to see what pages make of them."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.test import Client, override_settings

from infracommons.insights.release import Release
from infracommons.vocabulary.tables import PUBLISHED
from infracommons.web.shared.published import releases

Rows = dict[str, list[dict[str, Any]]]
Show = Callable[[Path], Client]


class Reader(Client):
    """A client that closes the files it was sent, as a browser's connection does."""

    def __init__(self, answers: ExitStack) -> None:
        super().__init__()
        self.answers = answers

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        self.answers.callback(_close, response)
        return response


def _close(response: Any) -> None:
    """Close as a browser's connection does, but leave the database to the test, as Django's own client does."""
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)


@pytest.fixture
def show() -> Iterator[Show]:
    """Return a function that gives a client of the site over a folder of releases."""
    with ExitStack() as changed:

        def client_of(folder: Path) -> Client:
            changed.enter_context(override_settings(INFRACOMMONS_RELEASES=folder))
            releases.cache_clear()
            return Reader(changed)

        yield client_of
    releases.cache_clear()


@pytest.fixture
def site(show: Show, golden_release: Path) -> Client:
    return show(golden_release)


@pytest.fixture
def golden(golden_release: Path) -> Release:
    return Release((golden_release / "current").resolve())


@pytest.fixture
def shown_rows(show: Show, tmp_path: Path) -> Callable[[Rows], Client]:
    """Return a function that gives a client of the site over a release of these rows."""

    def client_of(rows: Rows) -> Client:
        write_release(tmp_path / "releases", rows)
        return show(tmp_path / "releases")

    return client_of


def write_release(releases: Path, rows: Rows) -> None:
    """Write a release of these rows; columns that a row does not name are empty."""
    folder = releases / "one"
    folder.mkdir(parents=True)
    described = []
    for table in PUBLISHED:
        filled = [dict.fromkeys(table.schema.names) | row for row in rows.get(table.name, [])]
        pq.write_table(pa.Table.from_pylist(filled, table.schema), folder / f"{table.name}.parquet")
        described.append({"name": table.name, "file": f"{table.name}.parquet", "rows": len(filled), "sha256": "0" * 64})
    counts = dict.fromkeys(
        ("records_in", "canonical", "duplicate", "instalment", "excluded", "awards", "awards_in_totals"), 0
    ) | dict.fromkeys(("supports", "rejected", "needs_review"), 0)
    manifest = {
        "release": "one",
        "made_at": "2026-01-02T03:04:05+00:00",
        "counts": counts,
        "sources": [],
        "tables": described,
    }
    (folder / "release.json").write_text(json.dumps(manifest), encoding="utf-8")
    (releases / "current").symlink_to("one")


@pytest.fixture
def many() -> Callable[[int], Rows]:
    """Return a function that gives the rows of a release with so many awards to one infrastructure."""

    def rows_of(number: int, **award: Any) -> Rows:
        ids = [f"award-{n:04}" for n in range(number)]
        return {
            "infrastructure": [
                {
                    "infrastructure_id": "zenodo",
                    "name": "Zenodo",
                    "aliases": [],
                    "summary": "Keeps.",
                    "category_codes": [],
                }
            ],
            "organisation": [
                {"organisation_id": f"org:{n}", "name": f"Funder {n}", "is_us_federal": False} for n in range(number)
            ],
            "award": [
                {
                    "award_id": id_,
                    "funder_organisation_id": f"org:{n}",
                    "funder_name": f"Funder {n}",
                    "title": f"Title {n}",
                    "start_date": date(2020, 1, 1),
                    "award_year": 2020,
                    "amount": Decimal("10.00"),
                    "currency": "USD",
                    "amount_usd": Decimal("10.00"),
                    "amount_status": "known",
                    "source": "nsf",
                }
                | award
                for n, id_ in enumerate(ids)
            ],
            "award_record": [
                {
                    "record_id": f"nsf:{id_}",
                    "award_id": id_,
                    "source": "nsf",
                    "role": "canonical",
                    "raw_file": "nsf/a.zip",
                    "raw_sha256": "0" * 64,
                    "title": f"Title {n}",
                }
                | {key: value for key, value in award.items() if key in ("title", "description", "source_url")}
                for n, id_ in enumerate(ids)
            ],
            "support": [
                {
                    "award_id": id_,
                    "infrastructure_id": "zenodo",
                    "decision": "supports",
                    "decided_by": "model",
                    "reason": "said so",
                    "support_type": "adjacent",
                }
                for id_ in ids
            ],
            "attribution": [
                {"award_id": id_, "infrastructure_id": "zenodo", "rule": rule, "amount_usd": Decimal("10.00")}
                for id_ in ids
                for rule in ("full", "equal_split", "documented_share", "single_only")
            ],
        }

    return rows_of
