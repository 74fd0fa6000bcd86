"""Lays out the real award files as a raw folder, through the harvester as a user would."""

from pathlib import Path

from infracommons.pipeline.harvest import harvest_from

SHARED = Path(__file__).parents[2] / "shared" / "data"
FOLDERS = {
    "nsf": "grants/nsf_2020.zip",
    "ukri_gtr": "grants/ukri",
    "ioi_awards": "grants/ioi_scrapers",
    "czi": "grants/ioi_scrapers",
    "knight": "grants/ioi_scrapers",
    "donations": "grants/donations",
    "threesixtygiving": "grants/threesixty",
    "oss_funding": "grants/oss_funding.csv.gz",
    "nih_reporter": "grants/native_samples",
    "nserc": "grants/native_samples",
    "nwo": "grants/native_samples",
    "cdmrp": "grants/native_samples",
    "ror": "registry/ror_51k.jsonl.gz",
    "ecb_rates": "registry/ecb_rates.csv",
}


def raw_folder(raw: Path) -> Path:
    """Return a raw folder with all real award files; harvested once, then kept."""
    if not raw.exists():
        for source, path in FOLDERS.items():
            harvest_from(source, SHARED / path, raw)
    return raw
