"""The reader: a report in, everything found in it out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from variorum._version import __version__
from variorum.model import Evidence, Place, Reading, Report, Time
from variorum.reading.assemble import assemble
from variorum.reading.attribution import Said, find_attributions
from variorum.reading.calibration import Weighed
from variorum.reading.dates import TimeExpression, find_dates
from variorum.reading.encoder.masking import Name, masks_of
from variorum.reading.encoder.names import names_in
from variorum.reading.encoder.session import Encoded, Session
from variorum.reading.findings import Finding, find_statements, find_tolls
from variorum.reading.parties import Lexicon, load_lexicon
from variorum.reading.places import NameSpan, PlaceMention, resolve_places
from variorum.reading.quantities import find_quantities
from variorum.reading.responsibility import find_responsibility
from variorum.reading.spans import find_names

READER = f"variorum-encoder {__version__}"


@dataclass(frozen=True, slots=True)
class Look:
    """A report as the network has seen it, before anything is claimed of it."""

    report: Report
    encoded: Encoded
    known: tuple[Name, ...]
    """Names that are covered: of parties and countries."""
    names: tuple[tuple[int, int, str, float], ...]
    attributions: tuple[Said, ...]


class Reader:
    """Reads reports one by one. Pure: the same report gives the same reading, with no clock, network or chance."""

    def __init__(self, session: Session, lexicon: Lexicon) -> None:
        self._session = session
        self._lexicon = lexicon

    @classmethod
    def load(cls, parties: Sequence[Path] = (), weights: Path | None = None) -> Reader:
        """A reader with the shipped weights (or those in a folder) and parties of one's own from YAML files.

        Raises `SettingError` for a parties file that cannot be used.
        """
        return cls(Session(weights), load_lexicon(parties))

    def read(self, report: Report) -> Reading:
        """Everything found in a report. Evidence is checked before it is handed out."""
        return self.weigh(report)[0]

    def weigh(self, report: Report) -> tuple[Reading, dict[str, Weighed]]:
        """As `read`, with what the score of each claim rests on by the claim's id: to learn the weights from."""
        return self._read(self._findings, report, READER)

    def _findings(self, look: Look) -> tuple[Finding, ...]:
        session, encoded, attributions = self._session, look.encoded, look.attributions
        tolls = find_tolls(session, encoded, find_quantities(look.report.text), attributions)
        statements = find_statements(session, encoded, attributions, tolls)
        blamed = find_responsibility(session, encoded, attributions, look.known, look.names, tolls)
        return (*tolls, *statements, *blamed)

    def read_by(self, find: Callable[[Look], Sequence[Finding]], report: Report, reader: str) -> Reading:
        """Everything found in a report, with the claims that come of what `find` finds under the name `reader`.

        Parties, attributions, times, places and incidents are found as ever.
        """
        return self._read(find, report, reader)[0]

    def _read(
        self, find: Callable[[Look], Sequence[Finding]], report: Report, reader: str
    ) -> tuple[Reading, dict[str, Weighed]]:
        text = report.text
        known = names_in(text, self._lexicon)
        encoded = self._session.encode(text, masks_of(text, known))
        names = find_names(self._session, encoded)
        attributions = find_attributions(self._session, encoded)
        findings = find(Look(report, encoded, known, names, attributions))
        times = find_dates(text, report.published)
        spans = [NameSpan(start, end, label, score) for start, end, label, score in names]  # type: ignore[arg-type]
        places = resolve_places(text, spans, publisher_domain=_domain(report))
        found = assemble(report, findings, attributions, names, times, places, self._lexicon, reader)
        reading = Reading(
            report=report,
            reader=reader,
            claims=found.claims,
            incidents=found.incidents,
            parties=found.parties,
            attributions=found.attributions,
            times=tuple(_time(text, t) for t in times),
            places=tuple(_place(text, p) for p in places),
        ).check()
        return reading, found.weighed


def _domain(report: Report) -> str | None:
    """The publisher's domain, from the report's address or from a publisher that is one."""
    if report.url:
        return urlsplit(report.url).hostname
    return (
        report.publisher
        if report.publisher and "." in report.publisher and " " not in report.publisher
        else None
    )


def _time(text: str, t: TimeExpression) -> Time:
    evidence = Evidence.of(text, t.start, t.end)
    return Time(
        evidence=evidence, type=t.type, value=t.value, first=t.first, last=t.last, precision=t.precision
    )


def _place(text: str, p: PlaceMention) -> Place:
    return Place(
        name=p.name,
        geonameid=p.geonameid,
        latitude=p.lat,
        longitude=p.lon,
        country=p.country,
        admin1=p.admin1,
        level=p.level,
        precision=p.precision,
        evidence=Evidence.of(text, p.start, p.end),
    )
