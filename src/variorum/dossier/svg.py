"""A few shapes of SVG, drawn with classes only: the page's style sheet colours them, so that dark pages and print work.

All text is escaped. Lengths are in the picture's own units, which are pixels at its natural size.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import cos, pi, sin

from markupsafe import Markup, escape

from variorum.dossier.printable import one_line

SHAPES = 8
"""How many markers can be told apart."""
_SIZE = 4.5
_WIDTH = 0.56
"""Mean width of a character, in parts of the font size; taken wide, so that labels do not run out of the picture."""


def element(tag: str, *children: Markup, **attributes: object) -> Markup:
    """An element. Underscores in names of attributes are hyphens; a trailing one is dropped; None leaves one out."""
    written = (
        Markup(' {}="{}"').format(name.rstrip("_").replace("_", "-"), _number(value))
        for name, value in attributes.items()
        if value is not None
    )
    return Markup("<{0}{1}>{2}</{0}>").format(tag, Markup("").join(written), Markup("").join(children))


def picture(width: float, height: float, children: Iterable[Markup], class_: str) -> Markup:
    """A whole picture. It is hidden from screen readers: what it shows stands beside it as a table or list."""
    return element(
        "svg",
        *children,
        class_=class_,
        viewBox=f"0 0 {_number(width)} {_number(height)}",
        width=width,
        height=height,
        aria_hidden="true",
        focusable="false",
    )


def text(x: float, y: float, words: str, class_: str = "", anchor: str | None = None) -> Markup:
    """A line of text whose base line is at y. `anchor` is `middle` or `end`."""
    return element("text", escape(one_line(words)), x=x, y=y, class_=class_ or None, text_anchor=anchor)


def line(x1: float, y1: float, x2: float, y2: float, class_: str, **more: object) -> Markup:
    """A straight line."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_, **more)


def path(points: Iterable[tuple[float, float]], class_: str) -> Markup:
    """A line through some points."""
    return element("path", d="M" + "L".join(f"{_number(x)} {_number(y)}" for x, y in points), class_=class_)


def marker(shape: int, x: float, y: float, class_: str) -> Markup:
    """One of `SHAPES` markers: disc, square, triangle, diamond, triangle on its tip, star, plus, cross."""
    kind = shape % SHAPES
    if kind == 0:
        return element("circle", cx=x, cy=y, r=_SIZE, class_=class_)
    return element("path", d=_outline(kind, x, y), class_=class_)


def link(target: str, note: str, *children: Markup) -> Markup:
    """A link of the picture to a note's words. The keyboard finds the same link in the table beside."""
    return element("a", *children, href=target, data_c=note, tabindex="-1")


def width_of(words: str, size: float) -> float:
    """About how wide a line of text is."""
    return len(words) * size * _WIDTH


def fitted(words: str, width: float, size: float) -> str:
    """The words, shortened to about a width."""
    most = max(1, int(width / (size * _WIDTH) + 0.01))
    line = one_line(words)
    return line if len(line) <= most else line[: max(1, most - 1)].rstrip() + "…"


def _outline(kind: int, x: float, y: float) -> str:
    s = _SIZE
    corners = {
        1: [(-s, -s), (s, -s), (s, s), (-s, s)],
        2: [(0, -s - 1), (s + 1, s), (-s - 1, s)],
        3: [(0, -s - 1.5), (s + 1.5, 0), (0, s + 1.5), (-s - 1.5, 0)],
        4: [(0, s + 1), (s + 1, -s), (-s - 1, -s)],
        5: [(r * sin(pi * n / 5), -r * cos(pi * n / 5)) for n, r in enumerate([s + 2, (s + 2) / 2.4] * 5)],
        6: _plus(s + 1.5, 1.6),
        7: [((a - b) * 0.7071, (a + b) * 0.7071) for a, b in _plus(s + 1.5, 1.6)],
    }[kind]
    return "M" + "L".join(f"{_number(x + a)} {_number(y + b)}" for a, b in corners) + "Z"


def _plus(s: float, t: float) -> list[tuple[float, float]]:
    return [
        (-t, -s),
        (t, -s),
        (t, -t),
        (s, -t),
        (s, t),
        (t, t),
        (t, s),
        (-t, s),
        (-t, t),
        (-s, t),
        (-s, -t),
        (-t, -t),
    ]


def _number(value: object) -> object:
    """Numbers with one decimal at most, to keep pages small and the same everywhere."""
    if isinstance(value, float):
        rounded = round(value, 1)
        return int(rounded) if rounded == int(rounded) else rounded
    return value
