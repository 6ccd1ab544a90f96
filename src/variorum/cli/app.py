"""The commands and their options."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from variorum._version import __version__
from variorum.cli.ledger_commands import COMMANDS as ON_A_LEDGER
from variorum.cli.ledger_options import (
    AtPlace,
    OfParty,
    OfType,
    RecordedBy,
    Since,
    Until,
    WithOutcome,
    WithStatus,
)
from variorum.cli.llm_options import LlmCache, LlmModel, LlmReport, LlmUrl, UsingReader
from variorum.cli.names import (
    Benchmark,
    ExportFormat,
    Form,
    Layer,
    LinkLayer,
    ProfileName,
    ReaderName,
    SchemaName,
    TextOrJson,
)
from variorum.cli.options import (
    AsOf,
    Decisions,
    Errors,
    Files,
    Jobs,
    OneIncident,
    Output,
    Pages,
    Parties,
    Profiles,
    Published,
    Publisher,
)
from variorum.cli.people import COMMANDS as OF_PEOPLE
from variorum.cli.serving import COMMANDS as OF_THE_ROOM

app = typer.Typer(
    help="Reads news reports of contested incidents and keeps every account apart.",
    epilog="Exit status: 0 all read, 1 some refused, 2 used wrongly. Error codes: docs/errors.md.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"variorum {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and stop."),
    ] = False,
) -> None:
    pass


@app.command()
def read(
    files: Files,
    published: Published = None,
    publisher: Publisher = None,
    parties: Parties = None,
    form: Annotated[Form, typer.Option("--as", help="What to write.")] = Form.DOSSIER,
    separately: Annotated[
        bool, typer.Option("--separately", help="A dossier of each report; none is linked to another.")
    ] = False,
    decisions: Decisions = None,
    incident: OneIncident = None,
    as_of: AsOf = None,
    profile: Profiles = None,
    reader: UsingReader = ReaderName.DEFAULT,
    llm_url: LlmUrl = None,
    llm_model: LlmModel = None,
    llm_cache: LlmCache = None,
    llm_report: LlmReport = None,
    output: Pages = None,
    jobs: Jobs = 1,
    errors: Errors = TextOrJson.TEXT,
) -> None:
    """Read reports and lay out each incident: who claims what, in which words, how surely."""
    from variorum.cli.llm_options import chosen
    from variorum.cli.read import ReadCommand
    from variorum.cli.session import inputs, session, terminal_width
    from variorum.cli.views import view_of

    with (
        session(errors) as faults,
        chosen(reader, llm_url, llm_model, llm_cache, llm_report, parties, jobs, faults) as model,
    ):
        view = view_of(decisions, incident, as_of, profile)
        what = inputs(files, published, publisher, parties, jobs, model)
        ReadCommand(form, separately, view, terminal_width(output)).run(what, output, faults)


@app.command()
def link(
    files: Files,
    published: Published = None,
    publisher: Publisher = None,
    parties: Parties = None,
    form: Annotated[TextOrJson, typer.Option("--as", help="What to write.")] = TextOrJson.TEXT,
    layer: Annotated[
        LinkLayer | None, typer.Option(help="Write one layer of findings as JSON Lines instead.")
    ] = None,
    decisions: Decisions = None,
    incident: OneIncident = None,
    as_of: AsOf = None,
    output: Output = None,
    jobs: Jobs = 1,
    errors: Errors = TextOrJson.TEXT,
) -> None:
    """Link reports to incidents: which speak of the same one, why, and what is contested."""
    from variorum.cli.link import LinkCommand
    from variorum.cli.session import inputs, session, terminal_width
    from variorum.cli.views import view_of

    with session(errors) as faults:
        view = view_of(decisions, incident, as_of)
        what = inputs(files, published, publisher, parties, jobs)
        LinkCommand(form, layer, view, terminal_width(output)).run(what, output, faults)


@app.command()
def diff(
    files: Files,
    before: Annotated[str, typer.Option("--from", metavar="DAY", help="The earlier day, YYYY-MM-DD.")],
    after: Annotated[str, typer.Option("--to", metavar="DAY", help="The later day, YYYY-MM-DD.")],
    published: Published = None,
    publisher: Publisher = None,
    parties: Parties = None,
    form: Annotated[TextOrJson, typer.Option("--as", help="What to write.")] = TextOrJson.TEXT,
    decisions: Decisions = None,
    incident: OneIncident = None,
    output: Output = None,
    jobs: Jobs = 1,
    errors: Errors = TextOrJson.TEXT,
) -> None:
    """Tell what changed between two days: new reports and sources, other figures and statuses."""
    from variorum.cli.diff import DiffCommand
    from variorum.cli.session import inputs, session, terminal_width
    from variorum.cli.views import days_of, view_of

    with session(errors) as faults:
        view = view_of(decisions, incident)
        days = days_of(before, after)
        what = inputs(files, published, publisher, parties, jobs)
        DiffCommand(*days, form, view, terminal_width(output)).run(what, output, faults)


@app.command()
def export(
    files: Files,
    form: Annotated[ExportFormat, typer.Option("--format", help="In which form.")],
    table: Annotated[
        str | None, typer.Option(metavar="NAME", help="One table of csv, jsonl, parquet or xlsx; else all.")
    ] = None,
    profile: Annotated[
        ProfileName | None,
        typer.Option(help="Tolls by this project's rule; the format's own if it has one, else range."),
    ] = None,
    quote_words: Annotated[
        int | None, typer.Option(min=0, metavar="N", help="Words that a quote may have; 25 if left out.")
    ] = None,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Whole texts of the reports too: mind whose they are.")
    ] = False,
    published: Published = None,
    publisher: Publisher = None,
    parties: Parties = None,
    decisions: Decisions = None,
    incident: OneIncident = None,
    as_of: AsOf = None,
    since: Since = None,
    until: Until = None,
    party: OfParty = None,
    place: AtPlace = None,
    outcome: WithOutcome = None,
    status: WithStatus = None,
    kind: OfType = None,
    recorded: RecordedBy = None,
    output: Output = None,
    jobs: Jobs = 1,
    errors: Errors = TextOrJson.TEXT,
) -> None:
    """Hand incidents over in the field's own formats; each figure says by which rule and from which claims.

    FILES are reports, kept readings, or one ledger; of a ledger, incidents can be picked as `incidents` does.
    """
    from variorum.cli.export import ExportCommand
    from variorum.cli.ledger_options import time_of, wanted_of
    from variorum.cli.session import inputs, session
    from variorum.cli.views import view_of

    with session(errors) as faults:
        view = view_of(decisions, incident, as_of)
        what = inputs(files, published, publisher, parties, jobs)
        rule = profile.value if profile else None
        picked = (since, until, party, place, outcome, status, kind)
        wanted = wanted_of(*picked) if any(picked) else None
        command = ExportCommand(form, table, rule, quote_words, with_text, view, wanted, time_of(recorded))
        command.run(what, output, faults)


@app.command()
def compare(
    files: Files,
    reference: Annotated[
        Path | None,
        typer.Option("--with", metavar="CSV", help="Reference incidents: UCDP GED or ACLED-shaped."),
    ] = None,
    wanted: Annotated[
        str | None,
        typer.Option(
            "--set", metavar="NAME", help="A reference set of the ledger, by its name or id; else all."
        ),
    ] = None,
    form: Annotated[TextOrJson, typer.Option("--as", help="What to write.")] = TextOrJson.TEXT,
    published: Published = None,
    publisher: Publisher = None,
    parties: Parties = None,
    decisions: Decisions = None,
    incident: OneIncident = None,
    as_of: AsOf = None,
    output: Output = None,
    jobs: Jobs = 1,
    errors: Errors = TextOrJson.TEXT,
) -> None:
    """Match incidents with those of a reference data set: what agrees, what differs, what either side has alone.

    FILES are reports, kept readings, or one ledger, which may have reference sets of its own (variorum import).
    """
    from variorum.cli.compare import CompareCommand
    from variorum.cli.outlets import outlet
    from variorum.cli.session import inputs, session
    from variorum.cli.views import view_of

    with session(errors) as faults, outlet(output) as out:
        view = view_of(decisions, incident, as_of)
        what = inputs(files, published, publisher, parties, jobs)
        out.put("", CompareCommand(reference, wanted, form, view).run(what, faults))


@app.command()
def annotate(
    files: Files,
    layer: Annotated[Layer, typer.Option(help="Which findings to write.")],
    published: Published = None,
    publisher: Publisher = None,
    parties: Parties = None,
    output: Output = None,
    jobs: Jobs = 1,
    errors: Errors = TextOrJson.TEXT,
) -> None:
    """Write one layer of findings as JSON Lines, for scorers and other tools."""
    from variorum.cli.outlets import outlet
    from variorum.cli.products import product_of, products
    from variorum.cli.session import inputs, session

    with session(errors) as faults:
        what = inputs(files, published, publisher, parties, jobs)
        with outlet(output) as out:
            for made in products(what.read(faults), product_of(layer), faults):
                out.put(*made)


@app.command()
def evaluate(
    benchmark: Annotated[Benchmark, typer.Argument(help="What to score.")],
    data: Annotated[
        list[str],
        typer.Argument(
            metavar="DATA...",
            help="Annotated reports: case files for cases and positions, else JSON Lines; or folders of them.",
        ),
    ],
    response: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE", help="Score these findings (as annotate and link write) instead of reading."
        ),
    ] = None,
    readings: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE", help="Score these readings (as read --separately --as json keeps them)."
        ),
    ] = None,
    parties: Parties = None,
    differences: Annotated[
        bool, typer.Option("--errors", help="List each miss, false alarm and difference with its words.")
    ] = False,
    figures: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write the figures to this file too.")
    ] = None,
    jobs: Jobs = 1,
) -> None:
    """Read annotated reports and score what is found, beside what others reached: figures, causes of errors, scores."""
    from variorum.cli.evaluation import Evaluation
    from variorum.cli.session import session, terminal_width

    with session() as faults:
        evaluation = Evaluation(
            benchmark,
            tuple(data),
            tuple(response or ()),
            tuple(readings or ()),
            tuple(parties or ()),
            jobs,
            differences,
            figures,
            terminal_width(None),
        )
        sys.stdout.write(evaluation.run(faults))


@app.command()
def schema(
    name: Annotated[SchemaName | None, typer.Argument(help="Which schema; all in one if left out.")] = None,
) -> None:
    """Print the JSON Schema (draft 2020-12) of what the other commands write and take."""
    from variorum.cli.schemas import all_schemas, schema_of

    found: dict[str, Any] = schema_of(name) if name else all_schemas()
    typer.echo(json.dumps(found, indent=2, ensure_ascii=False))


for command in (*ON_A_LEDGER, *OF_THE_ROOM, *OF_PEOPLE):
    app.command(command.__name__.rstrip("_"))(command)  # `import` is no name in Python
