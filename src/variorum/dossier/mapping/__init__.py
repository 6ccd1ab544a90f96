"""Maps: places as areas on a vector basemap, as one picture without any request.

A place is drawn as wide as it is vague: a ring for a point with its precision, the country's whole shape where no more is
known. Boundaries are Natural Earth's, which shows who holds a territory; no position is taken on them.
"""

from variorum.dossier.mapping.drawing import AREAS, Mark, draw_map

__all__ = ["AREAS", "Mark", "draw_map"]
