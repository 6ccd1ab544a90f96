"""`ucdp-ged`: the 49 columns of UCDP's Georeferenced Event Dataset, one row an incident, tolls by the profile `ucdp`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import floor

from variorum.exports.case import Case, point_of
from variorum.exports.cells import SEPARATOR, Cell, csv_lines
from variorum.exports.codes import country_name, rows_of
from variorum.exports.figures import basis, called, voices
from variorum.exports.options import Options
from variorum.exports.sides import sides_of
from variorum.linking.publishers import independent_publishers
from variorum.model import Outcome
from variorum.reconciling.profiles import Tally

COLUMNS = tuple(name for (name,) in rows_of("ucdp_ged_columns.tsv"))
"""The columns in order. Ids of conflicts, dyads, sides and countries are UCDP's to give and stay empty."""

_SIDES = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
_CELLS_IN_A_DEGREE, _CELLS_IN_A_ROW = 2, 720
_SURE_DAYS = 2


def rows(cases: Iterable[Case], options: Options) -> Iterator[tuple[Cell, ...]]:
    """A row for each case."""
    for case in cases:
        told = {
            **_when(case),
            **_where(case),
            **_who(case),
            **_deaths(case, options.profile),
            **_sources(case),
        }
        tally = case.tally(options.profile)
        told |= {"id": case.id, "source_article": _articles(case, tally)}
        yield tuple(told.get(column) for column in COLUMNS)


def write(cases: Iterable[Case], options: Options) -> Iterator[bytes]:
    """The rows as CSV."""
    return csv_lines(COLUMNS, rows(cases, options))


def priogrid_gid(latitude: float, longitude: float) -> int:
    """The number of the PRIO-GRID cell of half a degree that a point is in: from the south-west, row by row."""
    row = min(floor((latitude + 90) * _CELLS_IN_A_DEGREE), 180 * _CELLS_IN_A_DEGREE - 1)
    column = min(floor((longitude + 180) * _CELLS_IN_A_DEGREE), _CELLS_IN_A_ROW - 1)
    return row * _CELLS_IN_A_ROW + column + 1


def _when(case: Case) -> Mapping[str, Cell]:
    day = case.day
    if day is None:
        return {}
    return {
        "year": day.first.year if day.first.year == day.last.year else None,
        "date_prec": day.precision,
        "date_start": day.first,
        "date_end": day.last,
        "event_clarity": 1 if day.precision <= _SURE_DAYS else 2,
    }


def _where(case: Case) -> Mapping[str, Cell]:
    place, point = case.place, point_of(case.place)
    if place is None:
        return {}
    told: dict[str, Cell] = {
        "where_prec": place.precision,
        "where_description": place.name,
        "adm_1": place.admin1,
        "adm_2": place.name if place.level == "admin2" else None,
        "country": country_name(place.country),
    }
    if point:
        latitude, longitude = point
        told |= {
            "where_coordinates": place.name,
            "latitude": latitude,
            "longitude": longitude,
            "geom_wkt": f"POINT ({longitude} {latitude})",
            "priogrid_gid": priogrid_gid(latitude, longitude),
        }
    return told


def _who(case: Case) -> Mapping[str, Cell]:
    sides = sides_of(case)
    return {
        "type_of_violence": sides.violence,
        "side_a": SEPARATOR.join(sides.a),
        "side_b": SEPARATOR.join(sides.b),
    }


def _deaths(case: Case, profile: str) -> Mapping[str, Cell]:
    tally = case.tally(profile)
    whole = called(tally, "best")
    told: dict[str, Cell] = {
        column: figure.best for column in _SIDES if (figure := called(tally, column)) is not None
    }
    if whole is not None:
        told |= {"low": whole.low, "best": whole.best, "high": whole.high}
    deaths = [
        claim for figure in tally.figures for claim in figure.claims if figure.outcome is Outcome.KILLED
    ]
    return {**told, "source_original": SEPARATOR.join(voices(case, deaths))}


def _sources(case: Case) -> Mapping[str, Cell]:
    reports = case.reports.values()
    return {
        "number_of_sources": independent_publishers(reports, case.dossier.copies),
        "source_office": SEPARATOR.join(dict.fromkeys(r.publisher for r in reports if r.publisher)),
        "source_date": SEPARATOR.join(sorted({r.published.isoformat() for r in reports if r.published})),
        "source_headline": SEPARATOR.join(dict.fromkeys(r.title for r in reports if r.title)),
    }


def _articles(case: Case, tally: Tally) -> str:
    """Each report in UCDP's manner, `publisher,day,headline`, then profile and claims of the figures."""
    articles = []
    for report in case.reports.values():
        day = report.published.isoformat() if report.published else None
        articles.append(
            ",".join(part for part in (report.publisher, day, report.title or report.url) if part)
        )
    return SEPARATOR.join([*(one for one in articles if one), f"[{basis(tally, tally.figures)}]"])
