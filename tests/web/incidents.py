"""Invented incidents to show: a wide one of fifty reports, and one with hostile and right-to-left words."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

from tests.invented import REPORTER, Telling
from variorum.ledger import Decision, Ledger, filed
from variorum.model import Certainty, Outcome, Party, PartyKind, Place, Reading

LONG = "Joint Interim Coordination Council for the Relief and Resettlement of the Upper and Lower Marshes"
PARTIES = ("Norland Army", "Reef Front", "Harbour Clinic", "Quay Watch", "Salt Union", "Dune League", LONG)
QUESTIONS = tuple(product(Outcome, ("civilian", "security", "militant", "mixed")))[:30]
WIRE = (
    "Fishermen on the reef heard the guns before sunrise and counted seven boats leaving the old harbour. "
    "The road along the dunes stayed shut until noon, and nobody in the market knew who had ordered it."
)
SCRIPT = "<script>alert(1)</script>"
ARABIC = "قال الشاهد إن ستة مدنيين قتلوا عند الرصيف"


def wide(reports: int = 50) -> list[Reading]:
    """So many reports over twelve days: eight voices, thirty questions, copies, figures that change."""
    return [_one_of_many(number) for number in range(reports)]


def _one_of_many(number: int) -> Reading:
    published = date(2031, 5, 6) + timedelta(days=number // 4)
    made = Telling(
        id=f"wide-{number}",
        published=published,
        publisher=f"Outlet {number % 11} of the Harbour Coast",
        title=f"Guns at the reef, report {number}",
    )
    if number % 5 == 0:
        made.sentence(WIRE)
    for place, (outcome, group) in enumerate(QUESTIONS):
        if (place + number) % 5:
            continue
        party = (*PARTIES, REPORTER)[(place + number // 5) % 8]
        count = 5 + (place * 7 + number // 8 * 3) % 60
        words = f"{count} people of kind {place} were counted"
        hedged = Certainty.HEDGED if (place + number) % 7 == 0 else Certainty.STATED
        made.toll(party, words, count, outcome=outcome, group=group, who="people", certainty=hedged)
    for party in PARTIES[:5]:
        made.account(party, f"the boats left the harbour of quay {number} at noon")
    made.blame(PARTIES[number % 2], PARTIES[(number + 1) % 2], "accuses")
    return made.reading(
        parties=tuple(Party(name=name, kind=PartyKind.ORGANISATION) for name in PARTIES),
        places=(Place(name=f"Quay {number % 30}"),),
    )


def hostile() -> list[Reading]:
    """Two reports whose titles, publishers, parties and words try to be more than words; one is in Arabic."""
    first = Telling(id="bad-1", publisher=SCRIPT, title=f'"{SCRIPT}', url="javascript:alert(1)")
    first.toll(f"Party {SCRIPT}", f"nine {SCRIPT} people died", 9, who=f"{SCRIPT} people")
    first.account(f"Party {SCRIPT}", f"{SCRIPT} & so on")
    second = Telling(id="bad-2", publisher="Rasif", title=ARABIC, language="ar", published=date(2031, 5, 7))
    second.toll(REPORTER, ARABIC, 6, who="مدنيين")
    return [first.reading(), second.reading()]


def file_one_incident(path: object, readings: list[Reading]) -> str:
    """A ledger with some readings as one incident, whose id it gives."""
    with Ledger.open(str(path)) as ledger:
        ledger.add(readings, by="Ada")
        names = tuple(filed(one.report).id for one in readings)
        if len(names) > 1:
            ledger.decide(
                Decision(kind="join", by="Ada", why="one incident", reports=names[:1], others=names[1:])
            )
        ledger.link()
        return max(ledger.incidents(), key=lambda state: state.reports).incident
