"""Reads `definitions/tariffs/`: published tariffs to try out and to run, by code."""

from pathlib import Path

from infracommons.methods.mechanisms.fees import Tariff, tariff_from
from infracommons.vocabulary.problems import UnusableInputError
from infracommons.vocabulary.shapes import read_mapping


def load_tariffs(definitions: Path) -> dict[str, Tariff]:
    """Return each tariff by the name of its file. Raises UnusableInputError or MethodInputError naming the place."""
    folder = definitions / "tariffs"
    files = sorted(folder.glob("*.yaml"))
    if not files:
        message = f"{folder}: no tariffs here; name the folder that has tariffs/*.yaml"
        raise UnusableInputError(message)
    return {path.stem: tariff_from(read_mapping(path), path.name) for path in files}
