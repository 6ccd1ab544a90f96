"""`bundle`: a zip archive with all that a third party needs to make the same archive again.

Tables, dossiers and readings as JSON Lines, their schemas, people's decisions, hashes, and what was used to make them.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter

from variorum._version import __version__
from variorum.exports.archive import archive
from variorum.exports.as_json import encoded, json_line, json_text
from variorum.exports.bundle_texts import with_quotes, with_text, without_quotes, without_text
from variorum.exports.case import Case, cases_of
from variorum.exports.codes import data_text
from variorum.exports.options import Options
from variorum.exports.table_files import jsonl
from variorum.exports.tables import TABLES
from variorum.model import Dossier, InputError, Reading, Record, Report
from variorum.reconciling.profiles import PROFILES

FORM = 1
"""Number of the bundle's form; goes up when files or their meaning change."""

SUMS, ABOUT, README = "SHA256SUMS", "bundle.json", "README.md"
DOSSIERS, READINGS, DECISIONS = "dossiers.jsonl", "readings.jsonl", "decisions.jsonl"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def write(cases: Iterable[Case], options: Options) -> Iterator[bytes]:
    """The archive."""
    held = tuple(cases)
    readings = {
        report: reading for case in held for report, reading in zip(case.reports, case.readings, strict=True)
    }
    files = {f"tables/{name}.jsonl": b"".join(jsonl(table, held, options)) for name, table in TABLES.items()}
    files[DOSSIERS] = b"".join(json_line(_dossier(case.dossier, options)) for case in held)
    files[READINGS] = b"".join(json_line(_reading(reading, options)) for reading in readings.values())
    files[DECISIONS] = b"".join(json_line(_plain(decision)) for decision in options.decisions)
    files |= {f"schemas/{name}.json": _pretty(table.schema()) for name, table in TABLES.items()}
    files |= {f"schemas/{name}.json": _pretty(schema) for name, schema in _schemas(options).items()}
    about = _about(held, tuple(readings.values()), options)
    files[ABOUT] = _pretty(about)
    files[README] = encoded(_readme(about, options))
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))
    yield archive((name, [data]) for name, data in [*sorted(files.items()), (SUMS, sums.encode())])


def damaged(bundle: bytes) -> tuple[str, ...]:
    """Names of the files of a bundle that are not what its sums say, are missing, or are not named there."""
    files = _files(bundle)
    lines = (line.partition("  ") for line in files.pop(SUMS, b"").decode("utf-8", "replace").splitlines())
    named = {name: digest for digest, _, name in lines}
    wrong = {name for name, data in files.items() if named.get(name) != hashlib.sha256(data).hexdigest()}
    return tuple(sorted(wrong | (named.keys() - files.keys())))


def rebuild(bundle: bytes, reports: Iterable[Report | InputError] = ()) -> bytes:
    """The bundle made again from its readings, dossiers and options: the same bytes, if the same version makes it.

    `reports` are those with the texts, where the bundle holds none; each text is known by its hash, whatever the report is
    called now. What could not be read of them (`read_reports` tells it among them) and reports of other texts are passed over.
    Raises `InputError` for a damaged bundle, and for a text that is missing or is not what was read.
    """
    if wrong := damaged(bundle):
        raise InputError(
            f"not what its sums say: {', '.join(wrong[:5])}",
            where=SUMS,
            remedy="get the bundle again",
            code="damaged-bundle",
        )
    files = _files(bundle)
    about = json.loads(files[ABOUT])
    told = _lines(files[READINGS])
    if not about["with_text"]:
        by_hash = {one.content_hash: one.text for one in reports if isinstance(one, Report)}
        told = [with_text(one, by_hash) for one in told]
    texts = {one["report"]["id"]: one["report"]["text"] for one in told}
    readings = {one["report"]["id"]: Reading.model_validate(one).check() for one in told}
    quotes = {claim.id: claim.evidence.quote for reading in readings.values() for claim in reading.claims}
    dossiers = [Dossier.model_validate(with_quotes(one, texts, quotes)) for one in _lines(files[DOSSIERS])]
    options = Options(
        profile=about["profile"]["name"],
        quote_words=about["quote_words"],
        with_text=about["with_text"],
        decisions=_lines(files[DECISIONS]),
    )
    pairs = ((dossier, [readings[report] for report in dossier.reports]) for dossier in dossiers)
    return b"".join(write(cases_of(pairs), options))


def _about(cases: Sequence[Case], readings: Sequence[Reading], options: Options) -> dict[str, Any]:
    profile = PROFILES[options.profile]
    return {
        "form": FORM,
        "variorum": __version__,
        "profile": {"name": profile.name, "owner": profile.owner, "link": profile.link, "gist": profile.gist},
        "quote_words": options.quote_words,
        "with_text": options.with_text,
        "readers": sorted({reading.reader for reading in readings}),
        "as_of": sorted({case.dossier.as_of.isoformat() for case in cases if case.dossier.as_of}),
        "incidents": len(cases),
        "reports": len(readings),
        "claims": sum(len(case.claims) for case in cases),
        "decisions": len(options.decisions),
        "tables": list(TABLES),
    }


def _readme(about: Mapping[str, Any], options: Options) -> str:
    return data_text("bundle-readme.md").format(
        version=about["variorum"],
        incidents=about["incidents"],
        claims=about["claims"],
        reports=about["reports"],
        tables=", ".join(about["tables"]),
        profile=about["profile"]["name"],
        owner=about["profile"]["owner"],
        gist=about["profile"]["gist"],
        quote_words=options.quote_words,
        readers=", ".join(about["readers"]) or "the same reader",
        text_note=", with its text" if options.with_text else ", without its text",
        reports_line="" if options.with_text else data_text("bundle-reports.txt"),
        reports_import="" if options.with_text else "from variorum.intake import read_reports\n",
        reports_note=""
        if options.with_text
        else "The texts are not in it; each is known by its hash (`content_hash` in `tables/reports.jsonl`). ",
        reports_argument="" if options.with_text else ", reports",
    )


def _dossier(dossier: Dossier, options: Options) -> dict[str, Any]:
    told = dossier.model_dump(mode="json")
    return told if options.with_text else without_quotes(told, options.quote_words)


def _reading(reading: Reading, options: Options) -> dict[str, Any]:
    told = reading.model_dump(mode="json")
    return told if options.with_text else without_text(told, options.quote_words)


def _schemas(options: Options) -> dict[str, dict[str, Any]]:
    """Of the lines of readings.jsonl and dossiers.jsonl."""
    reading = TypeAdapter(Reading).json_schema(mode="serialization")
    if not options.with_text:
        report = reading["$defs"]["Report"]
        del report["properties"]["text"]
        report["required"].remove("text")
    dossier = TypeAdapter(Dossier).json_schema(mode="serialization")
    return {"reading": {"$schema": _DIALECT, **reading}, "dossier": {"$schema": _DIALECT, **dossier}}


def _plain(decision: Record | Mapping[str, Any]) -> Any:
    return decision.model_dump(mode="json") if isinstance(decision, Record) else decision


def _pretty(value: Any) -> bytes:
    return encoded(json_text(value, indent=2) + "\n")


def _lines(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.split(b"\n") if line]


def _files(bundle: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(bundle)) as packed:
            return {name: packed.read(name) for name in packed.namelist()}
    except (zipfile.BadZipFile, EOFError) as error:
        raise InputError(
            f"no zip archive: {error}", remedy="get the bundle again", code="damaged-bundle"
        ) from error
