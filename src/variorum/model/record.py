"""What all types of the model share: immutable, strict about fields, with a JSON form and content-derived ids."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """An immutable value. Unknown fields are refused; equal content means equal value."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_enum_values=False, ser_json_inf_nan="constants"
    )


def content_id(prefix: str, *parts: Any) -> str:
    """A short stable id: prefix and 16 hexadecimal digits of SHA-256 over the parts' canonical JSON."""
    canonical = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return f"{prefix}-{hashlib.sha256(canonical.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
