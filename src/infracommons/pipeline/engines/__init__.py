"""Engines that hold tables and run the stages: one file each, the only ones that know an engine."""

import importlib
from pathlib import Path
from typing import get_args

from infracommons.pipeline.engine import Engine, EngineName


def open_engine(name: EngineName, scratch: Path) -> Engine:
    """Return the engine of that name; `scratch` is a folder it may spill into. ValueError for an unknown name."""
    if name not in get_args(EngineName):
        message = f"engine {name!r}: known are {', '.join(get_args(EngineName))}"
        raise ValueError(message)
    module = importlib.import_module(f"{__name__}.{name}")
    engine: Engine = module.open_engine(scratch)
    return engine
