"""Quantities of people: an exact grammar of numbers, their qualifiers and the nouns they count.

`find_quantities` lists candidates; whether each is a toll, and of what outcome, is decided elsewhere.
"""

from variorum.reading.quantities.finding import find_quantities
from variorum.reading.quantities.quantity import Quantity, QuantityKind

__all__ = ["Quantity", "QuantityKind", "find_quantities"]
