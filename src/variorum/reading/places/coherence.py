"""Settle all names of a report together: a place is likelier where others of the report are near.

Each candidate's score is a weighted sum of its own features and of the support it has from the
likely candidates of the other names: same country or division, few kilometres, one inside the
other. Scores become chances within each name by softmax, "none of these" being one choice; with
the chances the support is taken anew. Two rounds of that are enough.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from variorum.reading.places.candidates import Group

Matrix = NDArray[np.float32]
SUPPORTS: Final = (
    "country",
    "admin1",
    "admin2",
    "40km",
    "150km",
    "500km",
    "holds",
    "in_country",
    "in_admin1",
    "in_admin2",
    "sibling_country",
    "sibling_admin1",
    "sibling_150km",
)
ROUNDS: Final = 2
_EARTH_KM: Final = 6371.0


class Field:
    """All candidates of a report in rows, with who supports whom."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self.groups = groups
        self.rows = [(g, place) for g, group in enumerate(groups) for place in group.candidates]
        self.group = np.array([g for g, _ in self.rows], dtype=np.int32)
        self.weights = np.array([groups[g].weight for g, _ in self.rows], dtype=np.float32)
        self.fixed = np.array([groups[g].fixed for g, _ in self.rows], dtype=bool)
        self._kernels = self._build()

    def start(self) -> NDArray[np.float64]:
        """Chances before any round: certain for fixed groups, none for the rest."""
        return self.fixed.astype(np.float64)

    def support(self, chances: NDArray[np.float64]) -> Matrix:
        """Rows of support values by candidate: for each kind the share of the others and a saturating sum."""
        mass = (chances * self.weights).astype(np.float32)
        sums = self._kernels @ mass
        total = np.maximum(self._reach @ mass, 1e-6)
        return np.concatenate([np.sqrt(sums / total), 1 - np.exp(-2 * sums)]).T

    def _build(self) -> Matrix:
        n = len(self.rows)
        places = [place for _, place in self.rows]
        number = np.array([p.number for p in places])
        codes = {code: i for i, code in enumerate(sorted({p.country for p in places if p.country}))}
        country = np.array([codes[p.country] if p.country else -1 - i for i, p in enumerate(places)])
        admin1 = np.array([-1 - i if p.admin1 is None else p.admin1 for i, p in enumerate(places)])
        admin2 = np.array([-1 - i if p.admin2 is None else p.admin2 for i, p in enumerate(places)])
        is_country = np.array([p.level == "country" for p in places], dtype=bool)
        lat = np.radians([p.lat for p in places])
        lon = np.radians([p.lon for p in places])
        units = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
        near = (units @ units.T).astype(np.float32)
        narrow = np.array([p.level in ("town", "admin2") for p in places], dtype=bool)
        near[~narrow, :] = -1
        near[:, ~narrow] = -1
        groups = self.group
        closeness, sibling = self._between_groups()
        reach = np.where(groups[:, None] != groups[None, :], closeness[groups[:, None], groups[None, :]], 0)
        reach = reach.astype(np.float32)
        beside = sibling[groups[:, None], groups[None, :]]
        same_country = country[:, None] == country[None, :]
        same_admin1 = admin1[:, None] == admin1[None, :]
        in_country = same_country & is_country[None, :] & ~is_country[:, None]
        in_admin1 = (admin1[:, None] == number[None, :]) & (number[:, None] != number[None, :])
        in_admin2 = (admin2[:, None] == number[None, :]) & (number[:, None] != number[None, :])
        close = near >= math.cos(150 / _EARTH_KM)
        kernels = [
            same_country,
            same_admin1,
            admin2[:, None] == admin2[None, :],
            near >= math.cos(40 / _EARTH_KM),
            close,
            near >= math.cos(500 / _EARTH_KM),
            (in_country | in_admin1 | in_admin2).T,
            in_country,
            in_admin1,
            in_admin2,
            same_country & beside,
            same_admin1 & beside,
            close & beside,
        ]
        self._reach = reach
        return (
            np.stack([kernel * reach for kernel in kernels])
            if n
            else np.zeros((len(kernels), 0, 0), np.float32)
        )

    def _between_groups(self) -> tuple[Matrix, NDArray[np.bool_]]:
        """How much one name bears on another (nearer in the text, more), and which stand in a list."""
        n = len(self.groups)
        closeness = np.full((n, n), 0.5, dtype=np.float32)
        sibling = np.zeros((n, n), dtype=bool)
        for a in range(n):
            sibling[a, list(self.groups[a].siblings)] = True
            for b in range(a):
                gap = _gap(self.groups[a].positions, self.groups[b].positions)
                closeness[a, b] = closeness[b, a] = 0.4 + 0.6 * math.exp(-gap / 400)
        return closeness, sibling


def _gap(a: Sequence[int], b: Sequence[int]) -> float:
    """The least distance in characters between sorted positions."""
    best = math.inf
    i = j = 0
    while i < len(a) and j < len(b):
        best = min(best, abs(a[i] - b[j]))
        if a[i] < b[j]:
            i += 1
        else:
            j += 1
    return best


def own_features(groups: Sequence[Group], order: Sequence[str]) -> Matrix:
    """The candidates' own features as rows, in the order of their names."""
    column = {name: i for i, name in enumerate(order)}
    table = np.zeros((sum(len(group.candidates) for group in groups), len(order)), dtype=np.float32)
    row = 0
    for group in groups:
        for features in group.features:
            for name, value in features.items():
                table[row, column[name]] = value
            row += 1
    return table


def chances_of(scores: NDArray[np.float64], field: Field, nothing: float) -> NDArray[np.float64]:
    """Softmax within each group, with one more choice, none of the candidates, of score `nothing`."""
    top = np.full(len(field.groups), nothing)
    np.maximum.at(top, field.group, scores)
    powers = np.exp(scores - top[field.group])
    sums = np.bincount(field.group, weights=powers, minlength=len(field.groups)) + np.exp(nothing - top)
    return np.where(field.fixed, 1.0, powers / sums[field.group])


def support_names() -> list[str]:
    """The names of the columns of `Field.support`."""
    return [f"share:{name}" for name in SUPPORTS] + [f"some:{name}" for name in SUPPORTS]


def settle(
    groups: Sequence[Group], first: Mapping[str, float], later: Mapping[str, float], order: Sequence[str]
) -> list[NDArray[np.float64]]:
    """The chance of each candidate of each group, by the weights of the first and of the later rounds."""
    field = Field(groups)
    own = own_features(groups, order)
    for round_ in range(ROUNDS + 1):
        weights = later if round_ else first
        if not round_:
            chances = field.start()
        scores = own @ np.array([weights.get(name, 0.0) for name in order]) + field.support(
            chances
        ) @ np.array([weights.get(name, 0.0) for name in support_names()])
        chances = chances_of(scores, field, weights.get("nothing", 0.0))
    return [chances[field.group == g] for g in range(len(groups))]
