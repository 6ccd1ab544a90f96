"""What the encoder is shown: stand-ins for names, plain words for loaded ones, offsets of the text itself."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from variorum.reading.encoder.masking import Mask, Name, Shown, apply, masks_of
from variorum.reading.encoder.names import names_in
from variorum.reading.encoder.windows import pieces_of, tokenizer


def shown(text: str) -> str:
    return apply(text, masks_of(text, names_in(text)))[0]


def test_names_of_one_party_share_a_stand_in():
    text = "The Highland Free Army (HFA) said it had left. An HFA spokesman agreed, and the HFA went."
    assert shown(text) == "The Alpha (Alpha) said it had left. An Alpha spokesman agreed, and the Alpha went."


def test_countries_and_their_peoples_share_a_number():
    text = "Kenya said Kenyan troops had crossed into Somalia, where Somali elders met them."
    assert (
        shown(text) == "Norway said Norwegian troops had crossed into Sweden, where Swedish elders met them."
    )


def test_swapping_two_parties_leaves_what_is_shown_the_same():
    template = "{a} killed nine fighters, {b} said. {a} denied it, and later {b} and {a} met."
    one = template.format(a="Hezbollah", b="Boko Haram")
    other = template.format(a="Boko Haram", b="Hezbollah")
    assert shown(one) == shown(other)


def test_loaded_words_give_way_to_plain_ones():
    assert shown("Three terrorists died.") == shown("Three militants died.")
    assert shown("The heinous attack") == shown("The barbaric attack")


def test_pieces_of_a_masked_name_cover_the_whole_name():
    text = "Then Boko Haram fled."
    pieces = pieces_of(text, masks_of(text, names_in(text)))
    words = [text[a:b] for a, b in zip(pieces.starts, pieces.ends, strict=True)]
    assert words == ["Then", "Boko Haram", "fled", "."]
    assert tokenizer().id_to_token(int(pieces.ids[1])) == "alpha"


@given(st.text(max_size=300), st.lists(st.tuples(st.integers(0, 300), st.integers(1, 20)), max_size=8))
def test_offsets_stay_inside_the_text_and_in_order(text: str, cuts: list[tuple[int, int]]):
    names = [Name(a, min(a + n, len(text)), str(n), "party") for a, n in cuts if a < len(text)]
    masks = masks_of(text, names)
    assert all(x.end <= y.start for x, y in itertools.pairwise(masks))
    pieces = pieces_of(text, masks)
    assert all(0 <= a < b <= len(text) for a, b in zip(pieces.starts, pieces.ends, strict=True))
    assert all(a <= b for a, b in zip(pieces.starts, pieces.starts[1:], strict=False))


def test_a_mask_at_the_end_of_the_text():
    text = "It was Hezbollah"
    assert apply(text, [Mask(7, 16, "Alpha")])[0] == "It was Alpha"


@given(st.integers(0, 60), st.integers(1, 20))
def test_a_span_is_found_again_where_it_is_shown(start: int, size: int) -> None:
    text = "The Hill Front told the Lowland Army that 12 of its men had fallen."
    masks = (Mask(4, 14, "Alpha"), Mask(24, 36, "Lowland Navy"))
    shown = Shown.of(text, masks)
    begins, ends = shown.span(start, min(start + size, len(text)))
    said = shown.text[begins:ends]
    covered = [m for m in masks if m.start < start + size and start < m.end]
    assert all(m.word in said for m in covered)
    if not covered:
        assert said == text[start : start + size]
