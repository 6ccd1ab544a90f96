"""What every HTML page of the dossier is made with: templates, the page's own style and script, ids and safe links."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from variorum.dossier.printable import printable
from variorum.dossier.wording import CERTAINTY_MEANING, STATUS_MEANING, STATUS_SIGNS
from variorum.model import Report


@dataclass
class Anchors:
    """Gives each note its id where it is first shown, and nowhere else."""

    given: set[str] = field(default_factory=set)

    def once(self, mark: str) -> Markup:
        """The id attribute for a note, the first time it is asked for."""
        if mark in self.given:
            return Markup("")
        self.given.add(mark)
        return Markup(' id="n-{}"').format(mark)


def page(template: str, *styles: str, **values: Any) -> str:
    """A page from a template, with its style sheets and script inside and their hashes for its policy."""
    style = "".join(asset(name) for name in ("tokens.css", "dossier.css", *styles))
    script = asset("dossier.js")
    return (
        _environment()
        .get_template(template)
        .render(
            anchors=Anchors(),
            signs=STATUS_SIGNS,
            status_meaning=STATUS_MEANING,
            certainty_meaning=CERTAINTY_MEANING,
            style=Markup(style),  # our own files, nothing of the report's
            script=Markup(script),
            style_hash=_hash(style),
            script_hash=_hash(script),
            **values,
        )
    )


def web_address(report: Report) -> str:
    """A report's address if a browser may be led there: http and https only, else empty."""
    return report.url if report.url and scheme_of(report.url) in ("http", "https") else ""


def scheme_of(url: str) -> str:
    """The scheme of an address in lower case; empty for what is none."""
    try:
        return urlsplit(url.strip()).scheme.lower()
    except ValueError:
        return ""


@cache
def asset(name: str) -> str:
    """The text of a file that lies beside the templates."""
    return files("variorum.dossier").joinpath("templates", name).read_text("utf-8")


def _hash(content: str) -> str:
    return base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("variorum.dossier", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters["shown"] = lambda value: printable(str(value))
    return environment
