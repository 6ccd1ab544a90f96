from __future__ import annotations

import pytest

from variorum.llm import Settings, settings_from
from variorum.model import SettingError

HERE = {"VARIORUM_LLM_URL": "http://localhost:8080/v1/", "VARIORUM_LLM_MODEL": "tiny"}


def test_options_come_before_the_environment() -> None:
    found = settings_from({"model": "large", "url": None}, {**HERE, "VARIORUM_LLM_PRICE_IN": "0.5"})
    assert (found.url, found.model, found.price_in) == ("http://localhost:8080/v1/", "large", 0.5)
    assert found.address == "http://localhost:8080/v1/chat/completions"


def test_a_whole_address_is_taken_as_it_is() -> None:
    found = Settings(url="https://models.example/v2/chat/completions", model="m")
    assert found.address == "https://models.example/v2/chat/completions"


@pytest.mark.parametrize("left_out", HERE)
def test_without_address_or_model_nothing_is_asked(left_out: str) -> None:
    with pytest.raises(SettingError) as caught:
        settings_from({}, {name: value for name, value in HERE.items() if name != left_out})
    assert caught.value.code == "llm-no-endpoint"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("URL", "ftp://models.example/v1"),
        ("URL", "https://name:secret@models.example/v1"),
        ("URL", "https://models.example/v1?key=secret"),
        ("URL", "https://"),
        ("URL", "https://models.example/v1\r\nHost: x"),
        ("MODEL", "a\nb"),
        ("KEY", "sk-secret\r\nHost: x"),
        ("TIMEOUT", "0"),
        ("TRIES", "none"),
        ("PRICE_IN", "-1"),
        ("PASSAGE", "10"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named_without_repeating_it(name: str, value: str) -> None:
    with pytest.raises(SettingError) as caught:
        settings_from({}, {**HERE, f"VARIORUM_LLM_{name}": value})
    assert caught.value.code == "bad-setting"
    assert "secret" not in str(caught.value)


def test_the_key_is_not_shown() -> None:
    assert "sk-secret" not in repr(settings_from({}, {**HERE, "VARIORUM_LLM_KEY": "sk-secret"}))
