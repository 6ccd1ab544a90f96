"""What the grammar of quantities finds: a number of people, where it stands and what values it allows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

QuantityKind = Literal["exact", "range", "open", "vague", "zero", "indefinite", "definite"]
"""How the number is given.

`exact` one value, perhaps approximate ("23 soldiers", "about 50"); `range` two values ("20 to 30"); `open`
one
bound stated ("at least 20", "up to 30"); `vague` a word without a figure ("dozens", "several"); `zero` nobody
("no casualties"); `indefinite` one person by article ("a soldier", "another man"); `definite` one person
already
known to the reader ("the driver was killed", "the soldier's death").
"""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of people in a text: a candidate, for others to decide whether it is a toll, and of what.

    All offsets are characters of the text, end exclusive. `start:end` holds the number with its qualifiers
    and, where
    it is visible, the noun phrase as far as its head. `noun_start:noun_end` are both None when no counted
    noun is found.
    `minimum` or `maximum` is None when that side is open; never both.
    """

    start: int
    end: int
    number_start: int
    number_end: int
    noun_start: int | None
    noun_end: int | None
    minimum: int | None
    maximum: int | None
    approximate: bool
    kind: QuantityKind

    def moved(self, span: Callable[[int, int], tuple[int, int]]) -> Quantity:
        """The same quantity in another form of its text, where `span` tells where characters lie."""
        start, end = span(self.start, self.end)
        number_start, number_end = span(self.number_start, self.number_end)
        noun = span(self.noun_start, self.noun_end) if self.noun_start is not None and self.noun_end else None
        return replace(
            self,
            start=start,
            end=end,
            number_start=number_start,
            number_end=number_end,
            noun_start=noun[0] if noun else None,
            noun_end=noun[1] if noun else None,
        )
