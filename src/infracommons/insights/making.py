"""What two releases were made from, side by side: raw files, settings, code and table sizes that are not the same."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from infracommons.insights.release import Row
from infracommons.insights.releases import Manifest


def input_changes(before: Manifest, after: Manifest) -> list[Row]:
    """Return file, source, change (added, removed, changed), records_before, records_after of raw files that differ."""
    old, new = _inputs(before), _inputs(after)
    rows = []
    for file in sorted(old.keys() | new.keys()):
        was, now = old.get(file), new.get(file)
        if was is None or now is None or was["sha256"] != now["sha256"]:
            told: Row = now or was or {}
            change = "added" if was is None else "removed" if now is None else "changed"
            records = {"records_before": was and was["records"], "records_after": now and now["records"]}
            rows.append({"file": file, "source": told["source"], "change": change, **records})
    return rows


_INPUTS = pa.schema(
    [
        ("file", pa.string()), ("source", pa.string()), ("change", pa.string()),
        ("records_before", pa.int64()), ("records_after", pa.int64()),
    ]
)  # fmt: skip


def every_input_change(before: Manifest, after: Manifest) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    """Return the rows of `input_changes` in batches."""
    return _INPUTS, iter(pa.Table.from_pylist(input_changes(before, after), _INPUTS).to_batches())


def setting_changes(before: Manifest, after: Manifest) -> list[Row]:
    """Return name, before, after of each setting, the code version among them, that is not the same."""
    old, new = _settings(before), _settings(after)
    names = sorted(old.keys() | new.keys())
    return [{"name": n, "before": old.get(n), "after": new.get(n)} for n in names if old.get(n) != new.get(n)]


def table_changes(before: Manifest, after: Manifest) -> list[Row]:
    """Return name, before, after (rows) and is_same (byte for byte) of each table of either release."""
    old, new = _tables(before), _tables(after)
    return [
        {
            "name": name,
            "before": old.get(name, {}).get("rows"),
            "after": new.get(name, {}).get("rows"),
            "is_same": old.get(name, {}).get("sha256") == new.get(name, {}).get("sha256"),
        }
        for name in dict.fromkeys([*new, *old])
    ]


def _inputs(manifest: Manifest) -> dict[str, Row]:
    return {told["file"]: told for told in manifest.get("inputs", ())}


def _settings(manifest: Manifest) -> dict[str, Any]:
    return {"code_version": manifest.get("code_version"), **manifest.get("settings", {})}


def _tables(manifest: Manifest) -> dict[str, Row]:
    return {told["name"]: told for told in manifest["tables"]}
