"""`prov`: where every figure comes from, as PROV-JSON (W3C): report → claim → position, claim → figure → export."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from variorum._version import __version__
from variorum.exports.as_json import encoded, json_text
from variorum.exports.case import Case, figure_id, position_id
from variorum.exports.figures import in_words
from variorum.exports.options import Options
from variorum.model import REPORTER, content_id
from variorum.reconciling.profiles import PROFILES

_Document = dict[str, dict[str, Any]]


def write(cases: Iterable[Case], options: Options) -> Iterator[bytes]:
    """One document."""
    yield encoded(json_text(document(cases, options), indent=1) + "\n")


def document(cases: Iterable[Case], options: Options) -> _Document:
    """Entities, activities and agents with their relations. No times: the same claims give the same document."""
    told: _Document = {
        "prefix": {"v": "urn:variorum:"},
        "entity": {},
        "activity": {},
        "agent": {"v:variorum": _agent("SoftwareAgent", f"variorum {__version__}")},
        **{relation: {} for relation in _RELATIONS},
    }
    ids, figures = [], []
    for case in cases:
        ids.append(case.id)
        _claims(told, case)
        _positions(told, case)
        figures += _figures(told, case, options.profile)
    export = _name(content_id("export", ids, options.profile, options.quote_words))
    told["entity"][export] = {
        "prov:type": "v:Export",
        "prov:label": f"export by the profile {options.profile}",
    }
    for figure in figures:
        _relate(told, "wasDerivedFrom", {"prov:generatedEntity": export, "prov:usedEntity": figure})
    return {name: part for name, part in told.items() if part}


_RELATIONS = ("wasDerivedFrom", "wasGeneratedBy", "used", "wasAssociatedWith", "wasAttributedTo")


def _claims(told: _Document, case: Case) -> None:
    for report in case.reports.values():
        described = {
            "prov:type": "v:Report",
            "prov:label": report.title or report.id,
            "v:report": report.id,
            "v:publisher": report.publisher,
            "v:url": report.url,
            "v:published": report.published and report.published.isoformat(),
            "v:sha256": report.content_hash,
        }
        told["entity"][_report(case, report.id)] = {k: v for k, v in described.items() if v is not None}
        reader = case.readers[report.id]
        activity, agent = _reading(case, report.id), _name(content_id("reader", reader))
        told["activity"][activity] = {"prov:type": "v:Reading"}
        told["agent"][agent] = _agent("SoftwareAgent", reader)
        _relate(told, "used", {"prov:activity": activity, "prov:entity": _report(case, report.id)})
        _relate(told, "wasAssociatedWith", {"prov:activity": activity, "prov:agent": agent})
    for claim in case.claims.values():
        name, report_name = _name(claim.id), _report(case, claim.report)
        told["entity"][name] = {
            "prov:type": "v:Claim",
            "v:claim": claim.id,
            "v:kind": claim.kind,
            "v:certainty": claim.certainty.value,
            "v:start": claim.evidence.start,
            "v:end": claim.evidence.end,
        }
        _relate(told, "wasDerivedFrom", {"prov:generatedEntity": name, "prov:usedEntity": report_name})
        _relate(told, "wasGeneratedBy", {"prov:entity": name, "prov:activity": _reading(case, claim.report)})
        if claim.source.party != REPORTER:
            agent = _name(content_id("party", claim.source.party))
            told["agent"][agent] = {"prov:label": claim.source.party, "v:party": claim.source.party}
            _relate(told, "wasAttributedTo", {"prov:entity": name, "prov:agent": agent})


def _positions(told: _Document, case: Case) -> None:
    activity = _name(content_id("reconciling", case.id))
    told["activity"][activity] = {"prov:type": "v:Reconciling", "v:incident": case.id}
    _relate(told, "wasAssociatedWith", {"prov:activity": activity, "prov:agent": "v:variorum"})
    for question in case.dossier.questions:
        for position in question.positions:
            name = _name(position_id(case, question, position))
            told["entity"][name] = {
                "prov:type": "v:Position",
                "prov:label": f"{position.outlet or position.source}: {question.label}",
                "v:incident": case.id,
                "v:question": question.id,
            }
            _relate(told, "wasGeneratedBy", {"prov:entity": name, "prov:activity": activity})
            for claim in dict.fromkeys(c for answer in position.answers for c in answer.claims):
                _relate(
                    told, "wasDerivedFrom", {"prov:generatedEntity": name, "prov:usedEntity": _name(claim)}
                )


def _figures(told: _Document, case: Case, profile: str) -> list[str]:
    tally = case.tally(profile)
    activity = _name(content_id("settling", case.id, profile))
    told["activity"][activity] = {
        "prov:type": "v:Settling",
        "v:profile": profile,
        "v:rule": PROFILES[profile].gist,
    }
    _relate(told, "wasAssociatedWith", {"prov:activity": activity, "prov:agent": "v:variorum"})
    names = []
    for figure in tally.figures:
        name = _name(figure_id(case, profile, figure))
        names.append(name)
        told["entity"][name] = {
            "prov:type": "v:Figure",
            "prov:label": in_words(figure),
            "v:incident": case.id,
            "v:profile": profile,
            "v:rule": figure.rule,
        }
        _relate(told, "wasGeneratedBy", {"prov:entity": name, "prov:activity": activity})
        for claim in figure.claims:
            _relate(told, "wasDerivedFrom", {"prov:generatedEntity": name, "prov:usedEntity": _name(claim)})
    return names


def _relate(told: _Document, relation: str, ends: dict[str, str]) -> None:
    """The relation, once, under a name that follows from its ends."""
    told[relation][f"_:{content_id(relation, ends)}"] = ends


def _agent(kind: str, label: str) -> dict[str, Any]:
    return {"prov:type": {"$": f"prov:{kind}", "type": "prov:QUALIFIED_NAME"}, "prov:label": label}


def _report(case: Case, report: str) -> str:
    return _name(content_id("report", report, case.reports[report].content_hash))


def _reading(case: Case, report: str) -> str:
    return _name(content_id("reading", report, case.reports[report].content_hash, case.readers[report]))


def _name(local: str) -> str:
    return f"v:{local}"
