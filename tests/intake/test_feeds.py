from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.conftest import ENGLISH, Taken
from tests.pace import not_held_up
from variorum.intake import (
    Arrival,
    Conditions,
    FeedAsked,
    FeedFailed,
    FeedState,
    Fetched,
    FetchError,
    ItemFound,
    Watch,
    take_in,
    take_item,
)
from variorum.intake.feeds import parse_feed
from variorum.model import InputError, SettingError

Take = Callable[..., Taken]

WHOLE = " ".join(
    [ENGLISH, "Shops in the street were closed for three days while investigators searched them."] * 2
)

RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>The Example Post</title><link>https://post.example/</link><ttl>60</ttl>
<item><title>Blast in &amp; near old town</title><link>https://post.example/news/blast</link>
 <guid isPermaLink="false">post-1</guid><pubDate>Sat, 15 Mar 2025 23:30:00 +0500</pubDate>
 <description>Twelve people were killed.</description></item>
<item><title>Market closed</title><link>/news/market</link><dc:date>2025-03-14T08:00:00Z</dc:date>
 <content:encoded><![CDATA[<p>{WHOLE}</p><script>alert(1)</script>]]></content:encoded></item>
<item><title>Undated</title><link>javascript:alert(1)</link></item>
</channel></rss>"""
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>The Example Post</title><id>urn:feed</id>
<updated>2025-03-16T00:00:00Z</updated>
<entry><title>Blast</title><id>urn:1</id><link href="news/blast"/><published>2025-03-15T23:30:00+05:00</published>
 <updated>2025-03-16T00:00:00Z</updated><source><title>A Wire</title></source></entry>
<entry><title>Only updated</title><id>urn:2</id><link href="https://post.example/2"/>
 <updated>2025-03-16T00:00:00Z</updated></entry></feed>"""
JSON_FEED: dict[str, Any] = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "The Example Post",
    "items": [
        {
            "id": "1",
            "url": "https://post.example/1",
            "title": "Blast",
            "date_published": "2025-03-15T23:30:00+05:00",
        },
        {"id": 2, "content_html": f"<p>{WHOLE}</p>"},
        "no item",
    ],
}
BASE = "https://post.example/feeds/all.xml"


def test_rss() -> None:
    feed = parse_feed(RSS.encode(), where="feed", base=BASE)
    assert (feed.title, feed.minutes) == ("The Example Post", 60)
    first, second, third = feed.items
    assert (first.key, first.url) == ("post-1", "https://post.example/news/blast")
    assert (first.title, first.publisher) == ("Blast in & near old town", "The Example Post")
    assert first.published == date(2025, 3, 15)
    assert first.text is None
    assert (second.url, second.published) == ("https://post.example/news/market", date(2025, 3, 14))
    assert second.text == WHOLE
    assert (third.url, third.published) == (None, None)


def test_atom() -> None:
    first, second = parse_feed(ATOM.encode(), where="feed", base=BASE).items
    assert (first.url, first.published) == ("https://post.example/feeds/news/blast", date(2025, 3, 15))
    assert first.publisher == "A Wire"
    assert second.published is None  # when it was changed is not when it was published


def test_json_feed() -> None:
    first, second = parse_feed(json.dumps(JSON_FEED).encode(), where="feed").items
    assert (first.url, first.published) == ("https://post.example/1", date(2025, 3, 15))
    assert second.text == WHOLE


@pytest.mark.parametrize(
    "content", [b"", b"{}", b'{"version": 1}', b"[" * 9999, b"<html></html>", b"<rss", b"text"]
)
def test_what_is_no_feed(content: bytes) -> None:
    with pytest.raises(InputError) as raised:
        parse_feed(content, where="feed")
    assert raised.value.code == "bad-feed"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_of_a_feed_do_not_grow_and_name_no_file(encoding: str) -> None:
    doctype = (
        '<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY a0 "ha">'
        + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
        + "]>"
    )
    content = (
        RSS.replace("?>", f"?>{doctype}", 1).replace("Market closed", "&a11;&f;").replace("UTF-8", encoding)
    )
    with not_held_up():
        with pytest.raises(InputError) as raised:
            parse_feed(content.encode(encoding), where="feed")
        assert raised.value.code == "xml-doctype"


LONG = 100_000


