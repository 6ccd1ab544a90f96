"""Which endpoint is asked, for which model, and how patiently; from options and the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import Field, ValidationError, model_validator

from variorum.model import Record, SettingError

PREFIX: Final = "VARIORUM_LLM_"
_PATH: Final = "/chat/completions"
_KEY: Final = "the key, sent as a bearer token; from the environment only"


class Settings(Record):
    """An endpoint and how it is asked. Each field is also a variable: `url` is VARIORUM_LLM_URL."""

    url: str = Field(description="the address that ends in /v1, or in /chat/completions")
    model: str = Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")
    key: str | None = Field(default=None, repr=False, pattern=r"^[\x21-\x7e]+$", description=_KEY)
    passage: int = Field(default=6000, ge=200, le=200_000, description="most characters of one passage")
    context: int = Field(
        default=1500, ge=0, le=50_000, description="characters shown before it, as context only"
    )
    max_tokens: int = Field(default=4096, ge=16, description="most tokens of one answer")
    timeout: float = Field(default=120, gt=0, le=3600, description="seconds for one answer")
    tries: int = Field(
        default=4, ge=1, le=20, description="how often one passage is asked while the server is busy"
    )
    longest_wait: float = Field(
        default=60, ge=0, description="most seconds to wait for a server that asks for it"
    )
    per_minute: float | None = Field(default=None, gt=0, description="most requests a minute")
    max_bytes: int = Field(default=4_000_000, ge=1000, description="most bytes of one answer")
    price_in: float | None = Field(default=None, ge=0, description="price of a million tokens of prompts")
    price_out: float | None = Field(default=None, ge=0, description="price of a million tokens of answers")
    twice: bool = Field(default=False, description="ask with the labels both ways; keep what both tell")
    cache: Path | None = Field(default=None, description="folder for answers; none are kept without one")

    @model_validator(mode="after")
    def _is_an_address(self) -> Settings:
        rest = self.url.split("://", 1)[-1]
        printable = all(33 <= ord(character) < 127 for character in self.url)
        if not self.url.startswith(("http://", "https://")) or not printable or not rest.strip("/"):
            raise ValueError("url: give an address that begins with http:// or https://")
        if "@" in rest.split("/", 1)[0] or "?" in rest or "#" in rest:
            raise ValueError("url: give it without a name, a password, ? and #")
        return self

    @property
    def address(self) -> str:
        """Where chat completions are asked for."""
        base = self.url.rstrip("/")
        return base if base.endswith(_PATH) else base + _PATH


def settings_from(given: Mapping[str, Any], environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings that options give, else the environment. Raises `SettingError` llm-no-endpoint, bad-setting."""
    told: dict[str, Any] = {
        name: environment[PREFIX + name.upper()]
        for name in Settings.model_fields
        if environment.get(PREFIX + name.upper())
    }
    told |= {name: value for name, value in given.items() if value is not None}
    if not told.get("url") or not told.get("model"):
        raise SettingError(
            "no language model is named",
            where="--reader llm",
            remedy="give --llm-url and --llm-model, or set VARIORUM_LLM_URL and VARIORUM_LLM_MODEL",
            code="llm-no-endpoint",
        )
    try:
        return Settings.model_validate(told)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]  # not the input: it may be the key
        name = PREFIX + str(first["loc"][0]).upper() if first["loc"] else "--llm-url"
        raise SettingError(first["msg"], where=name, remedy="docs/llm.md lists the settings") from None
