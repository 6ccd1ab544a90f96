"""Credits: where a report says whose words it carries ("(AP) —", "told Reuters", "as reported by the Daily Times")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from variorum.model import Credit, Evidence, Report

_DATA: Final = Path(__file__).parent / "data"
WHOLE: Final = frozenset({"dateline", "byline", "copyright"})
"""Forms that credit a whole report; the others credit the sentence they stand in."""

_SHORT: Final = 2


def find_credits(report: Report) -> tuple[Credit, ...]:
    """All credits of a report in the order of the text. A report's credit to its own publisher is none."""
    names, patterns = _lexicon()
    found: dict[tuple[int, int], Credit] = {}
    for form, pattern in patterns:
        for match in pattern.finditer(report.text):
            span = match.span("outlet")
            outlet = names.get(_key(match["outlet"]), match["outlet"])
            if span not in found and not _is_own(outlet, report):
                evidence = Evidence.of(report.text, *match.span())
                found[span] = Credit(report=report.id, outlet=outlet, form=form, evidence=evidence)
    return tuple(credit for _, credit in sorted(found.items(), key=lambda item: item[0]))


def names_of(outlet: str) -> frozenset[str]:
    """All names of an outlet, folded, to tell whether a publisher is the one that was credited."""
    names, _ = _lexicon()
    usual = names.get(_key(outlet), outlet)
    return frozenset({_key(usual)} | {name for name, known in names.items() if known == usual})


def is_publisher(outlet: str, publisher: str | None) -> bool:
    """Whether a publisher ("Reuters", "The Kyiv Independent", "reuters.com") is the outlet credited."""
    if not publisher:
        return False
    first = _key(re.split(r"\s*\(|\.(?:com|org|net|co)\b", publisher.removeprefix("www."))[0])
    names = names_of(outlet)
    # A station's site adds to its call sign: "wave3news.com" is WAVE.
    return _key(publisher) in names or any(
        first == name or (len(name) > _SHORT and "." in publisher and first.startswith(name))
        for name in names
    )


def carried_by(publisher: str | None) -> str | None:
    """The known outlet that a publisher's name says the report is from: "Al-Monitor (AFP)" gives Agence France-Presse."""
    match = re.search(r"\(([^)]+)\)\s*$", publisher or "")
    return _lexicon()[0].get(_key(match[1])) if match else None


def _is_own(outlet: str, report: Report) -> bool:
    # A paper leaves its town out when it speaks of itself: "told the Evening Post" in the Vessary Evening Post.
    short = (report.publisher or "").casefold().endswith(f" {outlet.casefold()}")
    return short or is_publisher(outlet, report.publisher)


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.casefold().removeprefix("the "))


@cache
def _lexicon() -> tuple[dict[str, str], tuple[tuple[str, re.Pattern[str]], ...]]:
    """Usual name of every known name, and the forms of credits."""
    names: dict[str, str] = {}
    written: list[str] = []
    endings: list[str] = []
    for cells in _rows("outlets.tsv"):
        if cells[0] == "*":
            endings = cells[1].split()
            continue
        for name in cells:
            names[_key(name)] = cells[0]
            written.append(name.removeprefix("The "))
    known = "|".join(re.escape(name) for name in sorted(written, key=lambda name: (-len(name), name)))
    unknown = rf"(?:[A-Z][\w&’'-]*\s+){{1,4}}(?:{'|'.join(endings)})|[KW][A-Z]{{2,3}}(?:-TV)?"
    outlet = rf"(?:[Tt]he\s+)?(?P<outlet>(?:{known}|{unknown})\b)"
    return names, tuple((form, re.compile(p.replace("OUTLET", outlet))) for form, p in _rows("credits.tsv"))


def _rows(file: str) -> Iterator[list[str]]:
    for line in (_DATA / file).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")
