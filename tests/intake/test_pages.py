from __future__ import annotations

from datetime import date

from tests.pace import not_held_up

HEAD = """<!DOCTYPE html><html lang="en"><head><meta charset="{charset}"><title>Blast in old town</title>
<meta property="og:site_name" content="The Example Post">
<meta property="og:title" content="Blast in old town kills 12">
<link rel="canonical" href="https://post.example/news/blast">
{date}</head><body><nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Blast in old town kills 12</h1>{body}</article>
<footer>All rights reserved.</footer></body></html>"""
DAY = '<meta property="article:published_time" content="2025-03-15T22:10:00+05:00">'
BODY = (
    "<p>Twelve people were killed when a bomb exploded in the market of the old town, police said.</p>"
    "<p>The group denied that its fighters had planted it, in a statement on Saturday morning.</p>"
)


def page(date: str = DAY, body: str = BODY, charset: str = "utf-8") -> str:
    return HEAD.format(date=date, body=body, charset=charset)


def test_article_and_its_metadata(take_file):
    taken = take_file("a.html", page())
    report = taken.report
    assert "Twelve people were killed" in report.text
    assert "police said.\n\nThe group denied" in report.text
    assert "All rights reserved" not in report.text
    assert "Home" not in report.text
    assert report.publisher == "The Example Post"
    assert report.title == "Blast in old town kills 12"
    assert report.url == "https://post.example/news/blast"
    assert report.published == date(2025, 3, 15)
    assert taken.noted == []


def test_what_the_caller_says_goes_first(take_file):
    report = take_file("a.html", page(), published="2025-03-14", publisher="A Wire").report
    assert (report.published, report.publisher) == (date(2025, 3, 14), "A Wire")


def test_page_is_known_by_its_content(take_stdin):
    assert take_stdin(page().encode()).report.publisher == "The Example Post"


def test_day_in_the_body_is_not_taken_for_the_publication_date(take_file):
    taken = take_file(
        "a.html", page(date="", body=BODY + "<p>It was the worst since 3 May 2019, she said.</p>")
    )
    assert taken.report.published is None
    assert "no-date" in taken.noted


def test_impossible_date_of_a_page_is_unknown(take_file):
    bad = '<meta property="article:published_time" content="2025-02-31">'
    assert take_file("a.html", page(date=bad)).report.published is None


def test_declared_charset_is_used(take_file):
    taken = take_file(
        "a.html", page(body=BODY.replace("old", "vie\u0142"), charset="iso-8859-2").encode("iso-8859-2")
    )
    assert "vie\u0142 town" in taken.report.text
    assert "guessed-encoding" not in taken.noted


def test_page_without_an_article(take_file):
    assert (
        take_file("a.html", "<html><body><nav><a href='/'>Home</a></nav></body></html>").error.code
        == "no-article"
    )
    assert take_file("b.html", "").error.code == "no-article"


def test_a_page_of_thousands_of_paragraphs_does_not_hold_us(take_file):
    """A second way of taking it apart would take time that grows with the square of them: minutes here."""
    many = BODY + "<p>x" * 20_000
    with not_held_up():
        assert take_file("a.html", page(body=many)).report.text


def test_page_nested_beyond_reason(take_file):
    deep = "<div>" * 5000 + BODY + "</div>" * 5000
    assert take_file("a.html", page(body=deep)).error.code == "nested-too-deep"
