"""`acled-shaped`: the 31 columns that ACLED's data has, one row an incident, deaths by the profile `acled`.

What is written has that shape and nothing else of ACLED's: it is not ACLED data and must not be called so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from variorum.exports.case import Case, point_of
from variorum.exports.cells import SEPARATOR, Cell, csv_lines
from variorum.exports.codes import country, country_name, event_type, rows_of
from variorum.exports.figures import basis, called, voices
from variorum.exports.options import Options
from variorum.exports.sides import CIVILIANS, sides_of
from variorum.model import STATE_KINDS, IncidentType
from variorum.reconciling.profiles import Tally

COLUMNS = tuple(name for (name,) in rows_of("acled_shaped_columns.tsv"))
"""The columns in order."""

TIME_PRECISION: Mapping[int, int] = {1: 1, 2: 2, 3: 2, 4: 3}
"""ACLED's time_precision (1 day, 2 week, 3 month) by UCDP's date_prec. What took longer than a month has none."""

GEO_PRECISION: Mapping[int, int] = {1: 1, 2: 2, 3: 2, 4: 3}
"""ACLED's geo_precision (1 town, 2 part of a region, 3 region) by UCDP's where_prec. A country or sea has none."""


def rows(cases: Iterable[Case], options: Options) -> Iterator[tuple[Cell, ...]]:
    """A row for each case."""
    for case in cases:
        tally = case.tally(options.profile)
        deaths = called(tally, "fatalities")
        told = {**_what(case), **_when(case), **_where(case), **_actors(case)}
        told |= {
            "event_id_cnty": case.id,
            "source": SEPARATOR.join(
                dict.fromkeys(report.publisher for report in case.reports.values() if report.publisher)
            ),
            "notes": _notes(case, tally),
            "fatalities": deaths.best if deaths else None,
        }
        yield tuple(told.get(column) for column in COLUMNS)


def write(cases: Iterable[Case], options: Options) -> Iterator[bytes]:
    """The rows as CSV."""
    return csv_lines(COLUMNS, rows(cases, options))


def _what(case: Case) -> Mapping[str, Cell]:
    kind = event_type(case.summary.type)
    targeted = case.summary.type is IncidentType.VIOLENCE_AGAINST_CIVILIANS
    return {
        "disorder_type": kind.disorder,
        "event_type": kind.acled,
        "civilian_targeting": "Civilian targeting" if targeted else None,
    }


def _when(case: Case) -> Mapping[str, Cell]:
    day = case.day
    if day is None or day.precision not in TIME_PRECISION:
        return {}
    return {
        "event_date": day.first,
        "year": day.first.year,
        "time_precision": TIME_PRECISION[day.precision],
    }


def _where(case: Case) -> Mapping[str, Cell]:
    place = case.place
    if place is None:
        return {}
    code = GEO_PRECISION.get(place.precision or 0)
    point = point_of(place) if code else None
    known = country(place.country)
    return {
        "iso": int(known.numeric) if known and known.numeric else None,
        "country": country_name(place.country),
        "admin1": place.admin1,
        "admin2": place.name if place.level == "admin2" else None,
        "location": place.name,
        "latitude": point and point[0],
        "longitude": point and point[1],
        "geo_precision": code,
    }


def _actors(case: Case) -> Mapping[str, Cell]:
    sides = sides_of(case)
    told: dict[str, Cell] = {}
    for number, side in (("1", sides.a), ("2", sides.b)):
        told[f"actor{number}"] = side[0] if side else None
        told[f"assoc_actor_{number}"] = SEPARATOR.join(side[1:])
        told[f"inter{number}"] = _sort(case, side[0]) if side else None
    if told["inter1"] and told["inter2"]:
        told["interaction"] = f"{told['inter1']}-{told['inter2']}"
    return told


def _sort(case: Case, name: str) -> str | None:
    """ACLED's sort of actor. An armed group may be a rebel group or a militia, which a report seldom tells."""
    if name == CIVILIANS:
        return CIVILIANS
    return "State forces" if case.parties[name].kind in STATE_KINDS else None


def _notes(case: Case, tally: Tally) -> str:
    """Whose figures, the rule in words, the disputes, profile and claims."""
    words = [f"{figure.rule}" for figure in tally.figures]
    used = [claim for figure in tally.figures for claim in figure.claims]
    said = voices(case, used)
    by = [f"Figure given by {SEPARATOR.join(said)}."] if said else []
    return " ".join([*by, *words, *tally.notes, f"[{basis(tally, tally.figures)}]", "Not ACLED data."])
