"""What direct support pays for: research and development, operations, or other things."""

import re

from infracommons.methods.support_type.cues import MAKING, MEETING, RUNNING
from infracommons.methods.support_type.passages import Passages

_FEW_WORDS = 60
_ENOUGH = 2  # words of making that a longer text must have: one is in any
_OUTWEIGHS = 3  # a phrase of running says more than a word of making, but not more than this many


def activity(award: Passages) -> tuple[str, str]:
    """Return the activity and the words that decided it, "" where none did.

    Running comes before making, since texts on running also speak of what was made, unless making is all over the text;
    meetings and prizes before both where the text is short, since a short text says only what the money is for.
    """
    text = award.text
    running, making, meeting = (list(dict.fromkeys(_found(cue, text))) for cue in (RUNNING, MAKING, MEETING))
    is_short = len(text.split()) <= _FEW_WORDS
    if meeting and is_short and not running:
        return "other", meeting[0]
    if running and len(running) * _OUTWEIGHS >= len(making):
        return "operations", running[0]
    if len(making) >= (1 if is_short else _ENOUGH):
        return "research_and_development", ", ".join(making[:3])
    return "other", ""


def _found(cue: re.Pattern[str], text: str) -> list[str]:
    return [match[0].lower() for match in cue.finditer(text)]
