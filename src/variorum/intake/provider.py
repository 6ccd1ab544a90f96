"""What an identity provider answers when the reading room asks it who somebody is.

It stands here because only intake reaches the network. Where a provider is, whoever runs the reading room has said: it may be
on their own network, so addresses are not held to be of the open internet as those of reports are. Size, time and TLS are.
"""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from variorum.intake.addresses import addresses_of, system_resolver, target_of
from variorum.intake.answers import Deadline
from variorum.intake.faults import FetchError

_SECONDS: Final = 10.0
_MOST_BYTES: Final = 1 << 20
_ANYWHERE: Final = (ipaddress.ip_network("0.0.0.0/0"), ipaddress.ip_network("::/0"))


def ask_provider(
    url: str,
    *,
    form: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    authorities: Path | None = None,
) -> dict[str, Any]:
    """The JSON object at an address; with a form, what is answered to it. No redirect is followed.

    Raises `FetchError`: fetch-status for a status other than 200, fetch-failed for what is no JSON object, and as `request`.
    """
    from variorum.intake.connecting import request  # loads HTTP and TLS: only where a provider is asked

    target, deadline = target_of(url), Deadline(_SECONDS)
    address = addresses_of(target, system_resolver, allowed=_ANYWHERE, seconds=deadline.left)[0]
    answer = request(
        target,
        address,
        headers={"Accept": "application/json", **(headers or {})},
        deadline=deadline,
        max_bytes=_MOST_BYTES,
        authorities=authorities,
        form=form,
    )
    if answer.status != 200:
        raise FetchError(
            f"status {answer.status}", where=target.url, remedy="ask whoever runs it", code="fetch-status"
        )
    try:
        told = json.loads(answer.data)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise FetchError(
            "it answers no JSON object", where=target.url, remedy="check its address", code="fetch-failed"
        )
    return told
