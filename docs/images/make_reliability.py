"""Draw whether scores are probabilities: docs/images/reliability.svg from what `training/calibration.py --figures` wrote.

python docs/images/make_reliability.py figures.json
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

OUT = Path(__file__).parent / "reliability.svg"
SIDE, LEFT, TOP = 360, 56, 16
COLOURS = ("#1d4e89", "#b3541e")
SHAPES = ("circle", "square")


def at(score: float, right: float) -> tuple[float, float]:
    """Where a point lies, in pixels."""
    return LEFT + score * SIDE, TOP + (1 - right) * SIDE


def mark(shape: str, x: float, y: float, colour: str, told: str) -> str:
    """A mark of a shape, with a title."""
    title = f"<title>{told}</title>"
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{colour}">{title}</circle>'
    return f'<rect x="{x - 4.5:.1f}" y="{y - 4.5:.1f}" width="9" height="9" fill="{colour}">{title}</rect>'


def drawn(figures: dict[str, Any]) -> str:
    """The whole picture, of the figures by the names of their parts."""
    parts = []
    for step in range(0, 11, 2):
        share = step / 10
        (x, bottom), (left, y) = at(share, 0), at(0, share)
        parts.append(
            f'<path d="M{x:.0f} {TOP}V{bottom:.0f}M{left:.0f} {y:.0f}H{LEFT + SIDE}" stroke="#ddd"/>'
        )
        parts.append(f'<text x="{x:.0f}" y="{bottom + 18:.0f}" text-anchor="middle">{share:.1f}</text>')
        parts.append(f'<text x="{left - 8:.0f}" y="{y + 4:.0f}" text-anchor="end">{share:.1f}</text>')
    (x0, y0), (x1, y1) = at(0, 0), at(1, 1)
    parts.append(f'<path d="M{x0} {y0}L{x1} {y1}" stroke="#777" stroke-dasharray="5 4"/>')
    for n, (name, one) in enumerate(figures.items()):
        points = [(*at(part["score"], part["right"]), part) for part in one["bins"]]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{COLOURS[n]}" stroke-width="1.5"/>')
        for x, y, part in points:
            told = (
                f"{name}: {part['number']} claims, mean score {part['score']:.2f}, right {part['right']:.2f}"
            )
            parts.append(mark(SHAPES[n], x, y, COLOURS[n], told))
        key = TOP + 18 + 20 * n
        parts.append(mark(SHAPES[n], LEFT + 16, key - 4, COLOURS[n], name))
        parts.append(f'<text x="{LEFT + 28}" y="{key}">{name} ({one["number"]} claims)</text>')
    parts.append(f'<text x="{LEFT + SIDE / 2}" y="{TOP + SIDE + 40}" text-anchor="middle">mean score</text>')
    middle = TOP + SIDE / 2
    parts.append(
        f'<text x="16" y="{middle}" text-anchor="middle" transform="rotate(-90 16 {middle})">share that can be kept</text>'
    )
    width, height = LEFT + SIDE + 16, TOP + SIDE + 52
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'font-family="sans-serif" font-size="12" role="img" '
        'aria-label="Scores of claims against the share that can be kept as they stand">'
        f'<rect width="{width}" height="{height}" fill="#fff"/>{"".join(parts)}</svg>\n'
    )


if __name__ == "__main__":
    OUT.write_text(drawn(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))), encoding="utf-8")
