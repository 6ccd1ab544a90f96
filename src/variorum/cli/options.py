"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from variorum.cli.names import ProfileName, TextOrJson

Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILES...",
        help="Text, HTML, JSON Lines or JSON files, folders, addresses of pages and feeds; - is standard input. "
        "Lines of read --as json --separately are taken as read already.",
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
    typer.Option("--output", "-o", metavar="FILE", help="File instead of standard output."),
]
Pages = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="PATH",
        help="File instead of standard output; for many HTML pages a folder.",
    ),
]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, metavar="N", help="Processes to read with.")]

Decisions = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Decisions on links, one a line of JSON: join, split, never. They overrule all else.",
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DAY", help="Know only what was published up to this day, YYYY-MM-DD."),
]
OneIncident = Annotated[
    str | None,
    typer.Option(
        "--incident", metavar="NAME", help="Take all reports to speak of one incident, and call it so."
    ),
]
Profiles = Annotated[
    list[ProfileName] | None,
    typer.Option(
        "--profile",
        metavar=f"<{'|'.join(ProfileName)}>",
        help="Tolls by this project's rule too, below the table. May be given several times.",
    ),
]
Errors = Annotated[TextOrJson, typer.Option(help="How errors are written to standard error.")]