@pytest.mark.parametrize(
    "middle",
    [
        "<",
        "<a ",
        "&",
        "&amp;",
        "<![CDATA[",
        "<!--",
        "<!",
        "<?",
        "<a>",
        "<a b='",
        " ",
        "a@",
        "&lt;a ",
        "1",
        "&nbsp;",
    ],
)
@pytest.mark.parametrize("name", ["title", "pubDate", "link", "content:encoded"])
def test_no_feed_holds_us_up(middle: str, name: str) -> None:
    start, end = RSS.split("<item>")[0], "</item></channel></rss>"
    content = f"{start}<item><{name}>{middle * (LONG // len(middle))}</{name}>{end}"
    with not_held_up():
        parsed(content)


def test_characters_by_the_names_that_html_has_for_them() -> None:
    (item,) = parse_feed(rss("a&nbsp;b &mdash; c &amp; d &unknown;").encode(), where="feed").items
    assert item.title
    assert item.title.startswith("a b — c & d")


def test_a_feed_that_is_not_well_formed_is_read_as_far_as_it_goes() -> None:
    broken = rss("a", "b").replace("<channel>", "<channel><description>Fish & chips <br></description>")
    assert [item.title for item in parse_feed(broken.encode(), where="feed").items] == ["a", "b"]


@pytest.mark.parametrize("namespace", ["} a:b", "x}y:z", "[@x]", "{}", "a}*[1]/b:c"])
def test_a_namespace_that_is_no_address(namespace: str) -> None:
    feed = parse_feed(ATOM.replace("http://www.w3.org/2005/Atom", namespace).encode(), where="a")
    assert feed.title == "The Example Post"
    assert [item.key for item in feed.items] == ["urn:1", "urn:2"]


def test_names_that_extensions_use_too() -> None:
    content = rss("a").replace(
        "<item>",
        "<item xmlns:m='urn:media' xmlns:x='http://www.w3.org/2005/Atom'><m:title>Photo</m:title>"
        "<x:link rel='self' href='https://post.example/self'/>",
    )
    (item,) = parse_feed(content.encode(), where="feed").items
    assert (item.title, item.url) == ("a", "https://post.example/a")


def parsed(content: str) -> None:
    """Parse a feed, or be told that it is none."""
    with contextlib.suppress(InputError):
        parse_feed(content.encode("utf-8", "replace"), where="feed", base=BASE)


pieces = st.sampled_from(
    [
        *RSS.split("\n"),
        *ATOM.split("\n"),
        "<item>",
        "</item>",
        "<![CDATA[",
        "]]>",
        "&#xD800;",
        "&x;",
        "\0",
        "<",
        "é",
    ]
)


@given(st.lists(pieces, max_size=30).map("\n".join), st.sampled_from(["<rss version='2.0'>", "<feed>", ""]))
def test_no_feed_crashes(content: str, start: str) -> None:
    parsed(start + content)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=4,
)


@given(
    st.lists(
        st.dictionaries(st.sampled_from([*JSON_FEED["items"][0], "content_html"]), json_values), max_size=4
    )
)
def test_no_json_feed_crashes(items: list[dict[str, Any]]) -> None:
    feed = parse_feed(json.dumps({**JSON_FEED, "items": items}).encode(), where="feed", base=BASE)
    assert len(feed.items) == len(items)


