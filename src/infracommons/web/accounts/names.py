"""People's names as they are stored: any script, but no character that is not seen."""

import unicodedata

MAX_LENGTH = 120
_JOINERS = "\u200c\u200d"  # seen in how letters join, as Persian and Indic names need


def clean_name(name: str) -> str:
    """Return the name composed (NFC), without control and direction characters, single-spaced, at most MAX_LENGTH."""
    seen = "".join(char if _is_seen(char) else " " for char in unicodedata.normalize("NFC", name))
    return " ".join(seen.split())[:MAX_LENGTH].strip()


def _is_seen(char: str) -> bool:
    return char in _JOINERS or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
