"""The commands on a ledger and their options."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from variorum.cli.fetch_options import (
    AllowNetwork,
    Authorities,
    Contact,
    LongestWait,
    MaxBytes,
    Pause,
    Timeout,
    Tries,
)
from variorum.cli.ledger_options import (
    AtPlace,
    By,
    OfParty,
    OfType,
    RecordedBy,
    Since,
    Until,
    Where,
    WithOutcome,
    WithStatus,
)
from variorum.cli.llm_options import LlmCache, LlmModel, LlmReport, LlmUrl, UsingReader
from variorum.cli.names import Form, ReaderName, TextOrJson
from variorum.cli.options import AsOf, Errors, Files, Jobs, Output, Parties, Profiles, Published, Publisher
from variorum.cli.watch_command import watch

_TextForm = Annotated[TextOrJson, typer.Option("--as", help="What to write.")]


def add(
    ledger: Where,
    files: Files,
    published: Published = None,
    publisher: Publisher = None,
    parties: Parties = None,
    by: By = None,
    link: Annotated[
        bool, typer.Option("--link/--no-link", help="Link the reports when all are filed.")
    ] = True,
    contact: Contact = None,
    allow_network: AllowNetwork = None,
    pause: Pause = None,
    timeout: Timeout = None,
    longest_wait: LongestWait = None,
    tries: Tries = None,
    max_bytes: MaxBytes = None,
    authorities: Authorities = None,
    reader: UsingReader = ReaderName.DEFAULT,
    llm_url: LlmUrl = None,
    llm_model: LlmModel = None,
    llm_cache: LlmCache = None,
    llm_report: LlmReport = None,
    form: _TextForm = TextOrJson.TEXT,
    jobs: Jobs = 1,
    errors: Errors = TextOrJson.TEXT,
) -> None:
    """Read reports and file them in a ledger. What is there already is not read again."""
    from variorum.cli.fetch_options import settings_of
    from variorum.cli.ledger_add import AddCommand
    from variorum.cli.ledger_options import name_of
    from variorum.cli.llm_options import chosen
    from variorum.cli.session import inputs, session
    from variorum.intake import Fetcher
    from variorum.ledger import Ledger, user_cache

    with (
        session(errors) as faults,
        chosen(reader, llm_url, llm_model, llm_cache, llm_report, parties, jobs, faults) as model,
    ):
        what = inputs(files, published, publisher, parties, jobs, model)
        settings = settings_of(
            contact, allow_network, pause, timeout, longest_wait, tries, max_bytes, authorities
        )
        with Ledger.open(ledger, cache=user_cache()) as opened:
            sys.stdout.write(AddCommand(name_of(by), link, form, Fetcher(settings)).run(opened, what, faults))


def incidents(
    ledger: Where,
    since: Since = None,
    until: Until = None,
    party: OfParty = None,
    place: AtPlace = None,
    outcome: WithOutcome = None,
    status: WithStatus = None,
    kind: OfType = None,
    as_of: AsOf = None,
    recorded: RecordedBy = None,
    form: _TextForm = TextOrJson.TEXT,
    output: Output = None,
    errors: Errors = TextOrJson.TEXT,
) -> None:
    """List the incidents of a ledger, as of any day."""
    from variorum.cli.ledger_options import time_of, wanted_of
    from variorum.cli.ledger_views import list_of
    from variorum.cli.outlets import outlet
    from variorum.cli.session import day_of, session
    from variorum.ledger import Ledger

    with session(errors), Ledger.open(ledger, make=False) as opened, outlet(output) as out:
        wanted = wanted_of(since, until, party, place, outcome, status, kind)
        found = opened.incidents(wanted, as_of=day_of(as_of, "--as-of"), recorded=time_of(recorded))
        out.put("", list_of(found, form))


def show(
    ledger: Where,
    incident: Annotated[
        str, typer.Argument(metavar="INCIDENT", help="Its id, as listed.", show_default=False)
    ],
    as_of: AsOf = None,
    recorded: RecordedBy = None,
    form: Annotated[Form, typer.Option("--as", help="What to write.")] = Form.DOSSIER,
    profile: Profiles = None,
    output: Output = None,
    errors: Errors = TextOrJson.TEXT,
) -> None:
    """Lay out one incident of a ledger, with decisions applied and with what stands no longer."""
    from variorum.cli.ledger_options import time_of
    from variorum.cli.ledger_views import opened_as
    from variorum.cli.outlets import outlet
    from variorum.cli.session import day_of, session, terminal_width
    from variorum.ledger import Ledger
    from variorum.model import SettingError

    with session(errors), Ledger.open(ledger, make=False) as opened:
        if form is Form.CLAIMS or (form is Form.HTML and profile):
            raise SettingError(
                "not of an incident in this form", where="--as", remedy="choose dossier, json or markdown"
            )
        found = opened.dossier(incident, as_of=day_of(as_of, "--as-of"), recorded=time_of(recorded))
        with outlet(output) as out:
            out.put("", opened_as(found, form, terminal_width(output), profile or []))


def search(
    ledger: Where,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORDS...", help='All of them; "words in a row" in quotation marks.', show_default=False
        ),
    ],
    since: Since = None,
    until: Until = None,
    party: OfParty = None,
    place: AtPlace = None,
    outcome: WithOutcome = None,
    status: WithStatus = None,
    kind: OfType = None,
    as_of: AsOf = None,
    recorded: RecordedBy = None,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="Reports at most.")] = 50,
    form: _TextForm = TextOrJson.TEXT,
    output: Output = None,
    errors: Errors = TextOrJson.TEXT,
) -> None:
    """Find reports of a ledger by their words and by what their incidents come to."""
    from variorum.cli.ledger_options import time_of, wanted_of
    from variorum.cli.ledger_views import hits_of
    from variorum.cli.outlets import outlet
    from variorum.cli.session import day_of, session
    from variorum.ledger import Ledger

    with session(errors), Ledger.open(ledger, make=False) as opened, outlet(output) as out:
        wanted = wanted_of(since, until, party, place, outcome, status, kind)
        # A shell takes quotation marks away: what came as one argument with spaces in it is meant in a row.
        asked = " ".join(f'"{one}"' if " " in one and '"' not in one else one for one in words)
        day, time = day_of(as_of, "--as-of"), time_of(recorded)
        out.put("", hits_of(opened.search(asked, wanted, as_of=day, recorded=time, limit=limit), form))


def decide(
    ledger: Where,
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="[KIND]",
            help="accept, reject, correct, add, join, split, never, rename, set, undo; withdraw, replace.",
            show_default=False,
        ),
    ] = None,
    subjects: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ID]...", help="The claim, party, incident, decision or reports.", show_default=False
        ),
    ] = None,
    why: Annotated[
        str | None, typer.Option(metavar="REASON", help="The reason; there is no decision without.")
    ] = None,
    by: By = None,
    others: Annotated[
        list[str] | None,
        typer.Option("--other", metavar="ID", help="The other reports. May be given several times."),
    ] = None,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="The name for rename.")] = None,
    claim: Annotated[
        str | None, typer.Option(metavar="JSON", help="The whole claim for correct and add.")
    ] = None,
    to_type: Annotated[str | None, typer.Option("--type", metavar="TYPE", help="The type to set.")] = None,
    day: Annotated[str | None, typer.Option(metavar="DAY", help="The day to set, YYYY-MM-DD.")] = None,
    place: Annotated[str | None, typer.Option(metavar="NAME", help="The place to set.")] = None,
    on: Annotated[
        str | None, typer.Option(metavar="DAY", help="The day of a withdrawal or replacement.")
    ] = None,
    file: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Take decisions from lines of JSON instead; - is standard input."),
    ] = None,
    form: _TextForm = TextOrJson.TEXT,
    errors: Errors = TextOrJson.TEXT,
) -> None:
    """Record what a reviewer decided, or that a publisher took a report back. Nothing is changed; views obey it."""
    from variorum.cli.ledger_decide import decide as record
    from variorum.cli.ledger_decide import from_file, from_options
    from variorum.cli.ledger_options import name_of
    from variorum.cli.session import session
    from variorum.ledger import Ledger, user_cache
    from variorum.model import SettingError

    with session(errors), Ledger.open(ledger, make=False, cache=user_cache()) as opened:
        if (kind is None) == (file is None):
            raise SettingError("say a kind of decision, or --file", where="decide", remedy="one of the two")
        more = {"why": why, "others": others, "name": name, "claim": claim, "type": to_type, "day": day}
        told = (
            from_file(file)
            if file
            else [from_options(kind or "", subjects or [], **more, place=place, on=on)]
        )
        for one in record(opened, told, name_of(by)):
            sys.stdout.write(
                json.dumps({"recorded": one}) + "\n" if form is TextOrJson.JSON else f"recorded: {one}\n"
            )


def verify(ledger: Where, form: _TextForm = TextOrJson.TEXT, errors: Errors = TextOrJson.TEXT) -> None:
    """Recompute every hash, offset and id of a ledger; report the first damage."""
    from variorum.cli.session import session
    from variorum.ledger import Ledger

    with session(errors), Ledger.open(ledger, make=False) as opened:
        counts, content = opened.verify(), opened.content_hash()
        if form is TextOrJson.JSON:
            sys.stdout.write(json.dumps({"checked": counts, "content_hash": content}) + "\n")
        else:
            told = ", ".join(f"{number:,} {name.replace('_', ' ')}" for name, number in counts.items())
            sys.stdout.write(f"sound: {told}\ncontent {content}\n")


def backup(
    ledger: Where,
    target: Annotated[Path, typer.Argument(metavar="FILE", help="A new file.", show_default=False)],
    form: _TextForm = TextOrJson.TEXT,
    errors: Errors = TextOrJson.TEXT,
) -> None:
    """Copy a ledger as of now into a new file of SQLite, whichever database it is in."""
    from variorum.cli.session import session
    from variorum.ledger import Ledger

    with session(errors), Ledger.open(ledger, make=False) as opened:
        made = opened.backup(target)
        with Ledger.open(made) as copy:
            content = copy.content_hash()
        if form is TextOrJson.JSON:
            sys.stdout.write(json.dumps({"file": str(made), "content_hash": content}) + "\n")
        else:
            sys.stdout.write(f"{made}: content {content}\n")


def check(ledger: Where, form: _TextForm = TextOrJson.TEXT, errors: Errors = TextOrJson.TEXT) -> None:
    """Tell what state a ledger is in, and whether it can be kept here."""
    from variorum.cli.ledger_views import findings_as
    from variorum.cli.session import session
    from variorum.ledger import Ledger
    from variorum.model import VariorumError

    with session(errors) as faults, Ledger.open(ledger, make=False) as opened:
        found = opened.check()
        sys.stdout.write(findings_as(found, form))
        for one in (one for one in found if one.state == "bad"):
            faults.refuse(
                VariorumError(
                    f"{one.what}: {one.found}", where=ledger, remedy="see docs/ledger.md", code="unsound"
                )
            )


def import_(
    ledger: Where,
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILES...", help="CSV files: UCDP GED or ACLED-shaped.", show_default=False),
    ],
    by: By = None,
    name: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Name of the set; the file's if left out. Of one name, the last set counts."
        ),
    ] = None,
    terms: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Under which terms or licence the data may be used.")
    ] = None,
    form: _TextForm = TextOrJson.TEXT,
    errors: Errors = TextOrJson.TEXT,
) -> None:
    """Keep other people's data sets in a ledger, to compare with; never among its own incidents."""
    from variorum.cli.ledger_import import ImportCommand
    from variorum.cli.ledger_options import name_of
    from variorum.cli.session import session
    from variorum.ledger import Ledger

    with session(errors) as faults:
        command = ImportCommand(name_of(by), name, terms, form)
        command.check(files)
        with Ledger.open(ledger) as opened:
            for told in command.run(opened, files, faults):
                sys.stdout.write(told)


def references(
    ledger: Where,
    wanted: Annotated[
        str | None,
        typer.Option("--set", metavar="NAME", help="Hand back the rows of this set, by its name or id."),
    ] = None,
    form: _TextForm = TextOrJson.TEXT,
    output: Output = None,
    errors: Errors = TextOrJson.TEXT,
) -> None:
    """List the reference sets of a ledger; or hand back the rows of one, as CSV with every cell."""
    from variorum.cli.ledger_import import rows_as, sets_as
    from variorum.cli.outlets import outlet
    from variorum.cli.session import session
    from variorum.ledger import Ledger

    with session(errors), Ledger.open(ledger, make=False) as opened, outlet(output) as out:
        if wanted is None:
            out.put("", sets_as(opened.reference_sets(), form))
        else:
            for told in rows_as(opened, wanted, form):
                out.put("", told)


COMMANDS = (add, watch, incidents, show, search, decide, import_, references, verify, backup, check)
