"""What `fuzz.py` tries: each importer and parser with sound inputs of its own, and what must hold of what comes out."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from fuzz_checks import (
    addresses,
    exports,
    feed,
    finding,
    grammars,
    intake_of,
    ledger_decisions,
    link_decisions,
    parties_file,
    reading,
    references,
    robots,
)
from fuzz_damage import Damage, bytes_damaged, json_damaged, packed, words_damaged

import variorum
from tests.exports.cases import battle, written
from tests.intake.test_feeds import ATOM, JSON_FEED, RSS
from tests.intake.test_pages import page
from tests.intake.test_references import ACLED, HEAD, ROW
from tests.intake.test_warc import INFO, OTHER, record, wacz
from tests.intake.test_wire_items import NINJS_1, NINJS_2, NITF, PLAIN, XHTML, newsml
from tests.ledger.piles import pile

EXAMPLES = Path(variorum.__file__).parent / "examples"
_SMALL = 50_000


@dataclass(frozen=True, slots=True)
class Target:
    """What is tried: `run` raises if something that must hold does not, and says in a word what came out."""

    seeds: Sequence[bytes]
    run: Callable[[bytes, Path], str]
    damage: Damage = bytes_damaged
    weight: int = 1
    seconds: float = 20
    """Seconds of the processor that one input may take."""


@cache
def lexicon_words() -> tuple[str, ...]:
    """Words of the shipped lexicons: what the grammars wait for."""
    found: dict[str, None] = {}
    for path in sorted(Path(variorum.__file__).parent.glob("**/data/*")):
        if path.suffix in (".txt", ".tsv", ".yaml") and path.stat().st_size < _SMALL:
            found.update(
                dict.fromkeys(
                    re.findall(r"[^\W\d_][\w’'-]*(?: [^\W\d_][\w’'-]*)?|\d+", path.read_text("utf-8"))
                )
            )
    return tuple(found)


def _examples() -> list[bytes]:
    rows = [
        json.loads(line) for name in ("vessary", "jaffar-express-retold") for line in _lines(f"{name}.jsonl")
    ]
    return [row["text"].encode() for row in rows]


def _lines(name: str) -> list[str]:
    return (EXAMPLES / name).read_text("utf-8").splitlines()


def _json(*values: Any) -> list[bytes]:
    return [json.dumps(value).encode() for value in values]


def _targets() -> dict[str, Target]:
    texts = _examples()
    kept = _json(
        *({"reading": one.model_dump(mode="json"), "dossiers": []} for one in (*pile()[:2], *battle()[1]))
    )
    events = [written(name, battle()) for name in ("ucdp-ged", "acled-shaped")]
    claim = {
        "kind": "toll", "report": pile()[0].report.id, "source": {"party": "reporter"}, "certainty": "stated",
        "outcome": "killed", "min": 1, "max": 1, "group": "unknown",
        "evidence": {"start": 0, "end": 7, "quote": pile()[0].report.text[:7]},
    }  # fmt: skip
    decided = _json(
        {"kind": "join", "reports": ["a", "b"], "by": "Ada", "on": "2031-05-09", "why": "same"},
        {
            "kind": "split",
            "reports": ["a"],
            "others": ["b"],
            "by": "Ada",
            "on": "2031-05-09",
            "why": "not the same",
        },
    )
    by_hand = _json(
        {"kind": "add", "why": "in the caption", "claim": claim},
        {"kind": "reject", "subject": pile()[0].claims[0].id, "why": "of another"},
        {"kind": "rename", "subject": "Police", "name": "Norland Police", "why": "one body"},
        {
            "kind": "set",
            "subject": "incident-1",
            "day": {"first": "2031-05-05", "last": "2031-05-05", "precision": 1},
            "why": "film",
        },
        {"kind": "withdraw", "subject": "r1", "why": "kill notice", "on": "2031-05-09"},
    )
    lines = [line.encode() for line in _lines("vessary.jsonl")]
    feeds = [RSS.encode(), ATOM.encode()]
    pages = [
        page().encode(),
        page(charset="windows-1252").encode("cp1252"),
        b"<!" + record().partition(b"<!")[2],
    ]
    wires = [newsml(content).encode() for content in (XHTML, NITF, PLAIN)]
    # The ids of the records are other ones in every process; an input must be the same in all.
    web, one = (
        re.sub(rb"urn:uuid:-?[0-9a-fx]+", b"urn:uuid:1", part)
        for part in (b"".join((INFO, record(), OTHER)), record())
    )
    return {
        "text": Target(texts, intake_of("a.txt")),
        "page": Target(pages, intake_of("a.html"), weight=2),
        "json lines": Target(lines, intake_of("a.jsonl"), json_damaged),
        "json": Target(
            _json({"reports": [json.loads(line) for line in lines]}), intake_of("a.json"), json_damaged
        ),
        "any kind": Target(
            [*texts[:1], *lines[:1], *feeds, *wires, *pages, *_json(NINJS_1), web], intake_of("a"), weight=2
        ),
        "rss and atom": Target(feeds, feed, weight=2),
        "rss and atom in a file": Target(feeds, intake_of("a.xml")),
        "json feed": Target(_json(JSON_FEED), feed, json_damaged),
        "json feed in a file": Target(_json(JSON_FEED), intake_of("a.json"), json_damaged),
        "ninjs": Target(_json(NINJS_1, NINJS_2), intake_of("a.ninjs"), json_damaged, weight=2),
        "newsml-g2": Target(wires, intake_of("a.xml"), weight=2),
        "warc": Target([web], intake_of("a.warc"), weight=2),
        "warc, packed": Target([web, one], intake_of("a.warc.gz"), packed(bytes_damaged, "gz")),
        "wacz": Target([web], intake_of("a.wacz"), packed(bytes_damaged, "archive/a.warc")),
        "zip": Target(
            [*lines[:2], wacz(("a.jsonl", lines[0]))],
            intake_of("a.zip"),
            packed(json_lines_or_bytes, "a.jsonl"),
        ),
        "gzip": Target(
            [*lines[:2], gzip.compress(lines[0], mtime=0)],
            intake_of("a.jsonl.gz"),
            packed(bytes_damaged, "gz"),
        ),
        "kept readings": Target(kept, intake_of("a.jsonl"), json_damaged, weight=2),
        "references": Target(
            [*events, f"{HEAD}\n{ROW}\n".encode(), f"{ACLED}\n".encode()], references, weight=2
        ),
        "decisions on links": Target(decided, link_decisions, json_damaged),
        "decisions of a ledger": Target(by_hand, ledger_decisions, json_damaged),
        "searching": Target(
            [b'killed "grain market"', b"' OR 1=1 --", b"gun* NEAR(a b) ^x title:y"], finding
        ),
        "addresses": Target(
            [b"https://post.example/a?b#c", b"//[::1]:80/", b"http://a@10.0.0.1:8/"], addresses
        ),
        "robots.txt": Target(
            [b"User-agent: *\nDisallow: /a*$\nAllow: /\nCrawl-delay: 2\nSitemap: x\n"], robots
        ),
        "parties file": Target([(EXAMPLES / "vessary-parties.yaml").read_bytes()], parties_file),
        "grammars": Target(texts, grammars, words_damaged, weight=6),
        "whole reader": Target(texts, reading, words_damaged, weight=8, seconds=60),
        "cells of exports": Target(
            [b"=1+1\n-2\n@x\n+y\nplain words", *texts[:2]], exports, words_damaged, weight=2
        ),
    }


def json_lines_or_bytes(dice: Random, seeds: Sequence[bytes], words: Sequence[str]) -> bytes:
    """Lines of JSON damaged as lines of JSON where they are, else as bytes."""
    sound = [seed for seed in seeds if seed.startswith(b"{")]
    return json_damaged(dice, sound, words) if dice.random() < 0.5 else bytes_damaged(dice, seeds, words)


TARGETS = _targets()
