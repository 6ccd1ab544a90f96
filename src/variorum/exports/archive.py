"""Zip archives whose bytes follow from their content alone.

Members are stored, not compressed: compressed bytes differ from one version of zlib to another. Times are those at
which zip begins, order is the order given, and no member tells on which system it was made.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

_BEGINNING = (1980, 1, 1, 0, 0, 0)
_UNIX, _MODE = 3, 0o100644 << 16


def archive(members: Iterable[tuple[str, Iterable[bytes]]]) -> bytes:
    """A zip archive of named members, each in pieces."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as packed:
        for name, pieces in members:
            info = zipfile.ZipInfo(name, _BEGINNING)
            info.create_system, info.external_attr = _UNIX, _MODE
            packed.writestr(info, b"".join(pieces))
    return whole.getvalue()
