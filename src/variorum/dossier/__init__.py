"""The dossier: one report's incidents laid out for a reader, on a terminal, as Markdown or as one HTML file.

All three show the same `layout`: accounts side by side, one column a party and one row a question, each
figure with its words, and the number of a note that leads to them in the text. None says who is right.
"""

from variorum.dossier.html import render_html
from variorum.dossier.layout import Layout, lay_out
from variorum.dossier.markdown import render_markdown
from variorum.dossier.terminal import render_terminal

__all__ = ["Layout", "lay_out", "render_html", "render_markdown", "render_terminal"]
