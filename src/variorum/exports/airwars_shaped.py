"""`airwars-shaped`: one row an incident, with tolls by victim group and what each belligerent concedes, by the
profile `airwars`. The shape is that of Airwars' tables; the data is not Airwars'."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from variorum.exports.case import Case, point_of
from variorum.exports.cells import SEPARATOR, Cell, csv_lines
from variorum.exports.codes import country_name
from variorum.exports.figures import counting
from variorum.exports.options import Options
from variorum.model import Group, Outcome
from variorum.reconciling.profiles import Figure, Grade, Tally

PLACE_ACCURACY: Mapping[str, str] = {"town": "Town", "admin2": "District", "admin1": "Province/governorate"}
"""What accuracy of the point Airwars' words tell, by our level of a place."""

ROLES = ("children", "women", "men", "journalists", "healthcare personnel", "aid workers")
"""Parts of the civilians that have columns of their own."""

_INCIDENT = (
    "incident_id",
    "incident_date_start",
    "incident_date_end",
    "date_precision",
    "location",
    "country",
    "latitude",
    "longitude",
    "geolocation_accuracy",
    "location_precision",
)
_BOUNDS = ("min", "max", "claims")
_BELLIGERENT = (
    "belligerent_name",
    "type",
    "assessment_name",
    "deaths_conceded_min",
    "deaths_conceded_max",
    "injuries_conceded_min",
    "injuries_conceded_max",
    "civcas_statements",
    "strike_reports",
    "rule",
    "claims",
)
_END = ("sources", "number_of_sources", "profile", "notes")
_FEWEST = 2
_OUTCOMES = {"killed": Outcome.KILLED, "injured": Outcome.INJURED}


def columns(belligerents: int) -> tuple[str, ...]:
    """The columns in order. Those of belligerents come last; there are at least two."""
    people = [f"{who}_{outcome}_{bound}" for who in _victims() for outcome in _OUTCOMES for bound in _BOUNDS]
    parties = [f"belligerent_{n}_{name}" for n in range(1, belligerents + 1) for name in _BELLIGERENT]
    return (*_INCIDENT, *people, *_END, *parties)


def write(cases: Iterable[Case], options: Options) -> Iterator[bytes]:
    """The rows as CSV. The number of belligerents must be known first, so all cases are held."""
    held = [(case, case.tally(options.profile)) for case in cases]
    most = max((len(tally.grades) for _, tally in held), default=0)
    header = columns(max(most, _FEWEST))
    rows = (_row(case, tally) for case, tally in held)
    return csv_lines(header, (tuple(row.get(name) for name in header) for row in rows))


def _victims() -> dict[str, tuple[Group, str]]:
    whole = {group.value: (group, "") for group in Group}
    return {**whole, **{role.replace(" ", "_"): (Group.CIVILIAN, role) for role in ROLES}}


def _row(case: Case, tally: Tally) -> dict[str, Cell]:
    row: dict[str, Cell] = {"incident_id": case.id, **_when_and_where(case)}
    for who, (group, line) in _victims().items():
        for name, outcome in _OUTCOMES.items():
            figure = counting(tally, outcome, group, line)
            if figure is not None:
                row |= {f"{who}_{name}_min": figure.low, f"{who}_{name}_max": figure.high}
                row[f"{who}_{name}_claims"] = figure.claims
    for number, grade in enumerate(tally.grades, 1):
        row |= {f"belligerent_{number}_{name}": cell for name, cell in _belligerent(case, grade).items()}
    publishers = dict.fromkeys(r.publisher or r.url or r.id for r in case.reports.values())
    row |= {"sources": tuple(publishers), "number_of_sources": len(publishers), "profile": tally.profile}
    row["notes"] = " ".join(_other_parts(tally.figures))
    return row


def _when_and_where(case: Case) -> dict[str, Cell]:
    day, place, point = case.day, case.place, point_of(case.place)
    return {
        "incident_date_start": day.first if day else None,
        "incident_date_end": day.last if day else None,
        "date_precision": day.precision if day else None,
        "location": place.name if place else None,
        "country": country_name(place.country) if place else None,
        "latitude": point and point[0],
        "longitude": point and point[1],
        "geolocation_accuracy": PLACE_ACCURACY.get(place.level or "") if place and point else None,
        "location_precision": place.precision if place else None,
    }


def _belligerent(case: Case, grade: Grade) -> dict[str, Cell]:
    """A belligerent's grade, and what it concedes itself, which is nobody else's figure."""
    conceded = {figure.column: figure for figure in grade.conceded}
    party = case.parties.get(grade.belligerent)
    told: dict[str, Cell] = {
        "belligerent_name": grade.belligerent,
        "type": party.kind.value if party else None,
        "assessment_name": grade.grade,
        "rule": grade.rule,
    }
    for name in ("deaths_conceded", "injuries_conceded"):
        if figure := conceded.get(name):
            told |= {f"{name}_min": figure.low, f"{name}_max": figure.high}
    own = (claim for figure in grade.conceded for claim in figure.claims)
    return {**told, "claims": tuple(dict.fromkeys((*grade.claims, *own)))}


def _other_parts(figures: Sequence[Figure]) -> Iterator[str]:
    """Parts that have no column of their own, in words, and the rule behind each figure."""
    columned = set(_victims().values())
    for figure in figures:
        if figure.group is not None and (figure.group, figure.line) not in columned:
            numbers = SEPARATOR.join(figure.claims)
            yield f"{figure.line} ({figure.group}) {figure.outcome}: {figure.rule} [{numbers}]"
