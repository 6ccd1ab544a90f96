"""Names: whether two names mean the same source or the same actor.

Names are compared as sets of words: case, word order, nationality or country ("Ukrainian army", "Armed Forces of
Ukraine") and words such as "the" or "government" make no difference. Beyond that, tables of aliases tell what is
the same: JSON objects {"name": ["other name", …]}, with `_same_actor` for lists of names that are the same as
actors but never as sources (a state and its army).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from variorum.evaluation.lexicon import name_words
from variorum.model import InputError

Table = Mapping[str, list[Any]]


def load_aliases(paths: Iterable[Path]) -> list[Table]:
    """The tables in alias files. Raises `InputError` bad-annotation for one that is none."""
    tables: list[Table] = []
    for path in paths:
        try:
            table = json.loads(path.read_text(encoding="utf-8-sig"))
        except (OSError, ValueError, RecursionError) as error:
            raise _bad(path, f"cannot be read: {error}") from None
        if not isinstance(table, dict) or not all(isinstance(others, list) for others in table.values()):
            raise _bad(path, "not a table of aliases")
        tables.append(table)
    return tables


class Names:
    """Knows names that mean the same party."""

    def __init__(self, tables: Iterable[Table] = ()) -> None:
        self._canonical: dict[str, str] = {}
        groups: list[list[str]] = []
        for table in tables:
            for name, others in table.items():
                if name == "_same_actor":
                    groups += others
                    continue
                for other in [name, *map(str, others)]:
                    self._canonical.setdefault(plain(other), plain(name))
        self._actor = {self.of(name): self.of(group[0]) for group in groups for name in group}

    def of(self, name: object) -> str:
        """The one form of a name that stands for all its others."""
        words = plain(str(name or ""))
        return self._canonical.get(words, words)

    def same_source(self, key: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
        """Whether a finding credits the annotated source, or one credited jointly with it."""
        return self.of(found.get("source")) in map(self.of, [key["source"], *key.get("joint", [])])

    def same_actor(self, key: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
        """Whether two claims name the same actor."""
        one, two = self.of(key.get("actor")), self.of(found.get("actor"))
        return self._actor.get(one, one) == self._actor.get(two, two)


@lru_cache(maxsize=10_000)
def plain(name: str) -> str:
    """The words of a name that count, sorted."""
    lexicon = name_words()
    text = re.sub(r"[’']s?\b", "", name.lower()).replace(".", "")
    for word, forms in lexicon.same:
        text = forms.sub(word, text)
    words = {lexicon.country.get(word, word) for word in re.findall(r"[\w-]+", text)}
    return " ".join(sorted(words - lexicon.empty or words))


def _bad(path: Path, what: str) -> InputError:
    remedy = 'write {"name": ["other name", …]}'
    return InputError(what, where=str(path), remedy=remedy, code="bad-annotation")
