"""A reader that needs no weights: finds plain figures of people killed, and fails where a text tells it to.

Run as a script, this is the command line with that reader in place of the real one.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from variorum.model import (
    Attribution,
    Certainty,
    Evidence,
    Group,
    Incident,
    Outcome,
    Place,
    Reading,
    Report,
    SettingError,
    Source,
    Time,
    make_claim,
)

NAME = "fake 1"


class Reader:
    """Reads as the real one does, by one regular expression."""

    @classmethod
    def load(cls, parties: Sequence[Path] = ()) -> Reader:
        for path in parties:
            if not path.exists():
                raise SettingError("there is no such file", where=str(path), remedy="check the path")
        return cls()

    def read(self, report: Report) -> Reading:
        if "CRASH" in report.text:
            raise ZeroDivisionError("division by zero")
        if "DIE" in report.text:
            os._exit(3)
        if "WRONG EVIDENCE" in report.text:
            wrong = Evidence(start=0, end=3, quote="???")
            return Reading(report=report, reader=NAME, times=(Time(evidence=wrong, type="DATE"),))
        claims = tuple(
            make_claim(
                "toll",
                report=report.id,
                content_hash=report.content_hash,
                evidence=Evidence.of(report.text, *found.span()),
                source=Source(party=found[2] or "Police", via=("The Post",)),
                certainty=Certainty.STATED,
                outcome=Outcome.KILLED,
                min=int(found[1]),
                max=int(found[1]),
                group=Group.UNKNOWN,
                who="people",
                incident="incident-1",
                reader=NAME,
            )
            for found in re.finditer(r"(\d+) people were killed(?:, the ([A-Z]\w+) said)?", report.text)
        )
        days = re.finditer(r"\d{4}-\d\d-\d\d", report.text)
        places = re.finditer("Quetta", report.text)
        return Reading(
            report=report,
            reader=NAME,
            claims=claims,
            incidents=(Incident(id="incident-1"),) if claims else (),
            attributions=tuple(
                Attribution(
                    cue=((claim.evidence.end, claim.evidence.end + 1),), content=((0, claim.evidence.end),)
                )
                for claim in claims
            ),
            times=tuple(
                Time(evidence=Evidence.of(report.text, *day.span()), type="DATE", value=day[0])
                for day in days
            ),
            places=tuple(
                Place(
                    name="Quetta",
                    geonameid=1,
                    latitude=30.2,
                    longitude=67.0,
                    evidence=Evidence.of(report.text, *place.span()),
                )
                for place in places
            ),
        )


def module() -> ModuleType:
    """What stands in for `variorum.reading`: the real one would load its weights."""
    stand_in = ModuleType("variorum.reading")
    real = find_spec("variorum.reading")
    assert real is not None
    stand_in.__spec__ = real  # so that its data files and its other modules are still found
    stand_in.__path__ = real.submodule_search_locations  # type: ignore[attr-defined]
    stand_in.Reader = Reader  # type: ignore[attr-defined]
    stand_in.READER = NAME  # type: ignore[attr-defined]
    return stand_in


if __name__ in ("__main__", "__mp_main__"):
    sys.modules["variorum.reading"] = module()

if __name__ == "__main__":
    from variorum.cli import main

    main()
