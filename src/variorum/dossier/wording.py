"""Words for what the model holds as values: sources, claims, answers, days and places, the same on every form."""

from __future__ import annotations

from collections.abc import Iterable

from variorum.model import (
    REPORTER,
    Answer,
    Certainty,
    Claim,
    Day,
    Incident,
    IncidentType,
    Place,
    Question,
    Responsibility,
    Stance,
    Status,
    Toll,
)
from variorum.reconciling import figure_in_words, group_in_words, outcome_in_words

REPORT_ITSELF = "The report itself"
"""How the party `reporter` is shown."""

STATUS_SIGNS = {Status.CONTESTED: "≠", Status.REVISED: "→", Status.AGREED: "=", Status.SINGLE: "·"}
STATUS_MEANING = {
    Status.CONTESTED: "two sources' answers cannot both hold",
    Status.REVISED: "a source changed its own answer",
    Status.AGREED: "independent sources' answers can all hold",
    Status.SINGLE: "one source alone",
}
CERTAINTY_MEANING = {
    Certainty.STATED: "put as fact by the source",
    Certainty.HEDGED: "put with doubt: reportedly, may have, is feared",
    Certainty.DENIED: "the source says it is not so",
    Certainty.CONDITIONAL: "under a condition: if verified, would",
    Certainty.THREATENED: "announced or threatened, not done",
    Certainty.UNVERIFIED: "the report says it could not be verified",
}
DAY_PRECISION = {
    1: "exact day",
    2: "within two to six days",
    3: "within a week",
    4: "within a month",
    5: "longer",
}
_PLACE_PRECISION = {
    1: "exact point",
    2: "within 25 km",
    3: "second-order area",
    4: "first-order area",
    5: "larger or vague area",
    6: "country",
    7: "international waters or airspace",
}
_COURSE = ("over", "ongoing")
_STANCES = {
    Stance.CLAIMS: "says it did it",
    Stance.ACCUSES: "accuses it",
    Stance.DENIES: "denies it",
    Stance.REPORTS: "reports it",
}


def source_name(party: str) -> str:
    """A party's name as shown; unnamed sources begin with a capital."""
    return REPORT_ITSELF if party == REPORTER else capital(party)


def gist(claim: Claim) -> str:
    """A claim in a few words: "33 militants killed"."""
    if isinstance(claim, Toll):
        number = figure_in_words(claim.min, claim.max, claim.approx)
        outcome = outcome_in_words(tuple(dict.fromkeys((claim.outcome, *claim.combined))))
        return f"{number} {claim.who or group_in_words(claim.group)} {outcome}"
    if isinstance(claim, Responsibility):
        return f"responsibility of {claim.actor}: {_STANCES[claim.stance]}"
    return "rejects another account" if claim.denies else "account"


def answer_in_words(question: Question, answer: Answer, claims: Iterable[Claim]) -> str:
    """An answer as it stands in a cell: "33", "at least 20", "not 33", "denies it", "over"; `claims` are those behind it."""
    denied = answer.certainty is Certainty.DENIED
    if question.kind == "responsibility":
        stances = [claim.stance for claim in claims if isinstance(claim, Responsibility)]
        said = list(dict.fromkeys(_STANCES[stance] for stance in stances))
        return "denies it" if denied else ", ".join(said)
    if answer.stance is not None:
        return f"denies that it is {answer.stance}" if denied and answer.stance in _COURSE else answer.stance
    number = figure_in_words(answer.min, answer.max, answer.approx)
    return f"not {number}" if denied else number


def incident_in_words(incident: Incident | None) -> str:
    """Type and place of an incident; "The incident" where neither is known."""
    if incident is None:
        return "The incident"
    named = [] if incident.type is IncidentType.UNKNOWN else [incident.type.value]
    named += [incident.place.name] if incident.place else []
    return capital(", ".join(named) or "The incident")


def facts_of(incident: Incident | None) -> tuple[tuple[str, str], ...]:
    """Day, place and parties, each with its name; what is not known is said to be not told."""
    if incident is None:
        return ()
    parties = ", ".join(source_name(party) for party in incident.parties if party != REPORTER)
    facts = (
        ("Day", day_in_words(incident.day) if incident.day else "not told"),
        ("Place", place_in_words(incident.place) if incident.place else "not told"),
        ("Parties", parties),
    )
    return tuple((name, value) for name, value in facts if value)


def day_in_words(day: Day) -> str:
    """The days an incident may have happened on, with their precision."""
    return f"{day.span} ({DAY_PRECISION[day.precision]})"


def place_in_words(place: Place) -> str:
    """A place with its area, point and precision. Never a point without its precision."""
    area = ", ".join(part for part in (place.name, place.admin1, place.country) if part)
    if place.latitude is None or place.longitude is None:
        return f"{area} (no point known)" if place.geonameid is None else area
    precision = place_precision(place)
    return f"{area} ({place.latitude:.3f}, {place.longitude:.3f}; {precision})"


def place_precision(place: Place) -> str:
    """How exact a place's point is, in words."""
    return _PLACE_PRECISION.get(place.precision or 0, "precision not told")


def capital(words: str) -> str:
    """The words with a capital at the beginning."""
    return words[:1].upper() + words[1:]
