"""`hxl` and `hxl-xlsx`: one row an incident, with the hashtags of the Humanitarian Exchange Language in the second row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from variorum.exports.case import Case, point_of
from variorum.exports.cells import Cell, csv_lines
from variorum.exports.codes import country, country_name
from variorum.exports.figures import basis, counting, of_everybody, voices
from variorum.exports.options import Options
from variorum.exports.quoting import cut
from variorum.exports.spreadsheet import workbook
from variorum.model import Group, Outcome, Status
from variorum.reconciling.profiles import Figure, Tally

_OUTCOMES = (Outcome.KILLED, Outcome.INJURED, Outcome.MISSING, Outcome.ABDUCTED)
_WHO: tuple[tuple[str, str, Group | None], ...] = (
    ("", "", None),
    ("civilians", "+civilians", Group.CIVILIAN),
    ("security forces", "+security", Group.SECURITY),
    ("militants", "+militants", Group.MILITANT),
    ("several kinds", "+mixed", Group.MIXED),
    ("unknown kind", "+unknown", Group.UNKNOWN),
)
_BOUNDS = ("min", "best", "max")

_BEFORE = (
    ("Incident", "#event+id"),
    ("Type", "#event+type"),
    ("First day", "#date+occurred+start"),
    ("Last day", "#date+occurred+end"),
    ("Precision of the day", "#indicator+date+precision+num"),
    ("First reported", "#date+reported"),
    ("Country code", "#country+code+v_iso3"),
    ("Country", "#country+name"),
    ("First-order area", "#adm1+name"),
    ("Second-order area", "#adm2+name"),
    ("Place", "#loc+name"),
    ("Latitude", "#geo+lat"),
    ("Longitude", "#geo+lon"),
    ("Precision of the place", "#geo+precision"),
)
_AFTER = (
    ("Sources of the figures", "#org+source"),
    ("Contested questions", "#indicator+contested+num"),
    ("Questions", "#indicator+questions+num"),
    ("Certainty of the claims", "#meta+certainty"),
    ("Quotes", "#meta+quote"),
    ("Addresses of the reports", "#meta+source+url"),
    ("Profile", "#meta+profile"),
    ("Claims", "#meta+claims"),
)


def header() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The row of names and the row of hashtags."""
    people = [
        (f"{outcome} {who} {bound}".replace("  ", " ").capitalize(), f"#affected+{outcome}{tag}+{bound}")
        for outcome in _OUTCOMES
        for who, tag, _ in _WHO
        for bound in _BOUNDS
    ]
    both = (*_BEFORE, *people, *_AFTER)
    return tuple(name for name, _ in both), tuple(tag for _, tag in both)


def rows(cases: Iterable[Case], options: Options) -> Iterator[tuple[Cell, ...]]:
    """A row for each case."""
    for case in cases:
        tally = case.tally(options.profile)
        people = (
            cell for outcome in _OUTCOMES for _, _, group in _WHO for cell in _bounds(tally, outcome, group)
        )
        yield (*_before(case), *people, *_after(case, tally, options))


def write(cases: Iterable[Case], options: Options) -> Iterator[bytes]:
    """The rows as CSV."""
    names, tags = header()
    yield from csv_lines(names, ())
    yield from csv_lines(tags, rows(cases, options))


def write_xlsx(cases: Iterable[Case], options: Options) -> Iterator[bytes]:
    """The rows as a workbook."""
    yield workbook([("incidents", header(), rows(cases, options))])


def _before(case: Case) -> tuple[Cell, ...]:
    day, place, point = case.day, case.place, point_of(case.place)
    known = country(place.country) if place else None
    reported = min((r.published for r in case.reports.values() if r.published), default=None)
    return (
        case.id,
        case.summary.type.value,
        day.first if day else None,
        day.last if day else None,
        day.precision if day else None,
        reported,
        known.alpha3 if known else None,
        country_name(place.country) if place else None,
        place.admin1 if place else None,
        place.name if place and place.level == "admin2" else None,
        place.name if place else None,
        point and point[0],
        point and point[1],
        place.precision if place else None,
    )


def _bounds(tally: Tally, outcome: Outcome, group: Group | None) -> tuple[Cell, ...]:
    figure = of_everybody(tally, outcome) if group is None else counting(tally, outcome, group)
    return (figure.low, figure.best, figure.high) if figure else (None, None, None)


def _after(case: Case, tally: Tally, options: Options) -> tuple[Cell, ...]:
    used = _used(tally)
    claims = tuple(dict.fromkeys(claim for figure in used for claim in figure.claims))
    said = [case.claims[claim] for claim in claims]
    questions = case.dossier.questions
    return (
        voices(case, claims),
        sum(question.status is Status.CONTESTED for question in questions),
        len(questions),
        tuple(dict.fromkeys(claim.certainty.value for claim in said)),
        tuple(dict.fromkeys(_on_one_line(cut(claim.evidence.quote, options.quote_words)) for claim in said)),
        tuple(dict.fromkeys(report.url for report in case.reports.values() if report.url)),
        tally.profile,
        basis(tally, used),
    )


def _on_one_line(quote: str) -> str:
    """The quote with single blanks: HXL holds others to be mistakes."""
    return " ".join(quote.split())


def _used(tally: Tally) -> list[Figure]:
    """The figures that have columns."""
    found = [
        of_everybody(tally, outcome) if group is None else counting(tally, outcome, group)
        for outcome in _OUTCOMES
        for _, _, group in _WHO
    ]
    unique = {(f.outcome, f.group, f.line): f for f in found if f is not None}
    return list(unique.values())
