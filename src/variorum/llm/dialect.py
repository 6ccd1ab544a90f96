"""What an endpoint understands: servers differ in the forms of answers and the parameters that they know.

The first form is an answer held to our JSON Schema, as OpenAI has it and as llama.cpp had it first, then any JSON object, then
plain text; a server that refuses one is asked in the next.
A parameter that it refuses by name is left out from then on, as is told.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from pydantic_core import from_json

from variorum.intake.answers import Answer
from variorum.llm.endpoint import Endpoint
from variorum.llm.faults import AnswerError, EndpointError, PassageTooLong, shortened
from variorum.llm.reckoning import Usage
from variorum.llm.settings import Settings

SEED: Final = 1
FORMS: Final = ("json_schema", "json_object with schema", "json_object", "plain")
_OPTIONAL: Final = ("seed", "temperature")
_NO_ROOM: Final = ("context length", "context size", "context window", "context_length", "n_ctx", "too many tokens",
                   "maximum context", "too long")  # fmt: skip
"""What servers say where a prompt does not fit."""
_OF_FORMS: Final = ("response_format", "json_schema", "json_object", "grammar")

Message = dict[str, str]


@dataclass(frozen=True, slots=True)
class Completion:
    """What a model wrote; `cut_off` where it ran into the limit of its tokens."""

    content: str
    cut_off: bool
    usage: Usage


class Dialect:
    """Asks an endpoint in the form that it understands, and remembers which that is."""

    def __init__(self, endpoint: Endpoint, settings: Settings, schema: dict[str, Any]) -> None:
        self._endpoint, self._settings, self._schema = endpoint, settings, schema
        self._form = 0
        self._limit = "max_tokens"
        self._without: frozenset[str] = frozenset()

    @property
    def form(self) -> str:
        """The form of answers that is asked for."""
        return FORMS[self._form]

    @property
    def left_out(self) -> tuple[str, ...]:
        """Parameters that the server does not take."""
        return tuple(sorted(self._without))

    def complete(self, messages: list[Message]) -> Completion:
        """The model's answer. Raises `EndpointError`, `AnswerError`; `PassageTooLong` where there is no room for the prompt."""
        for _ in range(len(FORMS) + len(_OPTIONAL) + 2):
            form, limit, without = self._form, self._limit, self._without
            answer = self._endpoint.ask(self._body(messages, form, limit, without), _blames_the_request)
            if 200 <= answer.status < 300:
                return self._read(answer.data)
            told = answer.data.decode("utf-8", "replace")
            if any(words in told.lower() for words in _NO_ROOM) and "response_format" not in told:
                raise PassageTooLong("the passage does not fit the model's context", where=self._settings.url)
            if not self._adapt(told, form, limit, without):
                break
        raise EndpointError(
            f"the server takes no request of ours: {answer.status} {shortened(told, self._settings.key)}",
            where=self._settings.url,
            remedy="check --llm-model, and that it is a chat model",
            code="llm-refused",
        )

    def _adapt(self, told: str, form: int, limit: str, without: frozenset[str]) -> bool:
        """Change what the server's words name, else the form; whether there was anything left to change."""
        named = {name for name in _OPTIONAL if name in told and name not in without}
        next_form = form + 1 < len(FORMS)
        if next_form and any(words in told for words in _OF_FORMS):
            self._form = max(self._form, form + 1)  # others may have been here meanwhile
        elif "max_completion_tokens" in told and limit == "max_tokens":
            self._limit = "max_completion_tokens"
        elif named:
            self._without |= named
        elif next_form:
            self._form = max(self._form, form + 1)  # others may have been here meanwhile
        else:
            return False
        return True

    def _body(self, messages: list[Message], form: int, limit: str, without: frozenset[str]) -> bytes:
        body: dict[str, Any] = {
            "model": self._settings.model,
            "messages": messages,
            "stream": False,
            limit: self._settings.max_tokens,
            "temperature": 0,
            "seed": SEED,
        }
        if FORMS[form] == "json_schema":
            held = {"name": "claims", "strict": True, "schema": self._schema}
            body["response_format"] = {"type": "json_schema", "json_schema": held}
        elif FORMS[form] == "json_object with schema":
            body["response_format"] = {"type": "json_object", "schema": self._schema}
        elif FORMS[form] == "json_object":
            body["response_format"] = {"type": "json_object"}
        kept = {name: value for name, value in body.items() if name not in without}
        return json.dumps(kept, ensure_ascii=True).encode()

    def _read(self, data: bytes) -> Completion:
        try:
            answer = from_json(data, allow_inf_nan=False)
            choice = answer["choices"][0]
            content = choice["message"]["content"]
            if not isinstance(content, str):
                raise TypeError("no words")
        except (ValueError, TypeError, KeyError, IndexError, AttributeError):
            raise AnswerError(
                f"no chat completion: {shortened(data.decode('utf-8', 'replace'), self._settings.key)}",
                where=self._settings.url,
                remedy="check --llm-url; it must be a chat endpoint as OpenAI's",
            ) from None
        told = answer.get("usage")
        return Completion(
            content,
            choice.get("finish_reason") == "length",
            Usage.told(told if isinstance(told, dict) else {}),
        )


def _blames_the_request(answer: Answer) -> bool:
    """Whether it is our request that a server does not take; some say so with status 500 and name the form of answers."""
    if answer.status in (400, 413, 422):
        return True
    told = answer.data.decode("utf-8", "replace")
    return answer.status == 500 and any(words in told for words in _OF_FORMS)
