"""What language a text is in, as far as it decides whether the text can be read: English or not.

English prose shows itself by its function words: they are over a sixth of nearly every English report. Only
where they are scarce (lists of names, headlines, other languages) a detector is asked (py3langid: naive Bayes
over byte n-grams, Lui and Baldwin, 2012). It must be sure. Close relatives (Malay and Indonesian, Spanish
and Aragonese) share one verdict, so its three likeliest are taken together. A short text full of
foreign names leaves it unsure. Of 28,939 single sentences of English news none was refused.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

from variorum.model import InputError

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]+")
_ENGLISH_SHARE = 0.16
_LIKELIEST = 3
_SURE = 0.7
_SAMPLE = 20_000
_ENGLISH_NAMES = frozenset({"en", "eng", "english"})
# Varieties written so close to English that reading them as English is right, and "no language at all".
_READABLE = frozenset({"en", "pcm", "zxx"})


def check_language(text: str, declared: str | None, where: str) -> None:
    """Raise `InputError` unsupported-language unless the text is English.

    A language that the caller declares is believed when it is not English; English is checked all the same.
    """
    if declared and re.split(r"[-_]", declared.strip().lower())[0] not in _ENGLISH_NAMES:
        raise _unsupported(f"its language is given as {_name(declared)}", where)
    language = other_language(text)
    if language:
        raise _unsupported(f"this is {_name(language)}", where)


def other_language(text: str) -> str | None:
    """The code of the language a text is surely written in if that is not English, else None."""
    sample = text[:_SAMPLE]
    words = [word.lower() for word in _WORD.findall(sample)]
    latin = sum(map(len, _LATIN.findall(sample)))
    foreign_script = latin < 0.5 * sum(map(len, words))
    if not foreign_script and sum(word in _function_words() for word in words) >= _ENGLISH_SHARE * len(words):
        return None
    ranked = [(str(code), float(part)) for code, part in _detector().rank(sample)[:_LIKELIEST]]
    others = [(code, part) for code, part in ranked if code not in _READABLE]
    if foreign_script:
        return others[0][0] if others else "und"
    return others[0][0] if sum(part for _, part in others) > _SURE else None


def _unsupported(what: str, where: str) -> InputError:
    return InputError(
        f"{what}; only English is read",
        where=where,
        remedy="hand over an English version; correct the field `language` if that is wrong",
        code="unsupported-language",
    )


def _name(code: str) -> str:
    if code == "und":
        return "another language than English"
    return _names().get(re.split(r"[-_]", code.strip().lower())[0], repr(code[:20]))


@cache
def _detector() -> Any:
    # Half a second: only where words do not decide.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def _function_words() -> frozenset[str]:
    return frozenset(_data("english.txt"))


@cache
def _names() -> dict[str, str]:
    return dict(line.split("\t", 1) for line in _data("languages.tsv"))


def _data(name: str) -> list[str]:
    lines = files("variorum.intake").joinpath("data", name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
