"""One report as the reading of parties sees it: phrases with their senses, names of bodies and of persons."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from variorum.model.values import PartyKind
from variorum.reading.parties.lexicon import Body, KnownParty, Land, Lexicon
from variorum.reading.parties.tokens import Words


@dataclass(slots=True)
class Element:
    """Words i to j of the text that are one phrase. `org` and `person` hold names that no lexicon knows."""

    i: int
    j: int
    senses: dict[str, object] = field(default_factory=dict)
    org: tuple[str, PartyKind] | None = None
    person: str | None = None
    place: bool = False
    """Whether the words before a name show that it is a place."""

    def land(self) -> Land | None:
        """The country or region that the phrase names, in whatever form."""
        value = self.senses.get("land") or self.senses.get("people-of") or self.senses.get("seat")
        return value if isinstance(value, Land) else None

    @property
    def party(self) -> KnownParty | None:
        """The party of the lexicon that the phrase names."""
        value = self.senses.get("party")
        return value if isinstance(value, KnownParty) else None

    @property
    def body(self) -> Body | None:
        """The sort of body that the phrase names."""
        value = self.senses.get("body")
        return value if isinstance(value, Body) else None

    @property
    def office(self) -> Body | None:
        """The body that goes with the office that the phrase names."""
        value = self.senses.get("office")
        return value if isinstance(value, Body) else None


@dataclass(slots=True)
class Page:
    """A text's words and elements in order, and the country that most of it speaks of."""

    words: Words
    lexicon: Lexicon
    elements: list[Element]
    starts: list[int]
    home: Land | None
    capitalised: frozenset[str] = frozenset()
    """The words that are written with a capital letter inside some sentence."""

    def within(self, i: int, j: int) -> list[Element]:
        """The elements that begin at word i or later and before word j."""
        return self.elements[bisect_left(self.starts, i) : bisect_left(self.starts, j)]

    def before(self, i: int) -> Element | None:
        """The element that ends right before word i."""
        k = bisect_left(self.starts, i) - 1
        return self.elements[k] if k >= 0 and self.elements[k].j == i else None

    def starting(self, i: int) -> Element | None:
        """The element that begins at word i."""
        k = bisect_left(self.starts, i)
        return self.elements[k] if k < len(self.starts) and self.starts[k] == i else None

    def surface(self, element: Element) -> str:
        """The element's words as the text has them."""
        return self.words.surface(element.i, element.j)
