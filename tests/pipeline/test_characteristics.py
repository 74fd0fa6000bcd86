"""What is said of infrastructures comes from the newest export, else from the definitions."""

from typing import Any

from infracommons.pipeline.characteristics import characteristics
from infracommons.vocabulary.definitions import Infrastructure, Integration

ARXIV = Infrastructure(
    "arxiv", "arXiv", "Preprints.", "https://arxiv.org/", ("preprint_service",), country="US", licence="MIT",
    launched=1991, integrations=(Integration("orcid", "https://info.arxiv.org/help/orcid.html"),),
)  # fmt: skip
ORCID = Infrastructure("orcid", "ORCID", "Identifiers of people.", "https://orcid.org/", ("persistent_identifier",))


def row(**values: Any) -> dict[str, Any]:
    return {
        "infrastructure_id": "arxiv", "field": "bylaws", "value": "available", "label": "available",
        "other_infrastructure_id": None, "link": None, "checked_date": None, "said_by": "curator",
        "exported_at": "2026-07-01",
    } | values  # fmt: skip


def test_a_definition_speaks_where_nothing_was_exported() -> None:
    rows, unknown = characteristics([], [ARXIV, ORCID])
    assert unknown == []
    assert [(r["infrastructure_id"], r["field"], r["value"]) for r in rows] == [
        ("arxiv", "categories", "preprint_service"),
        ("arxiv", "country", "US"),
        ("arxiv", "integrations", "orcid"),
        ("arxiv", "launched", "1991"),
        ("arxiv", "spdx_licence", "MIT"),
        ("orcid", "categories", "persistent_identifier"),
    ]
    edge = next(r for r in rows if r["field"] == "integrations")
    assert (edge["other_infrastructure_id"], edge["link"]) == ("orcid", "https://info.arxiv.org/help/orcid.html")


def test_what_the_newest_export_leaves_out_is_unknown() -> None:
    older = row(field="licence", value="MIT", exported_at="2026-06-01")
    rows, _ = characteristics([row(), older], [ARXIV, ORCID])
    assert [(r["field"], r["value"]) for r in rows if r["infrastructure_id"] == "arxiv"] == [("bylaws", "available")]
    assert {r["infrastructure_id"] for r in rows} == {"arxiv", "orcid"}


def test_a_name_that_the_release_lacks_is_kept_in_words_only() -> None:
    edge = row(field="integrations", value="other_thing", label="Other thing", other_infrastructure_id="other-thing")
    rows, unknown = characteristics([edge, row(infrastructure_id="gone")], [ARXIV])
    assert [(r["label"], r["other_infrastructure_id"]) for r in rows] == [("Other thing", None)]
    assert unknown == ["characteristics: gone: left out, the definitions lack it"]
