"""The words by which names are compared, from data/names.yaml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class NameWords:
    """Phrases that one word stands for, words without weight, and the country of each nationality."""

    same: tuple[tuple[str, re.Pattern[str]], ...]
    empty: frozenset[str]
    country: dict[str, str]


@cache
def name_words() -> NameWords:
    """The words for comparing names of parties."""
    data = _data()
    same = tuple(
        (word, re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, forms), key=len, reverse=True))})\b"))
        for word, forms in data["same"]
    )
    country = {people: land for land, peoples in data["countries"].items() for people in peoples}
    return NameWords(same, frozenset(data["empty"]), country)


@cache
def pronouns() -> frozenset[str]:
    """Pronouns, lower-case."""
    return frozenset(_data()["pronouns"])


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(
        files(__package__).joinpath("data/names.yaml").read_text(encoding="utf-8")
    )
    return data
