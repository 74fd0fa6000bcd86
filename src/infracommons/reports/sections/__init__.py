"""What a fenced block of a definition may ask for, one file each: exhibits, findings, tables made from the release."""

import pkgutil
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from infracommons.reports.directives import DirectiveError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from infracommons.reports.context import Context
    from infracommons.reports.document import Block

    # Takes what stands behind the name in the first line of the block, and the lines of the block.
    Fill = Callable[[Context, str, str], Iterable[Block]]


@cache
def sections() -> "Mapping[str, Fill]":
    """Return what fills a block, by the name it has in definitions; each module here has SECTIONS."""
    return {
        name: section
        for module in pkgutil.iter_modules(__path__)
        for name, section in import_module(f"{__name__}.{module.name}").SECTIONS.items()
    }


def fill(context: "Context", info: str, body: str) -> "Iterable[Block]":
    """Return the blocks that a fenced block asks for. Raises DirectiveError where it cannot be read or answered."""
    name, _, rest = info.partition(" ")
    section = sections().get(name)
    if section is None:
        message = f"no block {name!r}; there are {', '.join(sorted(sections()))}"
        raise DirectiveError(message)
    return section(context, rest.strip(), body)


def no_body(name: str, body: str) -> None:
    """Refuse lines in a block that has none: they would be lost."""
    if body.strip():
        message = f"{name}: lines within the block are not read; write {name} and its options in its first line"
        raise DirectiveError(message)
