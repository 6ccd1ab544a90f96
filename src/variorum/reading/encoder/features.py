"""What the grammar tells the network about a quantity."""

from __future__ import annotations

import math

from variorum.reading.encoder.outputs import GROUPS, QUANTITY_KINDS
from variorum.reading.groups import group_evidence
from variorum.reading.quantities import Quantity


def quantity_features(text: str, quantity: Quantity) -> list[float]:
    """The features of `outputs.TOLL_FEATURES`, in order."""
    words = text[quantity.start : quantity.end]
    groups = group_evidence(words) or {}
    bound = quantity.minimum if quantity.minimum is not None else quantity.maximum or 0
    return [
        *(float(quantity.kind == kind) for kind in QUANTITY_KINDS),
        *(float(groups.get(group, 0.0)) for group in GROUPS),
        min(1.0, math.log10(1 + bound) / 4),
    ]
