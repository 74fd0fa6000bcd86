"""What every file of the package says alike of a release: title, description, licences, sources, how to cite it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from infracommons.insights.releases import Manifest

TITLE = "Awards to open infrastructure"
DESCRIPTION = (
    "Awards that name an open infrastructure, with the records, mentions, decisions and shares behind them, and every "
    "record that counts in no total with the reason."
)
PUBLISHER = "Infracommons"
# What we add to the publishers' data (ids, merges, decisions, shares) is given to everyone.
OWN_LICENCE, OWN_LICENCE_URL = "CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"
_SPDX = "https://spdx.org/licenses/"


def title_of(manifest: Manifest) -> str:
    """Return the title with the release id."""
    return f"{TITLE}: release {manifest['release']}"


def made_on(manifest: Manifest) -> str:
    """Return the day on which the release was made, as YYYY-MM-DD."""
    return datetime.fromisoformat(str(manifest["made_at"])).date().isoformat()


def citation(manifest: Manifest) -> str:
    """Return how to cite the release in one sentence."""
    return f"{PUBLISHER} ({made_on(manifest)[:4]}). {title_of(manifest)} [Data set]. Made {made_on(manifest)}."


def bibtex(manifest: Manifest) -> str:
    """Return how to cite the release as a BibTeX entry."""
    key = f"infracommons{manifest['release']}".replace("-", "").lower()
    fields = {
        "title": f"{{{TITLE}}}",
        "author": f"{{{PUBLISHER}}}",
        "year": made_on(manifest)[:4],
        "version": str(manifest["release"]),
        "note": f"Data set, made {made_on(manifest)}",
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items()]
    return f"@misc{{{key},\n" + ",\n".join(lines) + "\n}"


def is_spdx(licence: str) -> bool:
    """Tell whether a licence is an identifier: one of several words is a description."""
    return " " not in licence


def licence_address(licence: str, homepage: str) -> str:
    """Return where the licence can be read: the SPDX list, else the publisher's page; nothing where neither is one."""
    if is_spdx(licence):
        return f"{_SPDX}{licence}"
    return homepage if is_web(homepage) else ""


def is_web(address: str) -> bool:
    """Tell whether a text is an address of the web."""
    return address.startswith(("http://", "https://"))


def licences(sources: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return each licence of the sources once, with the homepage of the first source under it."""
    found: dict[str, str] = {}
    for told in sources:
        found.setdefault(told["licence"], told["homepage"])
    return found
