"""Where money comes from and where it goes, country by country, as maps of the world."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from infracommons.exhibits.exhibit import Ask, Exhibit, ExhibitKind
from infracommons.exhibits.findings import added, half_of, listed, share, sum_words
from infracommons.exhibits.kinds.geography import funder_countries, recipient_countries
from infracommons.exhibits.world import BORDERS, CODE, Shading, on_map
from infracommons.insights.award_filters import UNKNOWN, AwardFilters
from infracommons.insights.release import Release, Row
from infracommons.vocabulary.figures import counted, rounded


@dataclass(frozen=True)
class _Way:
    """A way of money: whose countries they are, what they did, how the money went, and the ranking they are told by."""

    name: str
    who: str
    did: str
    went: str
    ask: Ask


_GOING = _Way("recipient-map", "Recipients", "received", "went to", recipient_countries)
_COMING = _Way("funder-map", "Funders", "gave", "came from", funder_countries)
_SHADING = Shading("counted_usd", "US dollars", none="No award known", zero="Awards, but no sum", told=sum_words)


def _map(way: _Way, release: Release, filters: AwardFilters) -> Exhibit:
    ranked = way.ask(release, filters)
    made = replace(ranked.made, notes=(*ranked.made.notes, BORDERS))
    shown = replace(ranked, name=way.name, columns=(*ranked.columns, CODE), made=made)
    if shown.drawing is None:
        return shown
    known = [row for row in shown.rows if row["country"] != UNKNOWN]
    paid = [row for row in known if row["counted_usd"] > 0]
    half = half_of(paid, "counted_usd")
    told = replace(
        shown,
        title=_title(way, paid, half),
        sentence=_sentence(known, paid, half) + _unknown(shown.rows),
        rounds=(*shown.rounds, added(half), added(known)),
    )
    return on_map(told, _SHADING)


def _title(way: _Way, paid: Sequence[Row], half: Sequence[Row]) -> str:
    if len(paid) == 1:
        return f"All money whose country is known {way.went} one country: {paid[0]['name']}"
    of_them = f"one: {half[0]['name']}" if len(half) == 1 else f"{len(half)} of them"
    return f"{way.who} in {len(paid)} countries {way.did} money; half of it or more {way.went} {of_them}"


def _sentence(known: Sequence[Row], paid: Sequence[Row], half: Sequence[Row]) -> str:
    leading = {name: sum(row[name] for row in half) for name in ("counted_usd", "counted")}
    sentence = (
        f"{listed([row['name'] for row in half])}: {sum_words(leading)}, {share(added(half), added(known))} of the "
        f"{rounded(added(known))} whose country is known."
    )
    rest = len(known) - len(paid)
    return f"{sentence} In {counted(rest, 'more country', 'more countries')} no award has a sum." if rest else sentence


def _unknown(rows: Sequence[Row]) -> str:
    row = next((row for row in rows if row["country"] == UNKNOWN), None)
    return f" Country unknown: {counted(row['awards'], 'award')}, {rounded(row['counted_usd'])}." if row else ""


KINDS = (
    ExhibitKind(_GOING.name, "Where recipients are, on a map", "givers", partial(_map, _GOING), order=45),
    ExhibitKind(_COMING.name, "Where funders are, on a map", "givers", partial(_map, _COMING), order=35),
)
