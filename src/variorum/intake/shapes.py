"""Which kind of file something is: by its ending where that tells, else by its first bytes."""

from __future__ import annotations

import json
import re
from enum import Enum, auto
from pathlib import PurePosixPath

from variorum.intake import feeds, newsml
from variorum.intake.warc import starts_warc
from variorum.intake.xml import is_xml, root_name

PEEK = 1 << 16


class Shape(Enum):
    """What is in a file."""

    TEXT = auto()
    PAGE = auto()
    LINES = auto()
    JSON = auto()
    FEED = auto()
    NEWSML = auto()
    OTHER_XML = auto()
    WARC = auto()
    ZIP = auto()
    GZIP = auto()


TEXT = frozenset({".txt", ".text", ".md"})
PAGES = frozenset({".html", ".htm", ".xhtml"})
LINES = frozenset({".jsonl", ".ndjson"})
JSON = frozenset({".json", ".ninjs"})
MARKED = frozenset({".xml", ".rss", ".atom"})
PACKED = frozenset({".zip", ".warc", ".wacz"})
_KNOWN = TEXT | PAGES | LINES | JSON | MARKED | PACKED

_PAGE = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_RECORD = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*[{\[]\s*(?:[\"{\[\]}])")
_JSON_FEED = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*\{.*?\"version\"\s*:\s*\"https?:\\?/\\?/jsonfeed\.org\\?/", re.S
)


def is_known(name: str) -> bool:
    """Whether a file in a folder or an archive is read, by its name; of a gzip counts the name of what is in it."""
    return PurePosixPath(name.lower().removesuffix(".gz")).suffix in _KNOWN


def shape_of(suffix: str, head: bytes) -> Shape:
    """The shape of a file of some ending (lower case, with its dot; or empty) that begins with `head`."""
    if suffix in LINES or suffix in PAGES:
        return Shape.LINES if suffix in LINES else Shape.PAGE
    if suffix in JSON or (suffix not in TEXT and _RECORD.match(head)):
        if _JSON_FEED.match(head):
            return Shape.FEED
        return Shape.LINES if _first_line_is_whole(head) else Shape.JSON
    if suffix not in TEXT and (shape := _packed_or_marked(suffix, head)):
        return shape
    return Shape.PAGE if _PAGE.match(head) else Shape.TEXT


def _packed_or_marked(suffix: str, head: bytes) -> Shape | None:
    if starts_warc(head):
        return Shape.WARC
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Shape.ZIP
    if head.startswith(b"\x1f\x8b"):
        return Shape.GZIP
    root = root_name(head)
    if root in feeds.ROOTS:
        return Shape.FEED
    if root in newsml.ROOTS:
        return Shape.NEWSML
    if _PAGE.match(head):
        return None
    is_marked_up = root is not None or head.lstrip().startswith(b"<")
    return Shape.OTHER_XML if is_xml(head) or (suffix in MARKED and is_marked_up) else None


def _first_line_is_whole(head: bytes) -> bool:
    """Whether the first line is an object by itself, or is too long to see its end."""
    first, newline, rest = head.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")
    if not newline or rest.lstrip().startswith(b'{"'):
        return first.startswith(b'{"')
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False
