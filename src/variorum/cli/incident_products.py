"""What can be made of an incident that many reports tell of: a piece of text, by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from variorum.cli.names import Form, ProfileName
from variorum.cli.outlets import file_name
from variorum.cli.pile import Pile
from variorum.cli.products import ended, lines
from variorum.dossier.listing import Entry, entry_of
from variorum.model import Dossier, guarded

IncidentWriter = Callable[[Pile, Dossier], str]


def incident_product(form: Form, width: int | None, profiles: Sequence[ProfileName]) -> IncidentWriter:
    """What makes this form of an incident's dossier, with its tolls by some profiles below.

    It raises `VariorumError`; any failure of ours becomes one, reading-failed.
    """
    forms: dict[Form, IncidentWriter] = {
        Form.DOSSIER: lambda pile, dossier: _terminal(pile, dossier, width, profiles),
        Form.JSON: lambda pile, dossier: _json(pile, dossier, profiles),
        Form.HTML: _html,
        Form.MARKDOWN: lambda pile, dossier: _markdown(pile, dossier, profiles),
    }
    write = forms[form]
    return lambda pile, dossier: guarded(
        lambda: write(pile, dossier), "laying it out", dossier.incident or ""
    )


def list_entry(pile: Pile, dossier: Dossier) -> Entry:
    """The incident as an entry of a list."""
    return entry_of(dossier, pile.readings_of(dossier), pile.incident_of(dossier).reports)


def index_page(pile: Pile, dossiers: Sequence[Dossier]) -> str:
    """A page that leads to the pages of some incidents, in a folder where each is named after its id."""
    from variorum.dossier.listing_page import render_listing

    entries = [list_entry(pile, dossier) for dossier in dossiers]
    reader = next(iter(pile.readings.values())).reader
    return ended(render_listing([(entry, f"{file_name(entry.id)}.html") for entry in entries], reader))


def _terminal(pile: Pile, dossier: Dossier, width: int | None, profiles: Sequence[ProfileName]) -> str:
    from variorum.dossier import render_incident_terminal
    from variorum.dossier.plain_lines import Page

    text = ended(
        render_incident_terminal(dossier, pile.readings_of(dossier), width=width, colour=width is not None)
    )
    page = Page(width or 100, colour=width is not None)
    for name in profiles:
        head, *rest = _tally(dossier, name)
        text += "\n" + page.bold(page.line(head))
        text += "".join(page.line(line, 4 if line.startswith(" ") else 2) for line in rest)
    return text


def _html(pile: Pile, dossier: Dossier) -> str:
    from variorum.dossier import render_incident_html

    return ended(render_incident_html(dossier, pile.readings_of(dossier)))


def _markdown(pile: Pile, dossier: Dossier, profiles: Sequence[ProfileName]) -> str:
    from variorum.dossier import render_incident_markdown
    from variorum.dossier.markdown import plain

    text = ended(render_incident_markdown(dossier, pile.readings_of(dossier)))
    for name in profiles:
        head, *rest = _tally(dossier, name)
        text += f"\n## Tolls by the profile {plain(head)}\n\n"
        text += "".join(f"{'  ' if line.startswith(' ') else ''}- {plain(line)}\n" for line in rest)
    return text


def _json(pile: Pile, dossier: Dossier, profiles: Sequence[ProfileName]) -> str:
    from variorum.dossier import incident_json

    row: dict[str, Any] = incident_json(dossier, pile.readings_of(dossier))
    if profiles:
        from variorum.reconciling.profiles import apply

        tallies = {name.value: apply(name.value, dossier).model_dump(mode="json") for name in profiles}
        row = {**row, "tallies": tallies}
    return lines([row])


def _tally(dossier: Dossier, profile: ProfileName) -> tuple[str, ...]:
    """The tolls by a profile in lines: whose rule it is, then figures with the rule's words indented below."""
    from variorum.reconciling.profiles import apply, tally_in_words

    return tally_in_words(apply(profile.value, dossier))
