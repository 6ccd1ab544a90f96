"""Places of invented reports: found, told from namesakes, with precision; and what must hold for any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.reading.places import NameSpan, PlaceMention, as_toponyms, resolve_places
from variorum.reading.places.names import name_key


def read(text: str, *places: str, domain: str | None = None, **others: str) -> dict[str, PlaceMention]:
    """The mentions by their words, with a tagger that finds `places` and `others` (label="words")."""
    names = [*(("place", words) for words in places), *others.items()]
    spans = [
        NameSpan(text.index(words), text.index(words) + len(words), label)  # type: ignore[arg-type]
        for label, words in names
    ]
    return {text[m.start : m.end]: m for m in resolve_places(text, spans, publisher_domain=domain)}


@pytest.mark.parametrize(
    ("text", "name", "country", "admin1"),
    [
        ("A warehouse burned in Paris, Texas, overnight.", "Paris", "US", "Texas"),
        ("A warehouse burned in Paris overnight, and France sent help to Paris.", "Paris", "FR", None),
        ("Two guards were shot in London, Ontario, on Sunday.", "London", "CA", "Ontario"),
        ("Shells fell on Tripoli, Lebanon, before dawn.", "Tripoli", "LB", None),
        ("Shells fell on Tripoli, Libya, before dawn.", "Tripoli", "LY", None),
        ("Gunmen raided Hyderabad in Sindh, Pakistan.", "Hyderabad", "PK", "Sindh"),
        ("Gunmen raided Hyderabad in India.", "Hyderabad", "IN", None),
    ],
)
def test_what_contains_a_place_tells_it_from_its_namesakes(
    text: str, name: str, country: str, admin1: str | None
) -> None:
    wide = [
        word
        for word in ("Texas", "France", "Ontario", "Lebanon", "Libya", "Sindh", "Pakistan", "India")
        if word in text
    ]
    mention = read(text, name, *wide)[name]
    assert mention.country == country
    assert admin1 is None or mention.admin1 == admin1


def test_the_rest_of_the_report_tells_namesakes_apart() -> None:
    text = "The convoy left Homs and Aleppo for Tripoli, Beirut said. Lebanon has closed the road to Beirut."
    assert read(text, "Homs", "Aleppo", "Tripoli", "Beirut", "Lebanon")["Tripoli"].country == "LB"


def test_adjectives_of_nationality_are_no_places() -> None:
    text = "Iraqi and Turkish officers met in Mosul."
    found = read(text, "Mosul", nationality="Iraqi")
    assert set(found) == {"Mosul"}
    assert found["Mosul"].country == "IQ"


def test_an_unknown_place_stays_unresolved() -> None:
    mention = read("Raiders struck Qwxyrabad Kalan at night.", "Qwxyrabad Kalan")["Qwxyrabad Kalan"]
    assert (mention.lat, mention.lon, mention.country, mention.precision) == (None, None, None, None)
    assert as_toponyms([mention]) == [
        {"start": mention.start, "end": mention.end, "lat": None, "lon": None, "geonameid": None}
    ]


@pytest.mark.parametrize(
    ("text", "name", "precision", "level"),
    [
        ("Rain fell in Pakistan and Quetta.", "Pakistan", 6, "country"),
        ("Rain fell in Balochistan, Pakistan.", "Balochistan", 4, "admin1"),
        ("Rain fell in Quetta, Pakistan.", "Quetta", 1, "town"),
        ("A van burned near Quetta, Pakistan.", "Quetta", 2, "town"),
        ("Troops moved into northern Syria from Iraq.", "Syria", 5, "country"),
    ],
)
def test_precision_follows_the_level_and_the_words_before(
    text: str, name: str, precision: int, level: str
) -> None:
    mention = read(text, name, *(word for word in ("Pakistan", "Iraq") if word in text and word != name))[
        name
    ]
    assert (mention.precision, mention.level) == (precision, level)


def test_places_within_the_names_of_bodies_are_found_without_the_tagger() -> None:
    text = "Denver police and the Denver Fire Department were at the scene in Denver, Colorado."
    found = resolve_places(text, [NameSpan(70, 76, "place"), NameSpan(26, 48, "organisation")])
    assert [text[m.start : m.end] for m in found].count("Denver") >= 2


def test_one_name_means_one_place_in_a_report_unless_it_says_otherwise() -> None:
    text = "Fire broke out in Springfield, Illinois. The mayor of Springfield spoke."
    start = text.rindex("Springfield")
    names = [NameSpan(18, 29, "place"), NameSpan(31, 39, "place"), NameSpan(start, start + 11, "place")]
    first, _, last = resolve_places(text, names)
    assert first.geonameid == last.geonameid
    assert first.admin1 == "Illinois"


def test_answers_do_not_change() -> None:
    text = "Clashes spread from Goma to Bukavu, in the Democratic Republic of the Congo, as Rwanda looked on."
    names = [NameSpan(20, 24, "place"), NameSpan(28, 34, "place")]
    assert resolve_places(text, names) == resolve_places(text, names)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("St. Louis", "Saint Louis"),
        ("Côte d’Ivoire", "Cote d'Ivoire"),
        ("Deir ez-Zor", "Deir Ez Zor"),
        ("the U.S.", "US"),
        ("Łódź", "Lodz"),
        ("Mt. Vernon", "Mount Vernon"),
    ],
)
def test_spellings_of_one_name_share_a_key(a: str, b: str) -> None:
    assert name_key(a) == name_key(b)


WORDS = st.lists(
    st.sampled_from(
        [
            "Paris",
            "Texas",
            "in",
            "the",
            ",",
            "U.S.",
            "Ill.",
            "Iraqi",
            "northern",
            "\n",
            "(",
            ")",
            "Gaza",
            "St. Louis",
            "London-based",
            "near",
            "province",
            "’s",
            "Ğ",
            "?",
        ]
    ),
    max_size=25,
).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(text=WORDS | st.text(max_size=80), data=st.data())
def test_any_text_gives_valid_ordered_mentions(text: str, data: st.DataObject) -> None:
    bounds = st.integers(0, len(text))
    labels = st.sampled_from(["place", "person", "organisation", "nationality", "other"])
    names = [
        NameSpan(a, b, label)
        for a, b, label in data.draw(st.lists(st.tuples(bounds, bounds, labels), max_size=5))
        if a < b
    ]
    found = resolve_places(
        text, names, publisher_domain=data.draw(st.none() | st.sampled_from(["a.co.uk", "x", ""]))
    )
    previous = 0
    for mention in found:
        assert previous <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end].strip()
        assert 0 <= mention.score <= 1
        assert (mention.lat is None) == (mention.lon is None) == (mention.precision is None)
        assert mention.lat is None or (-90 <= mention.lat <= 90 and -180 <= (mention.lon or 0) <= 180)
        previous = mention.end
