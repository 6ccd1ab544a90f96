"""The baseline of linking: one pass, TF-IDF, cosine to the centroids of incidents.

Each report in the order of arrival joins the incident whose centroid is likest, if the cosine reaches the threshold; else
it begins one. A centroid is the sum of the reports' vectors; weights are (1 + log count) * log(reports so far / reports with
the word). With `window`, only incidents with a report in the last so many days are looked at; without, all are.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from datetime import date

from variorum.model import Report

_WORD = re.compile(r"[a-z0-9]+")


class SinglePass:
    def __init__(self, threshold: float, window: int | None) -> None:
        self._threshold = threshold
        self._window = window
        self._uses: Counter[str] = Counter()
        self._reports = 0
        self._centroids: dict[int, tuple[dict[str, float], date]] = {}
        self._incidents = 0

    def add(self, report: Report) -> int:
        """The number of the report's incident."""
        counts = Counter(_WORD.findall(f"{report.title or ''} {report.text}".lower()))
        self._reports += 1
        self._uses.update(counts.keys())
        vector = {
            w: (1 + math.log(n)) * math.log((1 + self._reports) / self._uses[w]) for w, n in counts.items()
        }
        size = math.sqrt(sum(v * v for v in vector.values())) or 1.0
        vector = {w: v / size for w, v in vector.items()}
        today = report.published or date.max
        if self._window is not None:
            over = [n for n, (_, last) in self._centroids.items() if (today - last).days > self._window]
            for number in over:
                del self._centroids[number]
        best, number = self._threshold, -1
        for other, (centroid, _) in self._centroids.items():
            likeness = sum(v * centroid[w] for w, v in vector.items() if w in centroid)
            # The length of a centroid stands under the empty word.
            likeness /= centroid[""]
            if likeness >= best:
                best, number = likeness, other
        if number < 0:
            number = self._incidents
            self._incidents += 1
            self._centroids[number] = ({**vector, "": 1.0}, today)
            return number
        centroid, _ = self._centroids[number]
        for word, value in vector.items():
            centroid[word] = centroid.get(word, 0.0) + value
        centroid[""] = math.sqrt(sum(v * v for w, v in centroid.items() if w))
        self._centroids[number] = (centroid, today)
        return number
