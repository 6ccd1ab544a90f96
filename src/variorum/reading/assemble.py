"""From findings to claims: sources and actors get their parties, claims their evidence and ids."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from variorum.model import (
    REPORTER,
    Attribution,
    Claim,
    Evidence,
    Incident,
    Kind,
    Outcome,
    Party,
    PartyKind,
    Report,
    Source,
    Span,
    Stance,
    make_claim,
)
from variorum.reading.attribution import Said, covering
from variorum.reading.calibration import Weighed, chance, in_reach, weighed
from variorum.reading.dates import TimeExpression
from variorum.reading.findings import Finding
from variorum.reading.incidents import find_incidents
from variorum.reading.incidents.page import Page, page_of
from variorum.reading.incidents.saying import said_on
from variorum.reading.parties import Lexicon, ResolvedParty, resolve_parties
from variorum.reading.places import PlaceMention

_CITING = re.compile(r"\b(?:cit(?:ing|ed)|quot(?:ing|ed))\b", re.IGNORECASE)
SURE = 0.7
"""Least score of a place that tells which country a report speaks of."""
LIKELY = 0.5
"""Least score of a place whose government may be spoken of by its region."""
_LABELS = {"person": "PERSON", "organisation": "ORG", "place": "GPE"}


@dataclass(frozen=True, slots=True)
class Assembled:
    """What reading hands on, ready for the model's `Reading`; and what each claim's score rests on, by the claim's id."""

    claims: tuple[Claim, ...]
    incidents: tuple[Incident, ...]
    parties: tuple[Party, ...]
    attributions: tuple[Attribution, ...]
    weighed: dict[str, Weighed]


def assemble(
    report: Report,
    findings: Sequence[Finding],
    attributions: Sequence[Said],
    names: Sequence[tuple[int, int, str, float]],
    times: Sequence[TimeExpression],
    places: Sequence[PlaceMention],
    lexicon: Lexicon,
    reader: str,
) -> Assembled:
    """Claims with sources, in the order of the text, and the parties, incidents and attributions beside them."""
    text = report.text
    content_hash = report.content_hash
    speakers = {f.source for f in findings if f.source} | {a.source[0] for a in attributions if a.source}
    mentions = sorted(speakers | {f.actor for f in findings if f.actor})
    spans = [(start, end, _LABELS[label]) for start, end, label, _ in names if label in _LABELS]
    inside = [
        (p.start, p.end, p.country) for p in places if p.country and p.level != "country" and p.score >= SURE
    ]
    regions = [(p.start, p.end) for p in places if p.level == "admin1" and p.score >= LIKELY]
    found = resolve_parties(
        text, mentions, names=spans, lexicon=lexicon, places=inside, regions=regions, speakers=speakers
    )
    resolved = dict(zip(mentions, found, strict=True))
    claims: dict[str, Claim] = {}
    rests_on: dict[str, Weighed] = {}
    ordered = sorted(findings, key=lambda f: (f.span, f.kind))
    for n, finding in enumerate(ordered):
        source = resolved[finding.source] if finding.source else None
        values = weighed(finding, source, attributions, in_reach(ordered, n))
        score = finding.score if finding.signals is None else chance(values)
        claim = _claim(report, content_hash, finding, resolved, attributions, reader, score)
        if claim is not None and claim.id not in claims:
            claims[claim.id] = claim
            rests_on[claim.id] = values
    parties = _parties(text, resolved)
    incidents, of_claim = find_incidents(report, tuple(claims.values()), times, places, parties)
    page = page_of(text)
    placed = tuple(
        claim.model_copy(
            update={
                "incident": of_claim.get(claim.id),
                "said": _said(report, page, claim, times),
            }
        )
        for claim in claims.values()
    )
    return Assembled(
        placed,
        incidents,
        parties,
        tuple(
            Attribution(
                source=a.source,
                cue=(a.cue,),
                content=a.content,
                party=resolved[a.source[0]].party if a.source else None,
                score=a.score,
            )
            for a in attributions
        ),
        rests_on,
    )


def _said(report: Report, page: Page, claim: Claim, times: Sequence[TimeExpression]) -> str | None:
    """The ISO day on which a claim's source said it, where the report tells."""
    start = claim.source.mention_start
    if claim.source.mention is None or start is None:
        return None
    mention = (start, start + len(claim.source.mention))
    return said_on(page, mention, (claim.evidence.start, claim.evidence.end), times, report)


def _claim(
    report: Report,
    content_hash: str,
    finding: Finding,
    resolved: dict[Span, ResolvedParty],
    attributions: Sequence[Said],
    reader: str,
    score: float,
) -> Claim | None:
    text = report.text
    source = Source(party=REPORTER)
    if finding.source is not None:
        party = resolved[finding.source].party
        source = Source(
            party=party,
            mention=text[slice(*finding.source)],
            mention_start=finding.source[0],
            via=_via(text, finding, party, resolved, attributions),
        )
    actor = resolved[finding.actor].party if finding.actor is not None else None
    values: dict[str, Any] = {
        "certainty": finding.certainty,
        "background": finding.background,
        "score": score,
        "reader": reader,
    }
    if finding.kind is Kind.TOLL:
        values |= {
            "outcome": finding.outcome,
            "min": finding.minimum,
            "max": finding.maximum,
            "approx": finding.approximate,
            "group": finding.group,
            "who": text[slice(*finding.who)] if finding.who else None,
            "actor": actor,
            "combined": (Outcome.KILLED, Outcome.INJURED) if finding.combined else (),
        }
    elif finding.kind is Kind.RESPONSIBILITY:
        if finding.stance is Stance.CLAIMS and actor is None:
            actor = source.party if finding.source is not None else None
        if actor is None or (finding.stance is Stance.ACCUSES and actor == source.party):
            return None  # nobody accuses himself: one of the two was misread
        values |= {"actor": actor, "stance": finding.stance}
    else:
        if finding.source is None:
            return None
        values |= {"denies": finding.denies}
    evidence = Evidence.of(text, *finding.span)
    return make_claim(
        finding.kind.value,
        report=report.id,
        content_hash=content_hash,
        evidence=evidence,
        source=source,
        **values,
    )


def _via(
    text: str, finding: Finding, party: str, resolved: dict[Span, ResolvedParty], attributions: Sequence[Said]
) -> tuple[str, ...]:
    """Who passed the claim on: the speaker of the attribution around it, where that is a medium or one who cites the source.

    "Told an agency" makes the agency no link of the chain; "the police, citing the hospital, said" makes the police one.
    """
    said = covering(attributions, finding.span)
    if said is None or not said.source or finding.source is None:
        return ()
    speaker = resolved[said.source[0]]
    low, high = sorted((said.source[0], finding.source))
    if speaker.party == party or low[1] > high[0]:
        return ()
    between = text[low[1] : high[0]]
    if "\n" in between or ". " in between:
        return ()
    if speaker.kind is PartyKind.MEDIA or _CITING.search(between):
        return (speaker.party,)
    return ()


def _parties(text: str, resolved: dict[Span, ResolvedParty]) -> tuple[Party, ...]:
    """Every party once, in the order of first mention, with the report's own words for it as aliases."""
    words: dict[str, list[str]] = {}
    first: dict[str, ResolvedParty] = {}
    for span, party in sorted(resolved.items()):
        first.setdefault(party.party, party)
        said = " ".join(text[slice(*span)].split())
        if said != party.party and said not in words.setdefault(party.party, []):
            words[party.party].append(said)
    return tuple(
        Party(name=name, kind=PartyKind(p.kind), country=p.country, aliases=tuple(words.get(name, ())))
        for name, p in first.items()
    )
