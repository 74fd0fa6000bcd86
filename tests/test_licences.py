"""Holds what is installed at run time to licences that let anyone use, change and pass on the whole."""

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

PROJECT = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))
TEXT = (Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8")
# Said in the metadata, by SPDX, by classifier or in words; the first word that fits decides.
NEVER = re.compile(
    r"\bA?GPL\b|\bA?GPL[-v ]?\d|(?<!Lesser )(?<!Library or Lesser )General Public License|Affero|"
    r"Proprietary|Commercial|All rights reserved|SSPL|BUSL|Business Source|Elastic-2|NonCommercial",
    re.IGNORECASE,
)
WEAK = re.compile(r"\bLGPL|Lesser General Public", re.IGNORECASE)
FREE = re.compile(
    r"Apache|\bMIT\b|MIT-CMU|\bBSD\b|BSD-|\bISC\b|MPL|Mozilla|PSF|Python Software|Zope|ZPL|HPND|Unlicense|"
    r"Public Domain|0BSD|Zlib|BSL-1|Boost|Expat|CC0|WTFPL",
    re.IGNORECASE,
)
# Whose metadata say more than one thing, and what the file of the licence itself says.
READ_BY_US = {"qrcode": ("Redistributions of source code must retain the above", "Licensed under the MIT license")}


def _said(found: Distribution) -> str:
    """Return what a distribution says of its licence: the expression, else classifiers and the licence's first line."""
    about = found.metadata.json
    if found.name in READ_BY_US:
        return "BSD-3-Clause AND MIT"
    if "license_expression" in about:
        return str(about["license_expression"])
    classified = [one for one in about.get("classifier", ()) if one.startswith("License ::")]
    return " | ".join([*classified, *str(about.get("license", "")).strip().splitlines()[:1]])


def _installed() -> dict[str, Distribution]:
    """Return all that a run needs: the project's dependencies, what they need in turn, as far as it applies here."""
    found: dict[str, Distribution] = {}
    waiting = [Requirement(one) for one in PROJECT["project"]["dependencies"]]
    done: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        wanted = waiting.pop()
        name = wanted.name.lower().replace("_", "-")
        if (name, frozenset(wanted.extras)) in done:
            continue
        done.add((name, frozenset(wanted.extras)))
        try:
            found[name] = distribution(wanted.name)
        except PackageNotFoundError:
            continue  # an extra of another system
        waiting += _needs(found[name], wanted.extras)
    return found


def _needs(found: Distribution, extras: set[str]) -> Iterator[Requirement]:
    for one in found.requires or []:
        need = Requirement(one)
        if need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield need


INSTALLED = _installed()


def _reasons() -> dict[str, str]:
    """Return the remark behind each dependency of pyproject.toml."""
    lines = re.findall(r'^  "([\w-]+)[^"]*",\s*# (.+)$', TEXT, re.MULTILINE)
    return {name.lower(): reason for name, reason in lines}


@pytest.mark.parametrize("name", sorted(INSTALLED))
def test_nothing_at_run_time_is_under_the_gpl_or_proprietary(name: str) -> None:
    said = _said(INSTALLED[name])
    alternatives = re.split(r"\s+OR\s+", said)
    assert any(not NEVER.search(one) for one in alternatives), said
    assert FREE.search(said) or WEAK.search(said), f"{said!r}: not a licence that is known here; read it, then add it"


@pytest.mark.parametrize("name", sorted(READ_BY_US))
def test_a_licence_that_metadata_are_at_odds_about_was_read_in_its_file(name: str) -> None:
    files = [path for path in INSTALLED[name].files or [] if path.name.upper().startswith("LICENSE")]
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    assert all(words in text for words in READ_BY_US[name])


@pytest.mark.parametrize("name", [name for name in sorted(INSTALLED) if WEAK.search(_said(INSTALLED[name]))])
def test_the_lgpl_is_only_under_what_pyproject_names_with_a_reason(name: str) -> None:
    # psycopg-binary is what psycopg[binary] brings: the same library, compiled.
    reason = _reasons().get(name.removesuffix("-binary"), "")
    assert "LGPL" in reason
    assert "unmodified as a library" in reason


def test_every_dependency_says_its_licence_and_why_it_is_here() -> None:
    for one in PROJECT["project"]["dependencies"]:
        reason = _reasons()[Requirement(one).name.lower()]
        assert FREE.search(reason) or WEAK.search(reason), one
        assert ": " in reason, one


@pytest.mark.parametrize(
    ("said", "is_free"),
    [
        ("GPL-3.0-or-later", False),
        ("AGPL-3.0-only", False),
        ("License :: OSI Approved :: GNU General Public License v3 (GPLv3)", False),
        ("License :: Other/Proprietary License", False),
        ("LGPL-3.0-only", True),
        ("License :: OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)", True),
        ("MIT", True),
    ],
)
def test_the_test_itself_tells_licences_apart(said: str, *, is_free: bool) -> None:
    assert (NEVER.search(said) is None) == is_free


def test_the_solvers_that_others_need_and_we_refuse_are_not_installed() -> None:
    for name in ("gurobipy", "pabutools", "abcvoting", "cplex", "mosek"):
        with pytest.raises(PackageNotFoundError):
            distribution(name)
