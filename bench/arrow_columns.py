"""Makes Arrow columns out of NumPy arrays, millions of values at a time."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def decimals(values: Ints, scale_up: int, kind: pa.DataType, known: Bools | None = None) -> pa.Array:
    """Return whole numbers, times `scale_up`, as the digits of decimals of this type; empty where not `known`."""
    digits = values * scale_up
    pairs = np.stack([digits, digits >> 63], axis=1)  # 128 bits, the low half first; the sign fills the high half
    whole = pa.Array.from_buffers(kind, len(digits), [None, pa.py_buffer(pairs.tobytes())])
    return whole if known is None else known_only(whole, known)


def known_only(values: pa.Array, known: Bools) -> pa.Array:
    """Return the values, empty where they are not known."""
    return pc.if_else(pa.array(known), values, pa.scalar(None, values.type))


def picked(choices: list[str | None] | pa.Array, places: Ints) -> pa.Array:
    """Return the choice at each place."""
    return (choices if isinstance(choices, pa.Array) else pa.array(choices, pa.string())).take(pa.array(places))


def numbered(prefix: str, numbers: Ints, width: int) -> pa.Array:
    """Return the prefix and the number, filled up with zeros so that text sorts as numbers do."""
    return pc.binary_join_element_wise(prefix, pc.utf8_lpad(pc.cast(pa.array(numbers), pa.string()), width, "0"), "")


def joined(parts: list[pa.Array | str], between: str) -> pa.Array:
    """Return texts made of parts side by side."""
    return pc.binary_join_element_wise(*parts, between)


def days(first: str, offsets: Ints) -> pa.Array:
    """Return the day so many days after the first."""
    return pa.array(np.datetime64(first, "D") + offsets.astype("timedelta64[D]"), pa.date32())
