"""Invented reports for tests: each claim gets a sentence of its own, and its evidence is the words in it."""

from __future__ import annotations

from datetime import date
from typing import Any

from variorum.model import Evidence, Incident, Party, Place, Reading, Report, Source, make_claim

ARMY, FRONT, CLINIC, REPORTER = "Norland Army", "Reef Front", "Harbour Clinic", "reporter"


class Telling:
    """A report in the making. `said`, `certainty` and the rest go to the claim as they are."""

    def __init__(self, **report: Any) -> None:
        self._report: dict[str, Any] = {"id": "invented", "published": date(2031, 5, 6), **report}
        self._text = ""
        self._claims: list[tuple[str, int, int, Source, dict[str, Any]]] = []

    def sentence(self, words: str) -> Telling:
        """Text without a claim."""
        self._text += f"{words}\n"
        return self

    def say(self, kind: str, source: str, words: str, *, before: str = "", **values: Any) -> Telling:
        """A sentence by a source, whose `words` are the evidence of a claim."""
        mention = None if source == REPORTER else len(self._text)
        lead = f"{before} " if source == REPORTER else f"{source} said {before} ".replace("  ", " ")
        start = len(self._text) + len(lead)
        self._text += f"{lead}{words}.\n"
        via = values.pop("via", ())
        named = None if mention is None else source
        voice = Source(party=source, mention=named, mention_start=mention, via=via)
        values.setdefault("certainty", "stated")
        self._claims.append((kind, start, start + len(words), voice, values))
        return self

    def toll(self, source: str, words: str, low: int | None, high: int | None = -1, **values: Any) -> Telling:
        """A toll; exact unless `high` is given."""
        values = {"outcome": "killed", "group": "civilian", **values}
        return self.say("toll", source, words, min=low, max=low if high == -1 else high, **values)

    def blame(self, source: str, actor: str, stance: str, words: str = "did it", **values: Any) -> Telling:
        """A claim of responsibility."""
        return self.say("responsibility", source, f"{actor} {words}", actor=actor, stance=stance, **values)

    def account(self, source: str, words: str, **values: Any) -> Telling:
        """An account."""
        return self.say("account", source, words, **values)

    def reading(
        self,
        *,
        incidents: tuple[Incident, ...] = (),
        parties: tuple[Party, ...] = (),
        places: tuple[Place, ...] = (),
    ) -> Reading:
        """What a reader would have found."""
        report = Report(text=self._text, **self._report)
        claims = tuple(
            make_claim(
                kind,
                report=report.id,
                content_hash=report.content_hash,
                evidence=Evidence.of(report.text, start, end),
                source=source,
                **values,
            )
            for kind, start, end, source, values in self._claims
        )
        reading = Reading(
            report=report,
            reader="reader 1",
            claims=claims,
            incidents=incidents,
            parties=parties,
            places=places,
        )
        return reading.check()
