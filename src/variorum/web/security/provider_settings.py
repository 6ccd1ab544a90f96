"""What the reading room is told of an identity provider."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from variorum.ledger.people import Role
from variorum.model import SettingError


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """An identity provider that speaks OpenID Connect, and what its words come to."""

    issuer: str
    """Its address, exactly as it names itself."""
    client: str
    """The name under which it knows this reading room."""
    secret: str = field(repr=False)
    """What proves that it is us; shared with the provider."""
    address: str
    """Where browsers reach this reading room: https://name, nothing after."""
    title: str = "your organisation"
    """What people call it."""
    name_claim: str = "preferred_username"
    """The claim that holds the name under which somebody's decisions are recorded."""
    role_claim: str = "roles"
    """The claim that holds what a role follows from: one word, or several."""
    roles: Mapping[str, Role] = field(default_factory=dict)
    """Words of that claim and the roles that they come to. Nobody without one of them may come in."""
    authorities: Path | None = None
    """Certificates to trust in place of the system's."""


_TEXTS = ("issuer", "client", "address", "title", "name_claim", "role_claim")
_NEEDED = ("issuer", "client", "address", "secret_file", "roles")


def read_provider_settings(file: Path) -> ProviderSettings:
    """The settings in a file of YAML. Raises `SettingError` for one that makes no sense.

    The secret is in a file of its own, `secret_file`, so that this one can be shown to others.
    """
    try:
        told = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeError, yaml.YAMLError) as error:
        raise _bad(file, f"it cannot be read: {error}") from None
    if not isinstance(told, dict):
        raise _bad(file, "it is no mapping of names to values")
    known = {*_TEXTS, *_NEEDED, "authorities"}
    wrong = [*(f"{name} is unknown" for name in told.keys() - known)]
    wrong += [f"{name} is missing" for name in _NEEDED if not told.get(name)]
    wrong += [f"{name} is no text" for name in _TEXTS if not isinstance(told.get(name, ""), str)]
    if wrong:
        raise _bad(file, "; ".join(sorted(wrong)))
    for name in ("issuer", "address"):
        if not is_safe_address(told[name]):
            raise _bad(file, f"{name} does not begin with https://")
    return ProviderSettings(
        **{name: told[name] for name in _TEXTS if name in told and name != "address"},
        address=told["address"].rstrip("/"),
        secret=_secret(file, told["secret_file"]),
        roles=_roles(file, told["roles"]),
        authorities=file.parent / str(told["authorities"]) if told.get("authorities") else None,
    )


def is_safe_address(url: object) -> bool:
    """Whether what is sent to an address cannot be read along: https, or this very machine."""
    told = str(url)
    own = ("http://127.0.0.1", "http://localhost", "http://[::1]")
    return told.startswith("https://") or any(
        told == one or told.startswith((f"{one}:", f"{one}/")) for one in own
    )


def _secret(file: Path, named: Any) -> str:
    try:
        secret = (file.parent / str(named)).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeError) as error:
        raise _bad(file, f"its secret_file cannot be read: {error}") from None
    if not secret:
        raise _bad(file, "its secret_file is empty")
    return secret


def _roles(file: Path, told: Any) -> dict[str, Role]:
    words = {role.word: role for role in Role}
    if not isinstance(told, dict) or not {str(word) for word in told.values()} <= words.keys():
        raise _bad(file, f"roles must lead words of the provider to {', '.join(words)}")
    return {str(word): words[role] for word, role in told.items()}


def _bad(file: Path, what: str) -> SettingError:
    return SettingError(what, where=str(file), remedy="correct the settings of the identity provider")
