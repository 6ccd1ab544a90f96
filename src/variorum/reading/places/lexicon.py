"""The words that place names stand among, read once from the package's data."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


def _text(name: str) -> str:
    return files(__package__).joinpath("data", name).read_text(encoding="utf-8")


@cache
def _cues() -> dict[str, Any]:
    return dict(yaml.load(_text("cues.yaml"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))


@cache
def words(kind: str) -> frozenset[str]:
    """The lower-case words of one kind: parts, near, locative, bodies, roads, titles."""
    return frozenset(_cues()[kind])


@cache
def designated_levels() -> dict[str, frozenset[str]]:
    """The levels that a kind of division ("province", "county", "city") can stand for."""
    found: dict[str, set[str]] = {}
    for level, kinds in _cues()["designators"].items():
        for kind in kinds:
            found.setdefault(kind, set()).add(level)
    return {kind: frozenset(levels) for kind, levels in found.items()}


@cache
def demonyms() -> dict[str, str]:
    """Country codes by the word for their people."""
    rows = (line.split("\t") for line in _text("demonyms.tsv").splitlines() if line and line[0] != "#")
    return {word: code for word, code, *_ in rows}


@cache
def common_words() -> frozenset[str]:
    """Name keys that are also everyday words, such as "most", "police" and "bath"."""
    return frozenset(line for line in _text("common.txt").splitlines() if line and line[0] != "#")


@cache
def weights(model: str) -> dict[str, float]:
    """The weight of each feature of one of the linear models, by the feature's name."""
    return dict(json.loads(_text("weights.json"))[model])


@cache
def feature_order() -> tuple[str, ...]:
    """The names of the candidates' own features, in the order of the columns."""
    return (
        "people",
        "country",
        "admin1",
        "admin2",
        "town",
        "region",
        "water",
        "top",
        "capital",
        "short",
        "alternate",
        "alone",
        "held",
        "not_held",
        "kind",
        "not_kind",
        "town_under_admin1",
        "town_under_country",
        "publisher",
        "same_name",
    )
