"""Command lines of curl, asked without it."""

from __future__ import annotations

import json
import shlex
from typing import Any
from urllib.parse import urlsplit

from fastapi.testclient import TestClient


def asked(client: TestClient, line: str) -> Any:
    """What a command line gets."""
    words = shlex.split(line)
    assert words.pop(0) == "curl"
    method, headers, body = None, {}, None
    while len(words) > 1:
        option, value = words.pop(0), words.pop(0)
        if option == "--request":
            method = value
        elif option == "--header":
            name, _, told = value.partition(": ")
            headers[name] = told
        elif option == "--json":
            body = json.loads(value)
        else:
            raise AssertionError(option)
    parts = urlsplit(words[0])
    method = method or ("GET" if body is None else "POST")
    return client.request(method, f"{parts.path}?{parts.query}", headers=headers, json=body)
