"""Templates as their files give them, and the values in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from variorum.evaluation.muc4.slots import slots

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
PLURAL = "PLURAL"
Days = tuple[str | None, str | None]
Place = tuple[frozenset[str], frozenset[str]]  # its names, its types
_NOTHING = ("", "-", "*")
_SPAN = re.compile(r"(?:^|\s)-(?:\s|$)|^-|(?<=\d)-(?=\d{1,2} [A-Z])")
_IS_SPAN = re.compile(r"(^|\s)-(\s|$)|^-\s*\d{1,2} [A-Z]|[A-Z]{3} \d\d-")


def plain(value: object) -> str:
    """A value in upper case, without quotation marks, with single spaces."""
    return " ".join(str(value).replace('\\"', " ").replace('"', " ").split()).upper()


@dataclass(frozen=True, slots=True)
class Option:
    """One way to give a filler, and the names of what it refers to."""

    value: str
    refs: tuple[str, ...] = ()

    @classmethod
    def of(cls, value: object, ref: object = None) -> Option:
        """From a file's value and its reference or references."""
        given: Iterable[object] = ref if isinstance(ref, list) else () if ref is None else (ref,)
        return cls(plain(value), tuple(r for r in map(plain, given) if r not in ("", "-")))


@dataclass(frozen=True, slots=True)
class Filler:
    """A filler of a slot: any one of its options will do."""

    options: tuple[Option, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """One incident: the fillers of every slot."""

    fillers: Mapping[str, tuple[Filler, ...]]
    optional: bool = False

    @classmethod
    def of(cls, raw: Mapping[str, Any], response: bool) -> Template:
        """From a file's object; slots may be named as in 1992 ("HUM TGT: NUMBER")."""
        named = {slot_name(k): v for k, v in raw.items()}
        return cls(
            {slot: fillers_of(named.get(slot), response) for slot in slots()},
            bool(raw.get("optional")) and not response,
        )


def slot_name(name: str) -> str:
    """A slot's name in small letters with underscores."""
    return re.sub(r"[^a-z]+", "_", name.lower()).strip("_")


def items_of(raw: Any) -> list[Any]:
    """A slot's value as a list."""
    if raw is None or raw == "":
        return []
    return raw if isinstance(raw, list) else [raw]


def fillers_of(raw: Any, response: bool) -> tuple[Filler, ...]:
    """The fillers of one slot. In a key given as a response, the first option of each."""
    found = []
    for item in items_of(raw):
        if isinstance(item, dict) and "any" in item:
            options = tuple(Option.of(a["value"], a.get("ref")) for a in item["any"])
            if response and options:
                options = (Option(options[0].value, options[0].refs[:1]),)
            found.append(Filler(options, bool(item.get("optional")) and not response))
        elif isinstance(item, dict):
            found.append(Filler((Option.of(item.get("value", ""), item.get("ref")),)))
        elif item is not None:
            value, _, ref = str(item).partition(': "')  # a reference in quotes behind a colon
            found.append(Filler((Option.of(value, ref or None),)))
    return tuple(f for f in found if f.options and f.options[0].value not in _NOTHING)


def day_of(text: str) -> str | None:
    """An ISO date from one, or from "30 DEC 89"; None for anything else."""
    text = text.strip()
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return text
    match = re.match(r"(\d{1,2})\s+([A-Z]{3})[A-Z]*\s+(?:19)?(\d\d)$", text.upper())
    if match and match[2] in MONTHS:
        return f"19{match[3]}-{MONTHS.index(match[2]) + 1:02d}-{int(match[1]):02d}"
    return None


def days_of(value: str) -> Days:
    """First and last day of a date, a span, or "on or before" (then the first is None)."""
    text = plain(value)
    if "/" in text:
        first, last = text.split("/", 1)
    elif _IS_SPAN.search(text):
        first, last = _SPAN.split(text, maxsplit=1)
    else:
        return day_of(text), day_of(text)
    return day_of(first), day_of(last)


def valid_day(day: str) -> date | None:
    """The date of an ISO string, None for a day that no month has."""
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None


def number_of(value: str) -> tuple[int | None, int | None, bool] | str | None:
    """Least, most and whether it is a rough number; `PLURAL`; or None for what is no number."""
    text = plain(value).replace(",", "")
    if text == PLURAL:
        return text
    match = re.match(r"(~?)\s*(\d+)?\s*(-)?\s*(\d+)?$", text)
    if not match or not (match[2] or match[4]):
        return None
    least = int(match[2]) if match[2] else None
    most = int(match[4]) if match[4] else None
    return least, most if match[3] else least, bool(match[1])


def places_of(value: str) -> tuple[str, list[list[Place]]]:
    """The country, and for each level within it a place or the two that it lies between."""
    country, *levels = (part.strip() for part in plain(value).split(":"))
    return country, [[_place(end) for end in re.split(r"\s+-\s+", level)] for level in levels]


def _place(text: str) -> Place:
    match = re.match(r"(.*?)\s*(?:\(([^()]*)\))?$", text)
    name, kind = match.groups() if match else (text, None)
    return (
        frozenset(n.strip() for n in name.split("/")),
        frozenset(k.strip() for k in (kind or "").split("/")),
    )
