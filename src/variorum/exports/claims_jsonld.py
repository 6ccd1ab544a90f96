"""`claims-jsonld`: each claim as a schema.org `Claim`, with a W3C Web Annotation that finds its words in the report.

The context is written out, so that nothing has to be fetched to read the file. No `ClaimReview`: nobody's claim is
rated. Positions count Unicode code points of the report's text, whose SHA-256 is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from variorum.exports.as_json import encoded, json_text
from variorum.exports.case import Case, point_of
from variorum.exports.claim_words import claim_in_words
from variorum.exports.figures import in_words
from variorum.exports.options import Options
from variorum.exports.quoting import count, cut, head, tail
from variorum.model import REPORTER, Account, Claim, PartyKind, Report, Responsibility, Toll, content_id

NORMALISATION = (
    "none: the text of the report as it was read, in Unicode code points; sha256 is that of its UTF-8 form"
)
"""What positions count in."""

CONTEXT: dict[str, Any] = {
    "@vocab": "https://schema.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "variorum": "urn:variorum:",
    "Annotation": "oa:Annotation",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "TextPositionSelector": "oa:TextPositionSelector",
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "identifying": "oa:identifying",
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "start": "oa:start",
    "end": "oa:end",
    "appearance": {"@type": "@id"},
    "about": {"@type": "@id"},
    "author": {"@type": "@id"},
}
"""The terms of schema.org and of the Web Annotation vocabulary that are used, under their usual names."""

_AROUND = 4
"""At most so many words before and after a quote, out of those that may be quoted."""


def write(cases: Iterable[Case], options: Options) -> Iterator[bytes]:
    """One JSON-LD document, a node of the graph a line."""
    yield encoded('{"@context": ' + json_text(CONTEXT) + ', "@graph": [')
    between, seen = "\n", set()
    for case in cases:
        for node in nodes(case, options):
            if node["@id"] not in seen:
                seen.add(node["@id"])
                yield encoded(between + json_text(node))
                between = ",\n"
    yield b"\n]}\n"


def nodes(case: Case, options: Options) -> Iterator[dict[str, Any]]:
    """The event, the reports, the parties, then each claim with its annotation."""
    yield _event(case, options)
    yield from (_article(report, options) for report in case.reports.values())
    yield from (
        _lean({"@id": _urn(content_id("party", name)), "@type": _kind(party.kind), "name": name})
        for name, party in case.parties.items()
        if name != REPORTER
    )
    for claim in case.claims.values():
        yield _claim(case, claim, options)
        yield _annotation(case, claim, options)


def _event(case: Case, options: Options) -> dict[str, Any]:
    day, place, point, tally = case.day, case.place, point_of(case.place), case.tally(options.profile)
    geo = {"@type": "GeoCoordinates", "latitude": point[0], "longitude": point[1]} if point else None
    where = place and _lean(
        {
            "@type": "Place",
            "name": place.name,
            "geo": geo,
            "addressCountry": place.country,
            "variorum:precision": place.precision,
        }
    )
    figures = [
        {
            "variorum:profile": tally.profile,
            "description": in_words(figure),
            "variorum:claims": [{"@id": _urn(claim)} for claim in figure.claims],
        }
        for figure in tally.figures
    ]
    return _lean(
        {
            "@id": _urn(case.key),
            "@type": "Event",
            "identifier": case.id,
            "variorum:type": case.summary.type.value,
            "startDate": day.first if day else None,
            "endDate": day.last if day else None,
            "variorum:dayPrecision": day.precision if day else None,
            "location": where,
            "variorum:figures": figures,
        }
    )


def _article(report: Report, options: Options) -> dict[str, Any]:
    return _lean(
        {
            "@id": _report_urn(report),
            "@type": "NewsArticle",
            "identifier": report.id,
            "headline": report.title,
            "publisher": {"@type": "Organization", "name": report.publisher} if report.publisher else None,
            "datePublished": report.published,
            "url": report.url,
            "inLanguage": report.language,
            "sha256": report.content_hash,
            "articleBody": report.text if options.with_text else None,
        }
    )


def _claim(case: Case, claim: Claim, options: Options) -> dict[str, Any]:
    report = case.first_report_with(claim.id)
    quote = cut(claim.evidence.quote, options.quote_words)
    own = claim.source.party == REPORTER
    return _lean(
        {
            "@id": _urn(claim.id),
            "@type": "Claim",
            "identifier": claim.id,
            "text": quote,
            "description": claim_in_words(claim, quote),
            "author": _report_urn(report) if own else _urn(content_id("party", claim.source.party)),
            "appearance": _report_urn(report),
            "about": _urn(case.key),
            "variorum:certainty": claim.certainty.value,
            "variorum:via": list(claim.source.via),
            "variorum:reader": claim.reader or case.readers[claim.report],
            **_what(claim),
        }
    )


def _what(claim: Claim) -> dict[str, Any]:
    match claim:
        case Toll():
            return {
                "variorum:kind": "toll",
                "variorum:outcome": claim.outcome.value,
                "variorum:group": claim.group.value,
                "variorum:min": claim.min,
                "variorum:max": claim.max,
                "variorum:approx": claim.approx,
                "variorum:actor": claim.actor,
            }
        case Responsibility():
            return {
                "variorum:kind": "responsibility",
                "variorum:actor": claim.actor,
                "variorum:stance": claim.stance.value,
            }
        case Account():
            return {"variorum:kind": "account", "variorum:denies": claim.denies}


def _annotation(case: Case, claim: Claim, options: Options) -> dict[str, Any]:
    report = case.first_report_with(claim.id)
    return {
        "@id": _urn(f"{claim.id}:evidence"),
        "@type": "Annotation",
        "motivation": "identifying",
        "body": _urn(claim.id),
        "target": {
            "source": _report_urn(report),
            "variorum:sha256": report.content_hash,
            "variorum:normalisation": NORMALISATION,
            "selector": [
                _quote(claim, report, options.quote_words),
                {"@type": "TextPositionSelector", "start": claim.evidence.start, "end": claim.evidence.end},
            ],
        },
    }


def _quote(claim: Claim, report: Report, most: int) -> dict[str, Any]:
    """The words, with some before and after as far as the limit allows. Where they are cut, `exact` is their beginning."""
    exact = head(claim.evidence.quote, most)
    if exact != claim.evidence.quote:
        return {"@type": "TextQuoteSelector", "exact": exact, "variorum:cut": True}
    around = min(_AROUND, (most - count(exact)) // 2)
    before, after = report.text[: claim.evidence.start], report.text[claim.evidence.end :]
    return _lean(
        {
            "@type": "TextQuoteSelector",
            "exact": exact,
            "prefix": tail(before[-400:], around),
            "suffix": head(after[:400], around),
        }
    )


def _kind(kind: PartyKind) -> str:
    if kind is PartyKind.PERSON:
        return "Person"
    return "GovernmentOrganization" if kind in (PartyKind.GOVERNMENT, PartyKind.POLICE) else "Organization"


def _urn(name: str) -> str:
    return f"urn:variorum:{name}"


def _report_urn(report: Report) -> str:
    return _urn(content_id("report", report.id, report.content_hash))


def _lean(node: dict[str, Any]) -> dict[str, Any]:
    """Without what is unknown or empty."""
    return {name: value for name, value in node.items() if value is not None and value != [] and value != ""}
