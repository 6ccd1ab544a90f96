"""A language model as reader: any OpenAI-compatible endpoint, held to the rule that every claim quotes the report."""

from variorum.llm.faults import AnswerError, EndpointError
from variorum.llm.reader import LanguageModelReader, ModelReading
from variorum.llm.reckoning import ModelReport, Refusal, Usage
from variorum.llm.settings import Settings, settings_from

__all__ = [
    "AnswerError",
    "EndpointError",
    "LanguageModelReader",
    "ModelReading",
    "ModelReport",
    "Refusal",
    "Settings",
    "Usage",
    "settings_from",
]
