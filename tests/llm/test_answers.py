from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.llm.chat_server import claims
from variorum.llm.answers import Unusable, items_of

ONE = claims({"kind": "toll"})


@pytest.mark.parametrize(
    "written",
    [
        ONE,
        f"\n  {ONE}\n",
        f"```json\n{ONE}\n```",
        f"Here are the claims:\n```\n{ONE}\n```\nThat is all.",
        f"<think>Who said so? {{}}</think>\n{ONE}",
        f"<think>\n```json\n[]\n```\n</think>\n```json\n{ONE}\n```",
    ],
    ids=["alone", "blanks", "fence", "fence in prose", "thought", "both"],
)
def test_a_list_of_claims_is_taken_alone_or_in_one_fence(written: str) -> None:
    assert items_of(written) == [{"kind": "toll"}]


@pytest.mark.parametrize(
    "written",
    [
        f"Here: {ONE}",
        f"```json\n{ONE}\n```\n```json\n{ONE}\n```",
        f"```json\n{ONE}",
        ONE[:-1],
        ONE + ONE,
        '{"claims": []}, or not',
        '{"Claims": []}',
        '{"claims": null}',
        "{'claims': []}",
    ],
)
def test_what_would_have_to_be_guessed_is_not_taken(written: str) -> None:
    with pytest.raises(Unusable):
        items_of(written)


@given(
    st.one_of(
        st.text(),
        st.lists(st.sampled_from(["```", "json\n", "{", '"claims"', ":", "[", "]", "}", "<think>"])).map(
            "".join
        ),
    )
)
def test_any_words_are_a_list_or_unusable(written: str) -> None:
    found: object = None
    with contextlib.suppress(Unusable):  # nothing else may be raised
        found = items_of(written)
    assert found is None or (isinstance(found, list) and "claims" in written)


@pytest.mark.parametrize("piece", ["```a\n", "<think>", "```\n", "{", '{"claims":'])
def test_a_long_loop_is_told_at_once(piece: str) -> None:
    with pytest.raises(Unusable):
        items_of(piece * 300_000)
