"""The commands and their options."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from variorum._version import __version__
from variorum.cli.names import ErrorShape, Form, Layer, SchemaName

if TYPE_CHECKING:
    from variorum.cli.products import Task

app = typer.Typer(
    help="Reads news reports of contested incidents and keeps every account apart.",
    epilog="Exit status: 0 all read, 1 some refused, 2 used wrongly. Error codes: docs/errors.md.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILES...", help="Text, HTML, JSON Lines or JSON files, folders; - is standard input."
    ),
]
Published = Annotated[
    str | None,
    typer.Option(metavar="DAY", help="Publication date, YYYY-MM-DD, where a report has none of its own."),
]
Publisher = Annotated[str | None, typer.Option(metavar="NAME", help="Publisher, where a report names none.")]
Parties = Annotated[
    list[Path] | None,
    typer.Option(metavar="YAML", help="Parties to know besides those shipped. May be given several times."),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="PATH",
        help="File instead of standard output; for many HTML pages a folder.",
    ),
]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, metavar="N", help="Processes to read with.")]
Errors = Annotated[ErrorShape, typer.Option(help="How errors are written to standard error.")]


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
    output: Output = None,
    jobs: Jobs = 1,
    errors: Errors = ErrorShape.TEXT,
) -> None:
    """Read reports and lay out each one's dossier: who claims what, in which words, how surely."""
    from variorum.cli.products import Task

    _run(Task(form, tuple(parties or ()), _width(output)), files, published, publisher, output, jobs, errors)


@app.command()
def annotate(
    files: Files,
    layer: Annotated[Layer, typer.Option(help="Which findings to write.")],
    published: Published = None,
    publisher: Publisher = None,
    parties: Parties = None,
    output: Output = None,
    jobs: Jobs = 1,
    errors: Errors = ErrorShape.TEXT,
) -> None:
    """Write one layer of findings as JSON Lines, for scorers and other tools."""
    from variorum.cli.products import Task

    _run(Task(layer, tuple(parties or ())), files, published, publisher, output, jobs, errors)


@app.command()
def evaluate(
    layer: Annotated[Layer, typer.Argument(help="Which findings to score.")],
    data: Annotated[
        list[str],
        typer.Argument(metavar="DATA...", help="Case files for claims, else JSON Lines; or folders of them."),
    ],
    response: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Score these findings (as annotate writes) instead of reading."),
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
    """Read annotated reports and score what is found: precision, recall and F1 against the annotations."""
    from variorum.cli.evaluation import Evaluation
    from variorum.cli.faults import Faults
    from variorum.model import SettingError, VariorumError

    faults = Faults(sys.stderr)
    evaluation = Evaluation(
        layer, tuple(data), response, tuple(parties or ()), jobs, differences, figures, _width(None)
    )
    try:
        typer.echo(evaluation.run(faults), nl=False)
    except VariorumError as error:
        faults.refuse(error)
        if isinstance(error, SettingError):
            raise typer.Exit(2) from None
    raise typer.Exit(faults.close())


@app.command()
def schema(
    name: Annotated[SchemaName | None, typer.Argument(help="Which schema; all in one if left out.")] = None,
) -> None:
    """Print the JSON Schema (draft 2020-12) of what the other commands write."""
    from variorum.cli.schemas import all_schemas, schema_of

    found: dict[str, Any] = schema_of(name) if name else all_schemas()
    typer.echo(json.dumps(found, indent=2, ensure_ascii=False))


def _width(output: Path | None) -> int | None:
    """The terminal's columns, if the product will be seen on one and colours are not unwanted (NO_COLOR)."""
    seen = output is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return shutil.get_terminal_size((100, 40)).columns if seen else None


def _run(
    task: Task,
    files: list[str],
    published: str | None,
    publisher: str | None,
    output: Path | None,
    jobs: int,
    errors: ErrorShape,
) -> None:
    """Make a product of every report and leave with the exit status."""
    from variorum.cli.batch import make_all
    from variorum.cli.faults import Faults
    from variorum.cli.outlets import outlet
    from variorum.cli.progress import progress
    from variorum.intake import parse_day, read_reports
    from variorum.model import SettingError, VariorumError

    faults = Faults(sys.stderr, errors)
    try:
        day = parse_day(published, where="--published") if published is not None else None
    except VariorumError as error:
        faults.refuse(error)
        raise typer.Exit(2) from None
    try:
        with outlet(output, pages=task.product is Form.HTML) as out, progress(files) as advance:
            reports = read_reports(files, published=day, publisher=publisher, notify=faults.note)
            for result in make_all(task, reports, jobs):
                if isinstance(result, VariorumError):
                    faults.refuse(result)
                else:
                    out.put(*result)
                advance()
    except SettingError as error:
        faults.refuse(error)
        raise typer.Exit(2) from None
    except VariorumError as error:  # not one report's fault: the batch cannot go on
        faults.refuse(error)
    raise typer.Exit(faults.close())
