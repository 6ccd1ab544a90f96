"""Tables of what was published and said: reports, claims, parties, places."""

from __future__ import annotations

from collections.abc import Iterator

from variorum.exports.case import Case, point_of
from variorum.exports.cells import day_of
from variorum.exports.options import Options
from variorum.exports.quoting import cut
from variorum.exports.tables.table import Row, Table, columns
from variorum.model import Account, Place, Responsibility, Toll


def _reports(case: Case, options: Options) -> Iterator[Row]:
    for report in case.reports.values():
        yield (
            report.id,
            report.publisher,
            report.title,
            report.url,
            report.published,
            report.language,
            report.content_hash,
            len(report.text),
            case.readers[report.id],
            report.text if options.with_text else None,
        )


REPORTS = Table(
    "reports",
    "Reports: published texts.",
    ("report",),
    columns(
        ("report", "text", "id of the report"),
        ("publisher", "text", "who published it"),
        ("title", "text", "its headline"),
        ("url", "text", "where it was published"),
        ("published", "day", "day of publication; never a day of an incident"),
        ("language", "text", "ISO 639-1 code"),
        ("content_hash", "text", "SHA-256 of the text in UTF-8"),
        ("characters", "integer", "length of the text in Unicode code points"),
        ("reader", "text", "name and version of the reader"),
        ("text", "text", "the text, only if asked for"),
    ),
    _reports,
)


def _claims(case: Case, options: Options) -> Iterator[Row]:
    for claim in case.claims.values():
        toll = claim if isinstance(claim, Toll) else None
        blame = claim if isinstance(claim, Responsibility) else None
        account = claim if isinstance(claim, Account) else None
        actor = toll.actor if toll else blame.actor if blame else None
        quote = cut(claim.evidence.quote, options.quote_words)
        yield (
            claim.id,
            case.id,
            claim.report,
            claim.kind,
            claim.source.party,
            claim.source.mention and cut(claim.source.mention, options.quote_words),
            claim.source.mention_start,
            claim.source.via,
            claim.certainty.value,
            claim.background,
            day_of(claim.said),
            toll.outcome.value if toll else None,
            tuple(outcome.value for outcome in toll.combined) if toll else (),
            toll.min if toll else None,
            toll.max if toll else None,
            toll.approx if toll else None,
            toll.group.value if toll else None,
            cut(toll.who, options.quote_words) if toll and toll.who else None,
            actor,
            blame.stance.value if blame else None,
            account.denies if account else None,
            quote,
            quote != claim.evidence.quote,
            claim.evidence.start,
            claim.evidence.end,
            case.first_report_with(claim.id).content_hash,
            claim.score,
            claim.reader or case.readers[claim.report],
        )


CLAIMS = Table(
    "claims",
    "Claims: one assertion, by one source, in one report.",
    ("incident", "claim"),
    columns(
        ("claim", "text", "id of the claim"),
        ("incident", "text", "the incident it is about"),
        ("report", "text", "the first report that makes it"),
        ("kind", "text", "toll, responsibility or account"),
        ("source", "text", "the party behind it; `reporter` is the report's own voice"),
        ("mention", "text", "the report's words for the source"),
        ("mention_start", "integer", "where they begin in the text"),
        ("via", "list", "who passed it on, from the source outward"),
        ("certainty", "text", "how surely the source puts it"),
        ("background", "boolean", "told in passing, about another incident than the report's main one"),
        ("said", "day", "day on which it was said, if the report tells"),
        ("outcome", "text", "of a toll: what happened to the people"),
        ("combined", "list", "of a toll: outcomes that one figure covers together"),
        ("min", "integer", "of a toll: lower bound; empty is open"),
        ("max", "integer", "of a toll: upper bound; empty is open"),
        ("approx", "boolean", "of a toll: given as a rough figure"),
        ("group", "text", "of a toll: which people"),
        ("who", "text", "of a toll: the report's words for the people"),
        ("actor", "text", "who did it, as the source has it"),
        ("stance", "text", "of responsibility: how the source stands to it"),
        ("denies", "boolean", "of an account: that another party's account is false"),
        ("quote", "text", "the evidence, cut to a number of words"),
        ("quote_is_cut", "boolean", "whether words were left out of the quote"),
        ("start", "integer", "where the evidence begins in the text, in Unicode code points"),
        ("end", "integer", "where it ends, exclusive"),
        ("content_hash", "text", "SHA-256 of the text that start and end count in"),
        ("score", "number", "the reader's probability that a careful person would find the same claim"),
        ("reader", "text", "name and version of the reader that found it"),
    ),
    _claims,
)


def _parties(case: Case, options: Options) -> Iterator[Row]:
    for name, party in case.parties.items():
        claims = tuple(claim.id for claim in case.claims.values() if claim.source.party == name)
        aliases = tuple(cut(alias, options.quote_words) for alias in party.aliases)
        yield (case.id, name, party.kind.value, party.country, aliases, name in case.actors, claims)


PARTIES = Table(
    "parties",
    "Parties: who speaks of an incident, or is named in it.",
    ("incident", "party"),
    columns(
        ("incident", "text", "id of the incident"),
        ("party", "text", "its full usual name"),
        ("kind", "text", "what sort of actor it is"),
        ("country", "text", "ISO 3166-1 alpha-2 code"),
        ("aliases", "list", "the reports' words for it"),
        ("named_as_actor", "boolean", "some source says that it did it, or that it did not"),
        ("claims", "list", "the claims of which it is the source"),
    ),
    _parties,
)


def _places(case: Case, options: Options) -> Iterator[Row]:
    own = case.place
    found: dict[tuple[int | None, str], tuple[Place, dict[str, None]]] = {}
    if own:
        found[_key(own)] = (own, {})
    for reading in case.readings:
        for place in reading.places:
            found.setdefault(_key(place), (place, {}))[1][reading.report.id] = None
    for place, reports in found.values():
        point = point_of(place)
        yield (
            case.id,
            place.name,
            place.geonameid,
            point and point[0],
            point and point[1],
            place.precision,
            place.level,
            place.admin1,
            place.country,
            place is own,
            tuple(reports),
        )


PLACES = Table(
    "places",
    "Places that the reports of an incident name.",
    ("incident", "geonameid", "place"),
    columns(
        ("incident", "text", "id of the incident"),
        ("place", "text", "its name"),
        ("geonameid", "integer", "its number in GeoNames, where it was found there"),
        (
            "latitude",
            "number",
            "degrees north; empty where no point is known or nobody knows how exact it is",
        ),
        ("longitude", "number", "degrees east; likewise"),
        ("precision", "integer", "UCDP's where_prec: 1 exact point to 7 international waters"),
        ("level", "text", "what sort of place it is"),
        ("admin1", "text", "first-order area it lies in"),
        ("country", "text", "ISO 3166-1 alpha-2 code"),
        ("of_the_incident", "boolean", "whether the incident was there"),
        ("reports", "list", "the reports that name it"),
    ),
    _places,
)


def _key(place: Place) -> tuple[int | None, str]:
    return (place.geonameid, "" if place.geonameid is not None else place.name.casefold())
