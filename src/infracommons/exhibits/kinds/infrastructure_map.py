"""In which countries infrastructures are based, as a map of the world."""

from collections.abc import Sequence
from dataclasses import replace

from infracommons.exhibits.exhibit import Column, Exhibit, ExhibitKind, LeftOut
from infracommons.exhibits.findings import half_of, listed, nobody_said, ratio, share
from infracommons.exhibits.made import made_of_catalogue
from infracommons.exhibits.world import BORDERS, CODE, Shading, on_map
from infracommons.insights.award_filters import UNKNOWN, AwardFilters
from infracommons.insights.characteristics import chosen, counts
from infracommons.insights.release import Release, Row
from infracommons.vocabulary.countries import country_name
from infracommons.vocabulary.figures import counted

_NAME = "infrastructure-map"
# What may be said in place of a country.
_NOWHERE = {UNKNOWN: "Country unknown", "not_applicable": "International, of no one country"}
_COLUMNS = (
    Column("name", "Country"),
    Column("infrastructures", "Infrastructures", "count"),
    Column("share", "Share of all", "share"),
    CODE,
)


def _words(row: Row) -> str:
    return counted(row["infrastructures"], "infrastructure")


_SHADING = Shading("infrastructures", "Infrastructures", none="None known", zero="None known", told=_words, whole=True)


def _map(release: Release, filters: AwardFilters) -> Exhibit:
    total = chosen(release, filters)
    found = counts(release, filters, ["country"])
    told = sum(row["infrastructures"] for row in found)
    rows = [_row(row["value"], row["infrastructures"], total) for row in found]
    rows += [_row(UNKNOWN, total - told, total)] if told < total else []
    made = replace(
        made_of_catalogue(release, filters, BORDERS),
        awards=total,
        counted=told,
        left_out=(LeftOut(total - told, "nobody has said the country"),) if told < total else (),
    )
    based = [row for row in rows if row["country"] not in _NOWHERE]
    if not based:
        return Exhibit(_NAME, "No country is known yet", nobody_said(total), _COLUMNS, rows, made)
    half = half_of(based, "infrastructures")
    return on_map(Exhibit(_NAME, _title(based, half), _sentence(based, half, rows), _COLUMNS, rows, made), _SHADING)


def _row(code: str, number: int, total: int) -> Row:
    name = _NOWHERE.get(code) or country_name(code)
    return {"country": code, "name": name, "infrastructures": number, "share": ratio(number, total)}


def _title(based: Sequence[Row], half: Sequence[Row]) -> str:
    if len(based) == 1:
        return f"All infrastructures whose country is known are based in one: {based[0]['name']}"
    of_them = f"one: {half[0]['name']}" if len(half) == 1 else f"{len(half)} of these"
    return f"Infrastructures are based in {len(based)} countries; half of them or more in {of_them}"


def _sentence(based: Sequence[Row], half: Sequence[Row], rows: Sequence[Row]) -> str:
    whole = sum(row["infrastructures"] for row in based)
    leading = sum(row["infrastructures"] for row in half)
    said = (
        f"{listed([row['name'] for row in half])}: {leading:,}, {share(leading, whole)} of the {whole:,} whose country"
    )
    others = [f" {row['name']}: {row['infrastructures']:,}." for row in rows if row["country"] in _NOWHERE]
    return f"{said} is known.{''.join(others)}"


KINDS = (ExhibitKind(_NAME, "Where infrastructures are based, on a map", "catalogue", _map, order=19),)
