"""The formats by name, and the one function that writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from variorum.exports import (
    acled_shaped,
    airwars_shaped,
    bundle,
    claims_jsonld,
    ftm,
    geojson,
    hxl,
    plover,
    prov,
    table_files,
    ucdp_ged,
)
from variorum.exports.case import Case, cases_of
from variorum.exports.options import QUOTE_WORDS, Options
from variorum.exports.tables import table_called
from variorum.model import Dossier, Reading, Record, SettingError
from variorum.reconciling.profiles import DEFAULT

Write = Callable[[Iterable[Case], Options], Iterator[bytes]]


@dataclass(frozen=True)
class Format:
    """A form in which dossiers leave Variorum.

    `suffix` ends a file's name. `profile` is the only one that fits the format's columns; None if any does. `extra` is
    what must be installed besides (`variorum[xlsx]`). `tables` tells that one table can be asked for; `suffix` is then
    that of one, `suffix_of_all` that of all of them together.
    """

    name: str
    suffix: str
    holds: str
    write: Write
    profile: str | None = None
    extra: str | None = None
    suffix_of_all: str | None = None

    @property
    def tables(self) -> bool:
        """Whether one table can be asked for."""
        return self.suffix_of_all is not None

    def file_suffix(self, table: str | None = None) -> str:
        """How the name of a file ends that holds one table, or the whole."""
        return self.suffix if table is not None or self.suffix_of_all is None else self.suffix_of_all


_ALL = (
    Format(
        "ucdp-ged",
        ".csv",
        "an incident a row in the 49 columns of UCDP's Georeferenced Event Dataset",
        ucdp_ged.write,
        profile="ucdp",
    ),
    Format(
        "acled-shaped",
        ".csv",
        "an incident a row in the shape of ACLED's 31 columns; not ACLED data",
        acled_shaped.write,
        profile="acled",
    ),
    Format(
        "airwars-shaped",
        ".csv",
        "an incident a row, tolls by victim group, what each belligerent concedes",
        airwars_shaped.write,
        profile="airwars",
    ),
    Format("plover", ".jsonl", "incidents, accusations and threats as PLOVER events", plover.write),
    Format("hxl", ".csv", "an incident a row with HXL hashtags", hxl.write),
    Format("hxl-xlsx", ".xlsx", "the same as a workbook", hxl.write_xlsx, extra="xlsx"),
    Format("geojson", ".geojson", "incidents on a map, with their precision", geojson.write),
    Format("ftm", ".ftm.json", "FollowTheMoney entities", ftm.write),
    Format("ftm-statements", ".csv", "FollowTheMoney statements", ftm.write_statements),
    Format(
        "claims-jsonld",
        ".jsonld",
        "claims as schema.org Claim with Web Annotation selectors",
        claims_jsonld.write,
    ),
    Format("prov", ".prov.json", "where every figure comes from, as PROV-JSON", prov.write),
    Format("csv", ".csv", "any table, or all", table_files.as_csv, suffix_of_all=".csv.zip"),
    Format("jsonl", ".jsonl", "any table, or all", table_files.as_jsonl, suffix_of_all=".jsonl.zip"),
    Format(
        "parquet",
        ".parquet",
        "any table, or all",
        table_files.as_parquet,
        extra="parquet",
        suffix_of_all=".parquet.zip",
    ),
    Format(
        "xlsx",
        ".xlsx",
        "any table, or all as sheets",
        table_files.as_xlsx,
        extra="xlsx",
        suffix_of_all=".xlsx",
    ),
    Format("bundle", ".zip", "everything, with schemas and hashes, to make it again", bundle.write),
)

FORMATS: Mapping[str, Format] = MappingProxyType({one.name: one for one in _ALL})
"""Every format by its name."""


def export(
    name: str,
    cases: Iterable[tuple[Dossier, Sequence[Reading]]],
    *,
    profile: str | None = None,
    quote_words: int = QUOTE_WORDS,
    with_text: bool = False,
    table: str | None = None,
    decisions: Sequence[Record | Mapping[str, Any]] = (),
) -> Iterator[bytes]:
    """Dossiers with the readings of their reports in a format, as pieces of a file.

    Formats of lines come a line at a time and take cases one by one; others need all. The same cases give the same
    bytes. `profile` settles tolls: the format's own if it has one, else `range`. Quotes have at most `quote_words`
    words; whole texts are left out unless `with_text`. `table` picks one of the tables of `csv`, `jsonl`, `parquet`
    and `xlsx`. `decisions` go into the `bundle`.

    Raises `SettingError`, before anything is written, for names that nothing has and options that do not fit, and
    while writing for a reading that is missing or a library that is not installed.
    """
    form = FORMATS.get(name)
    if form is None:
        raise SettingError(f"no format is called {name!r}", remedy=f"choose one of {', '.join(FORMATS)}")
    if table is not None and not form.tables:
        raise SettingError(f"{name} has no tables to choose from", remedy="leave the table out")
    if table is not None:
        table_called(table)
    options = Options(
        profile=profile or form.profile or DEFAULT,
        quote_words=quote_words,
        with_text=with_text,
        table=table,
        decisions=decisions,
    )
    if form.profile not in (None, options.profile):
        raise SettingError(
            f"the columns of {form.name} are made for the profile {form.profile}, not {options.profile}",
            remedy="leave the profile out, or choose another format",
        )
    return form.write(cases_of(cases), options)
