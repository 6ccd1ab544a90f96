"""How well one value of a response answers one filler of a key: right, half right or wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from functools import cache

from variorum.evaluation.muc4.slots import broader, slots
from variorum.evaluation.muc4.values import (
    Filler,
    Option,
    Place,
    Template,
    days_of,
    number_of,
    places_of,
    plain,
    valid_day,
)
from variorum.reading.people import read_table

RIGHT, HALF, WRONG = 2, 1, 0


@cache
def _words_of_sort(*sorts: str) -> frozenset[str]:
    rows = read_table("variorum.evaluation.muc4", "scoring_words.tsv")
    return frozenset(word.upper() for word, sort in rows if sort in sorts)


@cache
def _clause() -> re.Pattern[str]:
    """Where the head of a string ends: a preposition, the begin of a clause, a comma or a bracket."""
    rows = read_table("variorum.evaluation.muc4", "clause_words.tsv")
    return re.compile(rf"\b({'|'.join(row[0].upper() for row in rows)})\b|[,\[(]")


def words(text: str) -> list[str]:
    """The words of a string, upper case; hyphens part words."""
    return re.findall(r"[A-Z0-9']+", plain(text).replace("-", " "))


def bare(text: str) -> tuple[str, ...]:
    """The words without articles, counting words and small figures."""
    count = _words_of_sort("count")
    return tuple(w for w in words(text) if w not in count and not (w.isdigit() and int(w) <= 10))


def _stem(word: str) -> str:
    word = word.replace("'S", "").strip("'")
    if len(word) > 4 and word.endswith("IES"):
        return f"{word[:-3]}Y"
    if word.endswith("MEN"):
        return f"{word[:-3]}MAN"
    plural = len(word) > 3 and word.endswith("S") and not word.endswith("SS")
    return word[:-1] if plural else word


def _content(text: str) -> list[str]:
    stop = _words_of_sort("count", "function")
    return [_stem(w) for w in words(text) if w not in stop and not w.isdigit()]


def _head(text: str) -> str:
    """The last word before the first preposition, clause or comma."""
    for piece in _clause().split(plain(text)):  # with the words that part them, some of which count
        found = _content(piece) if piece else []
        if found:
            return found[-1]
    return ""


def _without_brackets(text: str) -> str:
    return re.sub(r"[\[(][^\])]*[\])]", " ", text)


@cache
def grade_string(key: str, response: str) -> int:
    """Names and descriptions, as a careful reader would compare them."""
    if key == response:
        return RIGHT
    for form in (str, _without_brackets):
        if bare(form(key)) and bare(form(key)) == bare(form(response)):
            return RIGHT
    wanted, given = _content(key), _content(response)
    if not wanted or not given:
        return WRONG
    if set(wanted) == set(given):
        return RIGHT
    same_head = _head(key) == _head(response)
    if set(wanted) < set(given):  # more words than the key: in front they do no harm
        return RIGHT if same_head and wanted[-1] == given[-1] else HALF
    return HALF if set(given) < set(wanted) or same_head else WRONG


def _grade_number(key: str, response: str) -> int:
    wanted, given = number_of(key), number_of(response)
    if key == response or (wanted is not None and wanted == given):
        return RIGHT
    one = isinstance(given, tuple) and given[0] is not None and given[0] == given[1]
    if one and isinstance(wanted, tuple) and isinstance(given, tuple) and given[0] in wanted[:2]:
        return HALF
    return WRONG


def _grade_date(key: str, response: str) -> int:
    (first, last), (given, until) = days_of(key), days_of(response)
    if key == response or (until and (first, last) == (given, until)):
        return RIGHT
    if not last or not until:
        return WRONG
    if given == until:  # one day, where the key has a span or a last day
        if first is None:
            end = valid_day(last)
            first = (end - timedelta(days=2)).isoformat() if end else last
        return HALF if first != last and first <= until <= last else WRONG
    if given is None or first is None:
        return HALF if until == last else WRONG
    return HALF if first != last and first <= until and given <= last else WRONG


def _same_places(key: list[list[Place]], response: list[list[Place]]) -> bool:
    """Whether at every level all names and types given are among those wanted."""
    return len(key) == len(response) and all(
        len(k) == len(r)
        and all(
            names <= known and types <= sorts for (known, sorts), (names, types) in zip(k, r, strict=True)
        )
        for k, r in zip(key, response, strict=True)
    )


def _grade_location(key: str, response: str) -> int:
    (country, places), (given, theirs) = places_of(key), places_of(response)
    same = _same_places(places, theirs)
    if country == given and same:
        return RIGHT
    return HALF if country == given or (places and same) else WRONG


def grade_value(slot: str, key: str, response: str) -> int:
    """Any two values of a slot."""
    kind = slots()[slot].kind
    if kind != "set":
        return _GRADES[kind](key, response)
    if key == response:
        return RIGHT
    return HALF if key in broader().get(slot, {}).get(response, ()) else WRONG


_GRADES: dict[str, Callable[[str, str], int]] = {
    "string": grade_string,
    "number": _grade_number,
    "date": _grade_date,
    "location": _grade_location,
}


def grade(template: Template, slot: str, filler: Filler, response: Option) -> tuple[int, int]:
    """How well a response answers a filler of a key's template: its value, and what it refers to."""
    best = (WRONG, WRONG)
    for option in filler.options:
        value = grade_value(slot, option.value, response.value)
        if not value:
            continue
        ref = _grade_ref(template, slot, option, response) if slots()[slot].refers_to else RIGHT
        best = max(best, (HALF if value == RIGHT and ref != RIGHT else value, ref))
    return best


def _grade_ref(template: Template, slot: str, key: Option, response: Option) -> int:
    if not key.refs or not response.refs:
        return RIGHT if key.refs == response.refs else WRONG
    names = set(key.refs)
    for target in slots()[slot].refers_to:
        for filler in template.fillers[target]:
            others = {o.value for o in filler.options}
            if others & set(key.refs):
                names |= others
    return max(grade_string(name, ref) for name in names for ref in response.refs)
