"""Options of the commands that can read by a language model, and the reader that they come to (docs/llm.md)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from variorum.cli.names import ReaderName

if TYPE_CHECKING:
    from variorum.cli.faults import Faults
    from variorum.cli.llm_reading import ByModel

UsingReader = Annotated[
    ReaderName,
    typer.Option("--reader", help="Who finds the claims; llm sends the texts to the endpoint that you name."),
]
LlmUrl = Annotated[
    str | None,
    typer.Option(
        "--llm-url",
        metavar="URL",
        help="Its OpenAI-compatible endpoint, as http://localhost:8080/v1; VARIORUM_LLM_URL if left out.",
    ),
]
LlmModel = Annotated[
    str | None, typer.Option("--llm-model", metavar="NAME", help="The model; VARIORUM_LLM_MODEL if left out.")
]
LlmCache = Annotated[
    str | None,
    typer.Option(
        "--llm-cache", metavar="FOLDER", help="Where its answers are kept; your cache if left out, or none."
    ),
]
LlmReport = Annotated[
    Path | None,
    typer.Option(
        "--llm-report", metavar="FILE", help="Write tokens, cost and each refused claim to this file as JSON."
    ),
]


@contextmanager
def chosen(
    reader: ReaderName,
    url: str | None,
    model: str | None,
    cache: str | None,
    report: Path | None,
    parties: list[Path] | None,
    jobs: int,
    faults: Faults,
) -> Iterator[ByModel | None]:
    """The language model to read with, None for the default reader; its account is told when all is read.

    Raises `SettingError` for options of a language model without --reader llm, and for settings that make no sense.
    """
    from variorum.model import SettingError

    if reader is ReaderName.DEFAULT:
        if url or model or cache or report:
            raise SettingError(
                "no language model reads",
                where="--llm-url, -model, -cache or -report",
                remedy="add --reader llm",
            )
        yield None
        return
    from variorum.cli.llm_reading import ByModel
    from variorum.ledger import user_cache
    from variorum.llm import settings_from

    settings = settings_from({"url": url, "model": model, "cache": cache})
    if settings.cache is None or str(settings.cache) == "none":
        folder = user_cache() / "llm-answers" if settings.cache is None else None
        settings = settings.model_copy(update={"cache": folder})
    by_model = ByModel(settings, tuple(parties or ()), jobs, faults)
    try:
        yield by_model
    finally:
        by_model.close(report)
