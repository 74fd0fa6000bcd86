"""Finds every mechanism by name: each family says in MECHANISMS which it has, and no list here names them."""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from infracommons.methods import mechanisms
from infracommons.methods.result import Mechanism


class NoMechanismError(LookupError):
    """There is no mechanism of that name; the message lists those there are."""


@cache
def all_mechanisms() -> tuple[Mechanism, ...]:
    """Return all mechanisms by family and name; ValueError where two have one name."""
    found: dict[str, Mechanism] = {}
    for module in _modules(mechanisms):
        for one in getattr(module, "MECHANISMS", ()):
            if found.setdefault(one.name, one) is not one:
                message = f"{one.name}: two mechanisms have this name; the second is in {module.__name__}"
                raise ValueError(message)
    return tuple(sorted(found.values(), key=lambda one: (one.family, one.name)))


def mechanism(name: str) -> Mechanism:
    """Return the mechanism of a name; NoMechanismError where there is none."""
    for one in all_mechanisms():
        if one.name == name:
            return one
    message = f"{name}: no such mechanism; there are {', '.join(one.name for one in all_mechanisms())}"
    raise NoMechanismError(message)


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    """Yield the modules of a package, but for this one; of a package that says MECHANISMS itself only that."""
    for info in sorted(iter_modules(package.__path__, f"{package.__name__}."), key=lambda one: one.name):
        if info.name != __name__:
            module = import_module(info.name)
            yield module
            if info.ispkg and not hasattr(module, "MECHANISMS"):
                yield from _modules(module)
