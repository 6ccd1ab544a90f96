"""Reports handed over to be added: looked at at once as far as that is quick, then put in the row of jobs.

Pages and the HTTP API use the same three functions; each raises `InputError` or `SettingError` where nothing can come of it.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import BinaryIO, Final

from variorum.intake import FetchSettings, is_address, take_in
from variorum.model import InputError, SettingError
from variorum.web.working import AddOrder, Job, Jobs

MOST_ADDRESSES: Final = 100
_LONGEST_ADDRESS: Final = 2000
PASTED: Final = "pasted text"
"""The name of a text that was no file."""


def add_files(
    jobs: Jobs,
    files: Sequence[tuple[str, BinaryIO]],
    *,
    by: str,
    published: date | None = None,
    publisher: str | None = None,
) -> Job:
    """Files of every kind that intake takes, each with its name. Day and publisher are for text and pages without their own.

    Raises `InputError` nothing-given.
    """
    if not files:
        raise _nothing("files", "choose one or more files")
    return jobs.put(AddOrder(published=published, publisher=publisher), by, files)


def add_text(
    jobs: Jobs,
    text: str,
    *,
    by: str,
    title: str | None = None,
    publisher: str | None = None,
    published: date | None = None,
    url: str | None = None,
) -> Job:
    """One report as text. Raises `InputError` as intake does, such as unsupported-language with the language by its name."""
    if not text.strip():
        raise _nothing("text", "paste the text of a report")
    record = {
        "title": title,
        "publisher": publisher,
        "published": str(published) if published else None,
        "url": url,
        "text": text,
    }
    data = json.dumps({name: value for name, value in record.items() if value}, ensure_ascii=False).encode(
        "utf-8", "replace"
    )
    for found in take_in(["-"], stdin=io.BytesIO(data)):
        if isinstance(found, InputError):
            raise InputError(found.what, where="text", remedy=found.remedy, code=found.code)
    return jobs.put(AddOrder(), by, [(f"{title or PASTED}.json", io.BytesIO(data))])


def add_addresses(jobs: Jobs, addresses: Iterable[str], *, by: str, fetching: FetchSettings | None) -> Job:
    """Addresses of pages and feeds, to be fetched. Raises `SettingError` fetch-off where nothing is fetched."""
    if fetching is None:
        raise SettingError(
            "nothing is fetched here",
            where="addresses",
            remedy="save the pages and hand over the files, or start the reading room with --fetch",
            code="fetch-off",
        )
    wanted = tuple(dict.fromkeys(one.strip() for one in addresses if one.strip()))
    if not wanted:
        raise _nothing("addresses", "give one or more addresses, one a line")
    if len(wanted) > MOST_ADDRESSES:
        raise InputError(
            f"more than {MOST_ADDRESSES} addresses",
            where="addresses",
            remedy="give them in several jobs, or use variorum add",
            code="too-many",
        )
    for address in wanted:
        if not is_address(address) or len(address) > _LONGEST_ADDRESS:
            raise InputError(
                f"no address: {address[:100]!r}",
                where="addresses",
                remedy="give whole addresses, https://…, one a line",
                code="bad-address",
            )
    return jobs.put(AddOrder(addresses=wanted), by)


def _nothing(where: str, remedy: str) -> InputError:
    return InputError("nothing was handed over", where=where, remedy=remedy, code="nothing-given")
