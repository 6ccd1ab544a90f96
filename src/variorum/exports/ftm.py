"""`ftm` and `ftm-statements`: FollowTheMoney entities, and the statements that they are made of.

An incident is an `Event`, a report an `Article`, a party a `LegalEntity` of the fitting kind, a report's words for a
source a `Mention`, a claim a `Note` about event and party with the article as its proof.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from variorum.exports.as_json import json_line
from variorum.exports.case import Case
from variorum.exports.cells import csv_lines, harmless
from variorum.exports.claim_words import claim_in_words
from variorum.exports.codes import country, ftm_type
from variorum.exports.figures import in_words
from variorum.exports.options import Options
from variorum.exports.quoting import cut
from variorum.model import REPORTER, Claim, Party, PartyKind, Report, content_id
from variorum.reconciling.profiles import Figure, Tally

DATASET = "variorum"
STATEMENT_COLUMNS = (
    "canonical_id",
    "entity_id",
    "prop",
    "prop_type",
    "schema",
    "value",
    "dataset",
    "origin",
    "lang",
    "original_value",
    "external",
    "first_seen",
    "last_seen",
    "id",
)
"""The columns of a file of statements, as FollowTheMoney writes them."""

_SCHEMATA = {
    PartyKind.GOVERNMENT: "PublicBody",
    PartyKind.STATE_FORCE: "PublicBody",
    PartyKind.POLICE: "PublicBody",
    PartyKind.ARMED_GROUP: "Organization",
    PartyKind.MEDICS: "Organization",
    PartyKind.ORGANISATION: "Organization",
    PartyKind.INTERNATIONAL: "Organization",
    PartyKind.MEDIA: "Organization",
    PartyKind.PERSON: "Person",
}
_LANGUAGES = {"en": "eng"}
_ADDRESS = re.compile(r"https?://[\w-]+(?:\.[\w-]+)*\.[a-zA-Z]{2,}(?:[:/?#][^\s\"'<>]*)?")


@dataclass(frozen=True)
class Statement:
    """One value of one property. `original` is what a report says, where the value is ours."""

    prop: str
    value: str
    original: str | None = None


@dataclass
class Entity:
    """An entity in the making. `origin` is what found it: tool@version."""

    id: str
    schema: str
    origin: str
    statements: list[Statement] = field(default_factory=list)

    def add(self, prop: str, *values: str | None, original: str | None = None) -> Entity:
        """The entity, with values that are not empty added, each once."""
        for value in values:
            if value and all((prop, value) != (one.prop, one.value) for one in self.statements):
                self.statements.append(Statement(prop, value, original))
        return self


def entities(cases: Iterable[Case], options: Options) -> Iterator[Entity]:
    """All entities, each once: of every case its reports, its parties, the event, then mentions and claims."""
    seen: set[str] = set()
    for case in cases:
        for entity in _of(case, options):
            if entity.id not in seen:
                seen.add(entity.id)
                yield entity


def write(cases: Iterable[Case], options: Options) -> Iterator[bytes]:
    """Entities, one JSON object a line."""
    for entity in entities(cases, options):
        properties: dict[str, list[str]] = {}
        for one in entity.statements:
            properties.setdefault(one.prop, []).append(one.value)
        yield json_line({"id": entity.id, "schema": entity.schema, "properties": properties})


def write_statements(cases: Iterable[Case], options: Options) -> Iterator[bytes]:
    """Statements as CSV. Ids of statements are those that FollowTheMoney gives."""
    return csv_lines(
        STATEMENT_COLUMNS,
        (_row(entity, one) for entity in entities(cases, options) for one in entity.statements),
    )


def _row(entity: Entity, one: Statement) -> tuple[str | None, ...]:
    key = f"{DATASET}.{entity.id}.{one.prop}.{harmless(one.value)}"  # of the value as it stands in the file
    return (
        entity.id,
        entity.id,
        one.prop,
        ftm_type(entity.schema, one.prop),
        entity.schema,
        one.value,
        DATASET,
        entity.origin,
        None,
        one.original,
        "f",
        None,
        None,
        hashlib.sha1(key.encode("utf-8", "replace"), usedforsecurity=False).hexdigest(),
    )


def _of(case: Case, options: Options) -> Iterator[Entity]:
    reader = _origin(next(iter(case.readers.values()), ""))
    articles = {
        report.id: _article(report, _origin(case.readers[report.id]), options)
        for report in case.reports.values()
    }
    parties = {name: _party(party, reader) for name, party in case.parties.items() if name != REPORTER}
    yield from articles.values()
    yield from parties.values()
    event = _event(case, reader, options)
    event.add("involved", *(parties[name].id for name in case.summary.parties))
    event.add("proof", *(article.id for article in articles.values()))
    yield event
    for claim in case.claims.values():
        article, party = articles[claim.report], parties.get(claim.source.party)
        if party is not None and claim.source.mention:
            mention = content_id("mention", claim.report, claim.source.party, claim.source.mention)
            name = cut(claim.source.mention, options.quote_words)
            yield (
                Entity(mention, "Mention", article.origin)
                .add("document", article.id)
                .add("resolved", party.id)
                .add("name", name)
                .add("detectedSchema", party.schema)
            )
        yield _note(case, claim, event, article, party, options)


def _event(case: Case, origin: str, options: Options) -> Entity:
    day, place = case.day, case.place
    known = country(place.country) if place else None
    when = day.first.isoformat() if day else None
    named = ", ".join(part for part in (case.summary.type.value, place.name if place else None, when) if part)
    tally = case.tally(options.profile)
    event = Entity(case.key, "Event", origin)
    event.add("name", named).add("recordId", case.id).add("keywords", case.summary.type.value)
    event.add("startDate", when).add("endDate", day.last.isoformat() if day else None)
    event.add("location", place.name if place else None)
    event.add("country", known.alpha2.lower() if known else None)
    return event.add("summary", *(_figure(tally, figure) for figure in tally.figures))


def _figure(tally: Tally, figure: Figure) -> str:
    return f"{in_words(figure)} (profile {tally.profile}; {' '.join(figure.claims)})"


def _article(report: Report, origin: str, options: Options) -> Entity:
    article = Entity(content_id("report", report.id, report.content_hash), "Article", origin)
    article.add("title", report.title).add("publisher", report.publisher)
    article.add("publishedAt", report.published.isoformat() if report.published else None)
    article.add("sourceUrl", report.url if _ADDRESS.fullmatch(report.url or "") else None)
    article.add("language", _LANGUAGES.get(report.language or ""))
    article.add("notes", f"report {report.id}", f"sha256 {report.content_hash}")
    return article.add("bodyText", report.text if options.with_text else None)


def _party(party: Party, origin: str) -> Entity:
    known = country(party.country)
    entity = Entity(content_id("party", party.name), _SCHEMATA.get(party.kind, "LegalEntity"), origin)
    entity.add("name", party.name).add("notes", party.kind.value)
    return entity.add("country", known.alpha2.lower() if known else None)


def _note(
    case: Case, claim: Claim, event: Entity, article: Entity, party: Entity | None, options: Options
) -> Entity:
    quote = cut(claim.evidence.quote, options.quote_words)
    note = Entity(content_id("note", case.id, claim.id), "Note", _origin(claim.reader) or article.origin)
    note.add("name", claim.id)
    note.add("description", claim_in_words(claim, quote), original=quote)
    note.add("entity", event.id, article.id, party.id if party else None)
    place = f"characters {claim.evidence.start} to {claim.evidence.end}"
    return note.add("notes", f"“{quote}”, {place} of report {claim.report}").add("proof", article.id)


def _origin(reader: str) -> str:
    """`variorum-encoder 0.1.0` as tool@version."""
    return reader.replace(" ", "@", 1)