# Reports of feeds

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Blast</title>{head}</head><body><article><h1>Blast in old town</h1>
<p>Twelve people were killed when a bomb exploded in the market of the old town, police said.</p>
<p>The group denied that its fighters had planted it, in a statement on Saturday morning.</p></article></body></html>"""


class Web:
    """Addresses and what is there; None for what says that nothing is new."""

    def __init__(self, **pages: bytes | str | InputError) -> None:
        self.pages: dict[str, bytes | str | InputError] = dict(pages)
        self.asked: list[tuple[str, Conditions | None]] = []
        self.conditions = Conditions()
        self.unchanged: set[str] = set()

    def fetch(self, url: str, conditions: Conditions | None = None) -> Fetched:
        self.asked.append((url, conditions))
        found = self.pages.get(url, FetchError("status 404", where=url, code="fetch-status", status=404))
        if isinstance(found, InputError):
            raise found
        data = found.encode() if isinstance(found, str) else found
        if url in self.unchanged and conditions == self.conditions and conditions != Conditions():
            return Fetched(url, url, b"", is_new=False, conditions=conditions)
        kind = "text/html" if data.startswith(b"<!DOCTYPE html") else "application/xml"
        return Fetched(url, url, data, media_type=kind, conditions=self.conditions)


def test_a_page_at_an_address(take: Take) -> None:
    report = take(
        "https://post.example/a", fetcher=Web(**{"https://post.example/a": PAGE.format(head="")})
    ).report
    assert "Twelve people" in report.text
    assert (report.url, report.publisher) == ("https://post.example/a", "post.example")


def test_a_page_is_believed_about_its_own_host_only(take: Take) -> None:
    def told(canonical: str) -> tuple[str | None, str | None]:
        head = f'<link rel="canonical" href="{canonical}">'
        web = Web(**{"https://post.example/a?x=1": PAGE.format(head=head)})
        report = take("https://post.example/a?x=1", fetcher=web).report
        return report.url, report.publisher

    assert told("https://www.post.example/a") == ("https://www.post.example/a", "post.example")
    assert told("https://daily.example/a") == ("https://post.example/a?x=1", "post.example")


def test_a_feed_at_an_address_leads_to_its_pages(take: Take) -> None:
    page = PAGE.format(head="")
    day = '<meta property="article:published_time" content="2025-03-13T22:10:00+05:00">'
    web = Web(
        **{
            BASE: RSS,
            "https://post.example/news/blast": page,
            "https://post.example/news/market": PAGE.format(head=day).replace("Twelve", "Eleven"),
        }
    )
    taken = take(BASE, fetcher=web)
    first, second = taken.reports
    assert (first.published, first.publisher) == (date(2025, 3, 15), "post.example")
    assert second.published == date(2025, 3, 13)  # the page's own word goes before the feed's
    assert taken.codes == ["feed-summary"]  # the third item has neither address nor text


def test_the_feeds_own_text_serves_where_the_page_cannot_be_had(take: Take) -> None:
    web = Web(**{BASE: RSS, "https://post.example/news/blast": PAGE.format(head="")})
    taken = take(BASE, fetcher=web)
    assert taken.reports[1].text == WHOLE
    assert taken.reports[1].publisher == "The Example Post"
    assert "fetch-status" in taken.noted


def test_a_file_never_makes_us_ask_the_network(tmp_path: Any, take: Take) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(RSS)
    web = Web()
    taken = take(path, fetcher=web)
    assert [report.text for report in taken.reports] == [WHOLE]
    assert taken.codes == ["feed-summary", "feed-summary"]
    assert web.asked == []


def test_a_json_feed_in_a_file(tmp_path: Any, take: Take) -> None:
    path = tmp_path / "feed.json"
    path.write_text(json.dumps(JSON_FEED, indent=1))
    assert [report.text for report in take(path).reports] == [WHOLE]


def test_an_item_that_leads_to_a_feed_is_no_article(take: Take) -> None:
    web = Web(**{BASE: RSS, "https://post.example/news/blast": RSS})
    assert "no-article" in take(BASE, fetcher=web).codes


def test_what_cannot_be_fetched_is_told_and_the_batch_goes_on(take: Take) -> None:
    web = Web(**{"https://post.example/a": PAGE.format(head="")})
    taken = take("https://post.example/none", "https://post.example/a", fetcher=web)
    assert taken.codes == ["fetch-status"]
    assert len(taken.reports) == 1


def test_a_store_is_told_of_each_sighting() -> None:
    web = Web(**{"https://post.example/a": PAGE.format(head="")})
    found = list(take_in(["https://post.example/a"] * 2, fetcher=web))
    assert all(isinstance(one, Arrival) for one in found)
    assert len({one.report.id for one in found if isinstance(one, Arrival)}) == 1
    assert len(found) == 2


# Watching

NOW = datetime(2025, 3, 15, 12, 0, tzinfo=UTC)
FEED = "https://post.example/feed"


def rss(*items: str, ttl: int | None = None) -> str:
    body = "".join(
        f"<item><title>{title}</title><guid>{title[0]}</guid><link>https://post.example/{title[0]}</link></item>"
        for title in items
    )
    told = f"<ttl>{ttl}</ttl>" if ttl else ""
    return f'<rss version="2.0"><channel><title>The Example Post</title>{told}{body}</channel></rss>'


def titles(events: Iterator[Any]) -> list[str]:
    return [f"{event.item.title}{'*' * event.changed}" for event in events if isinstance(event, ItemFound)]


def test_new_items_are_told_once_the_oldest_first() -> None:
    web = Web(**{FEED: rss("b", "a")})
    watch = Watch([FEED], web, every=timedelta(minutes=10))
    assert titles(watch.step(NOW)) == ["a", "b"]
    assert titles(watch.step(NOW + timedelta(minutes=5))) == []
    assert len(web.asked) == 1  # not due
    web.pages[FEED] = rss("c", "b", "a")
    assert titles(watch.step(NOW + timedelta(minutes=10))) == ["c"]


def test_a_changed_item_is_told_again() -> None:
    web = Web(**{FEED: rss("a")})
    watch = Watch([FEED], web)
    list(watch.step(NOW))
    web.pages[FEED] = rss("a, corrected")
    assert titles(watch.step(NOW + timedelta(hours=1))) == ["a, corrected*"]


def test_whoever_stops_in_the_middle_is_told_again() -> None:
    web = Web(**{FEED: rss("c", "b", "a")})
    watch = Watch([FEED], web)
    web.conditions = Conditions(etag="1")
    web.unchanged.add(FEED)
    events = watch.step(NOW)
    next(events)
    next(events)
    del events
    restarted = Watch([FEED], web, states=watch.states)
    assert titles(restarted.step(NOW)) == ["b", "c"]


def test_conditions_are_kept_between_asks() -> None:
    web = Web(**{FEED: rss("a")})
    web.conditions, web.unchanged = Conditions("1", "yesterday"), {FEED}
    watch = Watch([FEED], web, every=timedelta(minutes=10))
    list(watch.step(NOW))
    (event,) = watch.step(NOW + timedelta(minutes=10))
    assert event == FeedAsked(FEED, 0, NOW + timedelta(minutes=20), unchanged=True)
    assert web.asked[1] == (FEED, web.conditions)


def test_states_can_be_kept_as_plain_values() -> None:
    web = Web(**{FEED: rss("a")})
    watch = Watch([FEED], web)
    list(watch.step(NOW))
    kept = {feed: FeedState(**asdict(state)) for feed, state in watch.states.items()}
    assert titles(Watch([FEED], web, states=kept).step(NOW + timedelta(days=1))) == []


def test_a_feed_that_fails_is_asked_half_as_often_each_time() -> None:
    web = Web()
    watch = Watch([FEED], web, every=timedelta(minutes=10))
    now, pauses = NOW, []
    for _ in range(12):
        (event,) = watch.step(now)
        assert isinstance(event, FeedFailed)
        assert event.due is not None
        pauses.append(event.due - now)
        now = event.due
    assert pauses[:3] == [timedelta(minutes=20), timedelta(minutes=40), timedelta(minutes=80)]
    assert pauses[-1] == timedelta(days=1)
    web.pages[FEED] = rss("a")
    assert titles(watch.step(now)) == ["a"]
    assert watch.next_due == now + timedelta(minutes=10)


def test_a_feed_that_asks_for_patience_gets_it() -> None:
    web = Web(**{FEED: FetchError("later", where=FEED, code="fetch-later", status=429, retry_after=7200)})
    watch = Watch([FEED], web, every=timedelta(minutes=10))
    list(watch.step(NOW))
    assert watch.next_due == NOW + timedelta(hours=2)
    web.pages[FEED] = rss("a", ttl=90)
    list(watch.step(NOW + timedelta(hours=2)))
    assert watch.next_due == NOW + timedelta(hours=3, minutes=30)


def test_a_feed_that_is_gone_is_not_asked_again() -> None:
    web = Web(**{FEED: FetchError("gone", where=FEED, code="fetch-status", status=410)})
    watch = Watch([FEED], web)
    (event,) = watch.step(NOW)
    assert isinstance(event, FeedFailed)
    assert event.due is None
    assert list(watch.step(NOW + timedelta(days=99))) == []
    assert watch.next_due is None


def test_one_feed_does_not_hold_up_another() -> None:
    other = "https://daily.example/feed"
    web = Web(**{FEED: "no feed", other: rss("a")})
    events = list(Watch([FEED, other], web).step(NOW))
    assert [type(event) for event in events] == [FeedFailed, ItemFound, FeedAsked]


def test_an_item_found_is_taken_in() -> None:
    web = Web(**{FEED: rss("a"), "https://post.example/a": PAGE.format(head="")})
    (event,) = (event for event in Watch([FEED], web).step(NOW) if isinstance(event, ItemFound))
    (arrival,) = take_item(event.item, fetcher=web)
    assert isinstance(arrival, Arrival)
    assert "Twelve people" in arrival.report.text


def test_what_was_seen_is_not_kept_without_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("variorum.intake.watching._MOST_KEPT", 50)
    web = Web()
    watch = Watch([FEED], web, every=timedelta(minutes=1))
    for number in range(6):
        items = "".join(f"<item><guid>{n}</guid></item>" for n in range(number * 20, number * 20 + 20))
        web.pages[FEED] = f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>'
        list(watch.step(NOW + timedelta(hours=number)))
    seen = set(watch.states[FEED].seen)
    assert len(seen) == 50
    assert seen > {str(n) for n in range(80, 120)}


def test_an_interval_of_nothing_makes_no_sense() -> None:
    with pytest.raises(SettingError):
        Watch([FEED], Web(), every=timedelta(0))
