"""What a news agency says of an item beside its text: which item, which version, and whether it still stands."""

from __future__ import annotations

import re
from datetime import datetime
from enum import StrEnum

from pydantic import Field, model_validator

from variorum.model.record import Record

_HALF = re.compile("[\ud800-\udfff]")


class WireStatus(StrEnum):
    """Publishing status, as IPTC has it (`pubstatus`)."""

    USABLE = "usable"
    WITHHELD = "withheld"
    CANCELED = "canceled"


class Wire(Record):
    """The agency's facts of one version of one item (ninjs, NewsML-G2).

    Of one `item`, the higher `version` supersedes the lower; where versions are not numbered, the later `issued`. What
    is canceled withdraws every earlier version, and what is withheld must not be used until a usable version follows.
    `supersedes` names other items that this one takes the place of. Superseded and withdrawn texts are kept and shown.
    """

    standard: str = Field(description="`ninjs` or `newsml-g2`")
    item: str = Field(
        min_length=1, description="the agency's own name of the item, the same for all its versions"
    )
    version: int | None = Field(default=None, ge=0)
    status: WireStatus = WireStatus.USABLE
    issued: datetime | None = Field(default=None, description="when this version was made, as written")
    embargoed: str | None = Field(default=None, description="until when it must not be published, as written")
    supersedes: tuple[str, ...] = Field(
        default=(), description="other items that this one takes the place of"
    )
    signals: tuple[str, ...] = Field(default=(), description="the agency's signals, such as `correction`")
    note: str | None = Field(default=None, description="the agency's words to editors")

    @model_validator(mode="after")
    def _has_whole_characters(self) -> Wire:
        for text in (self.item, self.embargoed, self.note, *self.supersedes, *self.signals):
            if text and _HALF.search(text):
                raise ValueError("half a character (a lone surrogate)")
        return self

    def replaces(self, other: Wire) -> bool:
        """Whether this is a later word on the same item, or one that takes the other's place."""
        if self.item != other.item:
            return other.item in self.supersedes
        if self.version is not None and other.version is not None:
            return self.version > other.version
        if self.issued is None or other.issued is None:
            return False
        try:
            return self.issued > other.issued
        except TypeError:  # one with a time zone, one without: their order is not known
            return False


def status_of(written: str | None) -> WireStatus | None:
    """The status that a word or code such as `stat:canceled` means; usable where nothing is said, None for others."""
    if not written:
        return WireStatus.USABLE
    word = written.strip().lower().rpartition(":")[2].replace("cancelled", "canceled")
    return WireStatus(word) if word in set(WireStatus) else None


def version_of(written: object) -> int | None:
    """A version's number, if it has one."""
    text = str(written).strip() if isinstance(written, str | int) and not isinstance(written, bool) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def time_of(written: object) -> datetime | None:
    """A time as written, if it is one."""
    try:
        return datetime.fromisoformat(written.strip()) if isinstance(written, str) else None
    except ValueError:
        return None
