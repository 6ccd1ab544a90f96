

def test_a_place_named_like_a_person_ends() -> None:
    """A word that is both a person and a city once sent the rules round in a circle."""
    text = "Sam Houston ran the club. A retired staffer from Houston's Parks and Recreation department, Schwartz said so."
    start = text.index("A retired")
    assert resolve_parties(text, [(start, text.index(" said"))])[0].party
