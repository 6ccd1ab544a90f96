"""Readings and dossiers without the texts they were read in, and with them again.

Without the texts, each piece of evidence keeps its place and a quote of some words. With the text at hand, whose hash is
kept, the place gives all of it back. A report's words for a party or for people, if they are longer than may be
quoted, stay cut: they have no place to be found at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from variorum.exports.quoting import MARK, cut
from variorum.model import InputError

_Told = dict[str, Any]


def without_text(reading: _Told, most: int) -> _Told:
    """A reading's JSON form without its report's text, quotes cut to some words. Changes what is handed over."""
    reading["report"].pop("text")
    _cut(_evidence(reading), most)
    for party in reading["parties"]:
        party["aliases"] = [cut(alias, most) for alias in party["aliases"]]
    for claim in reading["claims"]:
        _cut_if_told(claim["source"], "mention", most)
        _cut_if_told(claim, "who", most)
    return reading


def without_quotes(dossier: _Told, most: int) -> _Told:
    """A dossier's JSON form with quotes cut to some words. Changes what is handed over."""
    for evidence, _ in _evidence_in_dossier(dossier):
        _cut(iter([evidence]), most)
    for answer in _answers(dossier):
        answer["words"] = cut(answer["words"], most)
        _cut_if_told(answer, "who", most)
    return dossier


def with_text(reading: _Told, texts: Mapping[str, str]) -> _Told:
    """What `without_text` was given. `texts` are by their SHA-256. Raises `InputError` if the text is not among them."""
    report = reading["report"]
    text = texts.get(report["content_hash"])
    if text is None:
        raise _absent(report["id"])
    report["text"] = text
    for evidence in _evidence(reading):
        evidence["quote"] = text[evidence["start"] : evidence["end"]]
    return reading


def with_quotes(dossier: _Told, texts: Mapping[str, str], quotes: Mapping[str, str]) -> _Told:
    """What `without_quotes` was given. `quotes` has the whole evidence of each claim by its id."""
    for evidence, report in _evidence_in_dossier(dossier):
        evidence["quote"] = _text_of(report, texts)[evidence["start"] : evidence["end"]]
    for answer in _answers(dossier):
        shown = answer["words"]
        if shown.endswith(MARK):
            start = shown.removesuffix(MARK).rstrip()
            whole = (quotes[claim] for claim in reversed(answer["claims"]) if quotes[claim].startswith(start))
            answer["words"] = next(whole, shown)
    return dossier


def _text_of(report: str, texts: Mapping[str, str]) -> str:
    if report not in texts:
        raise _absent(report)
    return texts[report]


def _absent(report: str) -> InputError:
    return InputError(
        "the text of this report is needed: it is not in the bundle, and no report handed over has it",
        where=report,
        remedy="hand over the report with its text as it was, to the last blank; its hash is in tables/reports.jsonl",
        code="absent-text",
    )


def _cut_if_told(value: _Told, name: str, most: int) -> None:
    if value.get(name):
        value[name] = cut(value[name], most)


def _cut(found: Iterator[_Told], most: int) -> None:
    for evidence in found:
        evidence["quote"] = cut(evidence["quote"], most)


def _evidence(value: Any) -> Iterator[_Told]:
    """Every piece of evidence, wherever in a JSON value."""
    if isinstance(value, dict):
        if value.keys() == {"start", "end", "quote"}:
            yield value
        else:
            for part in value.values():
                yield from _evidence(part)
    elif isinstance(value, list):
        for part in value:
            yield from _evidence(part)


def _evidence_in_dossier(dossier: _Told) -> Iterator[tuple[_Told, str]]:
    """Every piece of evidence with the id of the report it is in."""
    for copy in dossier["copies"]["copies"]:
        for passage in copy["passages"]:
            yield passage["here"], copy["report"]
            yield passage["there"], copy["other"]
    for credit in dossier["copies"]["credits"]:
        yield credit["evidence"], credit["report"]
    if dossier["reports"]:
        for evidence in _evidence(dossier["summary"]):
            yield evidence, dossier["reports"][0]


def _answers(dossier: _Told) -> Iterator[_Told]:
    for question in dossier["questions"]:
        for position in question["positions"]:
            yield from position["answers"]
