"""The dossier as one self-contained HTML file: no request leaves it, and it works without its script.

Figures and words are tied by ordinary links: `#w-3` is where note 3 stands in the text, `#n-3` where it is
used. The small script only lights up both ends together. A Content-Security-Policy with the hashes of the
page's own style and script lets nothing else run, whatever a report's text holds; all of it is escaped
besides.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import pairwise
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from variorum.dossier.layout import CERTAINTY_MEANING, STATUS_MEANING, STATUS_SIGNS, Layout, Note, lay_out
from variorum.dossier.printable import printable
from variorum.model import Dossier, Reading, Report


@dataclass(frozen=True)
class Piece:
    """A run of text that the same notes cover."""

    text: str
    covering: tuple[int, ...] = ()
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    leads_to: int = 0
    """The note that the words lead to: the shortest that covers them."""


@dataclass(frozen=True)
class _From:
    text: str
    href: str = ""


@dataclass
class _Anchors:
    """Gives each note its id where it is first shown, and nowhere else."""

    given: set[int] = field(default_factory=set)

    def once(self, number: int) -> Markup:
        if number in self.given:
            return Markup("")
        self.given.add(number)
        return Markup(' id="n-{}"').format(number)


def render_html(reading: Reading, dossiers: Sequence[Dossier], *, width: int | None = None) -> str:
    """A page with the dossier and the report's text. `width` is for the terminal and has no effect here."""
    layout = lay_out(reading, dossiers)
    style = _asset("dossier.css") + _target_rules(layout.notes)
    script = _asset("dossier.js")
    return (
        _environment()
        .get_template("dossier.html.j2")
        .render(
            layout=layout,
            title=layout.report.title or "Untitled report",
            from_where=_from_where(layout.report),
            paragraphs=paragraphs(layout),
            anchors=_Anchors(),
            signs=STATUS_SIGNS,
            status_meaning=STATUS_MEANING,
            certainty_meaning=CERTAINTY_MEANING,
            style=Markup(style),  # our own file and numbers, nothing of the report's
            script=Markup(script),
            style_hash=_hash(style),
            script_hash=_hash(script),
        )
    )


def paragraphs(layout: Layout) -> list[list[Piece]]:
    """The report's text as paragraphs of pieces; each character that is no line break is in exactly one of
    them."""
    text = layout.report.text
    found: list[list[Piece]] = []
    begun: set[int] = set()
    position = 0
    for line in text.split("\n"):
        end = position + len(line)
        if line.strip():
            found.append(_pieces(text, position, end, layout.notes, begun))
        position = end + 1
    return found


def _pieces(text: str, start: int, end: int, notes: Sequence[Note], begun: set[int]) -> list[Piece]:
    here = [note for note in notes if note.start < end and note.end > start]
    cuts = sorted(
        {start, end, *(n.start for n in here if n.start > start), *(n.end for n in here if n.end < end)}
    )
    return [_piece(text, one, two, here, begun) for one, two in pairwise(cuts)]


def _piece(text: str, start: int, end: int, notes: Sequence[Note], begun: set[int]) -> Piece:
    """The piece start..end; `begun` gathers the notes whose first piece has been met."""
    covering = [note for note in notes if note.start < end and note.end > start]
    if not covering:
        return Piece(text[start:end])
    starts = tuple(note.number for note in covering if note.number not in begun)
    begun.update(starts)
    shortest = min(covering, key=lambda note: (note.end - note.start, note.number))
    ends = tuple(
        note.number for note in covering if note.end <= end + len(text[end:]) - len(text[end:].lstrip())
    )
    return Piece(text[start:end], tuple(note.number for note in covering), starts, ends, shortest.number)


def _from_where(report: Report) -> list[_From]:
    items = [_From(report.publisher or "publisher unknown")]
    items.append(_From(report.published.isoformat() if report.published else "day of publication unknown"))
    if report.url:
        safe = urlsplit_scheme(report.url) in ("http", "https")
        items.append(_From(report.url, report.url if safe else ""))
    return items


def urlsplit_scheme(url: str) -> str:
    """The scheme of an address in lower case; empty for what is none."""
    try:
        return urlsplit(url.strip()).scheme.lower()
    except ValueError:
        return ""


def _target_rules(notes: Sequence[Note]) -> str:
    """Rules that light up both ends of the note an address names, for browsers without the script."""
    rules = (
        f':root:has(#w-{n}:target, #n-{n}:target) [data-c~="{n}"]'
        "{background:var(--on);box-shadow:0 0 0 2px var(--on-line)}\n"
        for n in (note.number for note in notes)
    )
    return "@media screen {\n" + "".join(rules) + "}\n"


def _hash(content: str) -> str:
    return base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


@cache
def _asset(name: str) -> str:
    return files("variorum.dossier").joinpath("templates", name).read_text("utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("variorum.dossier", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters["shown"] = lambda value: printable(str(value))
    return environment
