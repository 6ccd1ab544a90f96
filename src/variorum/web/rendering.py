"""Pages from templates: all that comes from reports is escaped, and nothing on a page is fetched from elsewhere."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, StrictUndefined

from variorum._version import __version__
from variorum.dossier import printable
from variorum.web.asking import Person, Role
from variorum.web.assets import asset_path

NAVIGATION = (
    ("incidents", "/incidents", "Incidents"),
    ("review", "/review", "Review"),
    ("add", "/add", "Add"),
    ("exports", "/exports", "Export"),
    ("about", "/about", "About this ledger"),
)
"""The places of the reading room: name, address, words."""


def render(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page. Each template extends `base.html.j2` and says in `here` which place of the navigation it belongs to."""
    text = environment().get_template(template).render(request=request, **values)
    return HTMLResponse(text, status_code=status)


@cache
def environment() -> Environment:
    """The templates with the filters and functions that all of them may use."""
    made = Environment(
        loader=ChoiceLoader(
            [
                PackageLoader("variorum.web", "templates"),
                PrefixLoader({"file": PackageLoader("variorum.dossier", "templates")}),
            ]
        ),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.filters["shown"] = lambda value: printable(str(value))
    made.filters["day"] = day_in_words
    made.filters["sentence"] = sentence
    made.globals |= {
        "asset": asset_path,
        "navigation": NAVIGATION,
        "version": __version__,
        "changed": changed_address,
        "counted": counted,
        "somebody": somebody,
        "is_shut": is_shut,
        "only_reads": only_reads,
    }
    return made


def somebody(request: Request) -> object | None:
    """Who is logged in; None where nobody is, or has to be."""
    return request.scope.get("person") if getattr(request.app.state, "team", False) else None


def is_shut(request: Request) -> bool:
    """Whether people must log in and whoever asks has not."""
    return bool(getattr(request.app.state, "team", False)) and somebody(request) is None


def only_reads(request: Request) -> bool:
    """Whether whoever asks may see and not decide: what they may not do is then not offered."""
    person: Person | None = request.scope.get("person")
    return person is not None and person.role < Role.ANALYST


def day_in_words(day: date | None) -> str:
    """A day as people write it: "5 May 2031"."""
    return f"{day.day} {day:%B %Y}" if day else "day unknown"


def sentence(words: str) -> str:
    """What an error says, as a sentence: with a capital and a stop, and names in it left as they are."""
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "!", "?")) else ".")


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 report", "1,204 reports"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def changed_address(request: Request, **changes: str | int | None) -> str:
    """The address of this page with some of its query changed; None and an empty value take a key out."""
    query = {key: value for key, value in request.query_params.multi_items() if key not in changes}
    kept = list(query.items()) + [
        (key, str(value)) for key, value in changes.items() if value not in (None, "")
    ]
    return f"{request.url.path}?{urlencode(kept)}" if kept else request.url.path
