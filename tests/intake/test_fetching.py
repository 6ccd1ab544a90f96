from __future__ import annotations

import contextlib
import gzip
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake.server import CERTIFICATE, LOOPBACK, Clock, Handler, Server, resolver, running
from tests.pace import not_held_up
from variorum.intake import (
    Arrival,
    Conditions,
    FeedAsked,
    Fetcher,
    FetchError,
    FetchSettings,
    ItemFound,
    Watch,
    read_reports,
    take_item,
)
from variorum.intake.addresses import addresses_of, target_of
from variorum.intake.answers import Answer
from variorum.intake.politeness import pause_after
from variorum.model import InputError, Report, SettingError

pytest.importorskip("protego")


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as server:
        yield server


def fetcher(
    clock: Clock | None = None, resolve: Callable[[str, int], list[str]] | None = None, **settings: Any
) -> Fetcher:
    clock = clock or Clock()
    known = {"allowed_networks": LOOPBACK, "seconds": 20.0} | settings
    return Fetcher(FetchSettings(**known), resolve=resolve or resolver(), clock=clock, sleep=clock.sleep)


def code_of(url: str, fetcher: Fetcher) -> str:
    with pytest.raises(FetchError) as raised:
        fetcher.fetch(url)
    assert raised.value.what
    assert raised.value.where
    assert raised.value.remedy
    return raised.value.code


def test_a_page_as_it_came(server: Server) -> None:
    url = server.page("/a", "café", ETag='"1"', Last_Modified="Sat, 15 Mar 2025 10:00:00 GMT")
    found = fetcher().fetch(url)
    assert (found.asked, found.url, found.data.decode(), found.is_new) == (url, url, "café", True)
    assert (found.media_type, found.charset) == ("text/html", "utf-8")
    assert found.conditions == Conditions('"1"', "Sat, 15 Mar 2025 10:00:00 GMT")


def test_who_asks_is_told_and_nothing_else(server: Server) -> None:
    url = server.page("/a", "x", Set_Cookie="a=b")
    asking = fetcher(contact="https://lab.example/about", robots=False)
    asking.fetch(url)
    asking.fetch(url)
    for _, headers in server.asked:
        assert headers["user-agent"].startswith("Variorum/")
        assert headers["user-agent"].endswith(" (+https://lab.example/about)")
        assert headers["host"] == f"127.0.0.1:{server.port}"
        assert not {"cookie", "referer", "authorization"} & headers.keys()


def test_what_has_not_changed_is_not_sent_again(server: Server) -> None:
    def answer(handler: Handler) -> None:
        handler.send(304 if handler.headers.get("If-None-Match") == '"1"' else 200, b"", ETag='"1"')

    server.answers["/a"] = answer
    asking = fetcher()
    first = asking.fetch(server.url("/a"))
    again = asking.fetch(server.url("/a"), first.conditions)
    assert (first.is_new, again.is_new, again.data) == (True, False, b"")
    assert again.conditions == first.conditions


def test_conditions_cannot_add_a_header(server: Server) -> None:
    server.page("/a", "x")
    fetcher(robots=False).fetch(
        server.url("/a"), Conditions('"1"\r\nX-Evil: 1', "Sat, 15 Mar 2025 10:00:00 GMT")
    )
    ((_, headers),) = server.asked
    assert "if-none-match" not in headers
    assert headers["if-modified-since"] == "Sat, 15 Mar 2025 10:00:00 GMT"


# Addresses


@pytest.mark.parametrize(
    "url",
    [
        "ftp://post.example/a",
        "file:///etc/passwd",
        "gopher://post.example/",
        "javascript:alert(1)",
        "https://",
        "http:///a",
        "https://post.example:0/",
        "https://post.example:99999/",
        "https://user:secret@post.example/",
        "https://post.example/a b",
        "https://post.example/\r\nX: y",
        "https://[::1/",
        "https://post.example/" + "a" * 5000,
        "post.example/a",
        "",
    ],
)
def test_what_is_no_address_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(FetchError) as raised:
        fetcher().fetch(url)
    assert raised.value.code == "fetch-bad-address"
    assert "secret" not in str(raised.value)
    assert "\r" not in raised.value.where


SPECIAL = [
    "127.0.0.1",
    "127.8.8.8",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2001:db8::1",
    "2001::1",
    "2002:7f00:1::",
    "fc00::1",
    "fe80::1",
    "fe80::1%1",
    "fec0::1",
    "ff02::1",
]


def test_a_refusal_names_what_was_asked_for() -> None:
    for url in ("http://127.0.0.1/a", "ftp://post.example/a"):
        (error,) = read_reports([url])
        assert isinstance(error, FetchError)
        assert error.where == url


@pytest.mark.parametrize("address", SPECIAL)
def test_no_special_address_is_connected_to(address: str) -> None:
    named = fetcher(resolve=lambda host, port: [address], allowed_networks=())
    assert code_of("http://post.example/a", named) == "fetch-refused-address"


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "10.1.2.3", "169.254.169.254", "[fe80::1]"]
)
def test_no_special_address_is_connected_to_by_number(host: str) -> None:
    assert code_of(f"http://{host}/a", fetcher(allowed_networks=())) == "fetch-refused-address"


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost"])
def test_other_spellings_of_loopback_go_by_what_they_resolve_to(host: str) -> None:
    asking = fetcher(resolve=lambda host, port: ["127.0.0.1"], allowed_networks=())
    assert code_of(f"http://{host}/a", asking) == "fetch-refused-address"


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111"])
def test_addresses_of_the_open_internet_are_no_special_ones(address: str) -> None:
    from variorum.intake.addresses import is_open

    assert is_open(address)


def test_only_the_networks_that_a_setting_names_are_allowed(server: Server) -> None:
    server.page("/a", "x")
    assert fetcher().fetch(server.url("/a")).data == b"x"
    assert code_of(server.url("/a", "127.0.0.2"), fetcher()) == "fetch-refused-address"


@pytest.mark.parametrize(
    "to", ["http://127.0.0.2/", "http://10.0.0.1/", "//169.254.169.254/latest", "http://inner.example/"]
)
def test_no_redirect_leads_to_a_special_address(server: Server, to: str) -> None:
    url = server.redirect("/a", to)
    asking = fetcher(resolve=resolver(inner_example="192.168.0.1"))
    assert code_of(url, asking) == "fetch-refused-address"


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://post.example/", "https://a:b@post.example/"])
def test_no_redirect_leads_out_of_the_web(server: Server, to: str) -> None:
    assert code_of(server.redirect("/a", to), fetcher()) == "fetch-bad-address"


def test_a_name_that_changes_its_address_is_checked_each_time(server: Server) -> None:
    """Rebinding: the name leads to an allowed address when first asked for, then into the private network."""
    answers = iter([["127.0.0.1"], ["127.0.0.1"], ["10.0.0.1"]])
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return next(answers)

    url = server.page("/a", "x").replace("127.0.0.1", "post.example")
    asking = fetcher(resolve=resolve)
    assert asking.fetch(url).data == b"x"
    assert asked == ["post.example"] * 2  # robots.txt and the page: one look-up for each connection
    assert code_of(url, asking) == "fetch-refused-address"


def test_the_name_stays_in_the_request(server: Server) -> None:
    url = server.page("/a", "x").replace("127.0.0.1", "post.example")
    assert fetcher(resolve=resolver(post_example="127.0.0.1")).fetch(url).url == url
    assert server.asked[-1][1]["host"] == f"post.example:{server.port}"


def test_special_addresses_among_others_are_passed_over(server: Server) -> None:
    url = server.page("/a", "x").replace("127.0.0.1", "post.example")
    assert fetcher(resolve=resolver(post_example="10.0.0.1 127.0.0.1")).fetch(url).data == b"x"
    mixed = ["10.0.0.1", "8.8.8.8", "fd00::1", "127.0.0.1"]
    assert addresses_of(target_of(url), lambda host, port: mixed, allowed=(), seconds=5) == ["8.8.8.8"]


def test_a_name_that_is_not_known() -> None:
    assert code_of("https://nobody.example/", fetcher()) == "fetch-no-host"


def test_a_resolver_that_does_not_answer() -> None:
    never = threading.Event()
    asking = fetcher(resolve=lambda host, port: [str(never.wait(30))], seconds=0.2)
    assert code_of("https://post.example/", asking) in ("fetch-timeout", "fetch-robots")
    never.set()


def test_a_port_where_nobody_listens() -> None:
    with running() as server:
        url = server.url("/a")
    assert code_of(url, fetcher(robots=False)) == "fetch-unreachable"


# Certificates


def test_the_certificate_is_that_of_the_name() -> None:
    with running(secure=True) as server:
        server.page("/a", "x")
        asking = fetcher(
            resolve=resolver(post_example="127.0.0.1", other_example="127.0.0.1"), authorities=CERTIFICATE
        )
        url = server.url("/a", "post.example").replace("http:", "https:")
        assert asking.fetch(url).data == b"x"
        assert set(server.names) == {"post.example"}
        assert (
            code_of(
                url.replace("post", "other"),
                fetcher(resolve=resolver(other_example="127.0.0.1"), authorities=CERTIFICATE, robots=False),
            )
            == "fetch-unreachable"
        )
        assert (
            code_of(url, fetcher(resolve=resolver(post_example="127.0.0.1"), robots=False))
            == "fetch-unreachable"
        )


# Redirects


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(server: Server, status: int) -> None:
    server.redirect("/a", "b?c=d#e", status)
    server.page("/b?c=d", "x")
    assert fetcher().fetch(server.url("/a")).url == server.url("/b?c=d")


def test_so_many_redirects_and_no_more(server: Server) -> None:
    for number in range(5):
        server.redirect(f"/{number}", f"/{number + 1}")
    server.page("/5", "x")
    assert fetcher(redirects=5).fetch(server.url("/0")).data == b"x"
    assert code_of(server.url("/0"), fetcher(redirects=4)) == "fetch-redirects"


def test_an_address_beyond_ascii_in_a_redirect(server: Server) -> None:
    server.redirect("/a", "/caf\u00e9".encode().decode("latin-1"))
    server.page("/caf%C3%A9", "x")
    assert fetcher().fetch(server.url("/a")).data == b"x"


def test_what_an_error_says_besides_is_not_read(server: Server) -> None:
    server.page("/a", "x" * 5000, 404)
    assert code_of(server.url("/a"), fetcher(max_bytes=1000)) == "fetch-status"


def test_redirects_in_a_circle(server: Server) -> None:
    server.redirect("/a", "/a")
    assert code_of(server.url("/a"), fetcher()) == "fetch-redirects"


# Size and time


def endless(handler: Handler, block: bytes = b"x" * 10_000, **headers: str) -> None:
    handler.send_response(200)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    while True:
        handler.wfile.write(block)


def test_an_endless_body(server: Server) -> None:
    server.answers["/a"] = endless
    assert code_of(server.url("/a"), fetcher(max_bytes=100_000)) == "fetch-too-large"


def test_an_endless_body_in_chunks(server: Server) -> None:
    server.answers["/a"] = lambda handler: endless(
        handler, b"1000\r\n" + b"x" * 4096 + b"\r\n", Transfer_Encoding="chunked"
    )
    assert code_of(server.url("/a"), fetcher(max_bytes=100_000)) == "fetch-too-large"


def test_a_size_that_is_announced_is_believed(server: Server) -> None:
    server.page("/a", "x", Content_Length="1000000000")
    assert code_of(server.url("/a"), fetcher(max_bytes=1000)) == "fetch-too-large"


def test_exactly_as_much_as_is_allowed(server: Server) -> None:
    url = server.page("/a", "x" * 1000)
    assert len(fetcher(max_bytes=1000).fetch(url).data) == 1000
    assert code_of(url, fetcher(max_bytes=999)) == "fetch-too-large"


def test_a_bomb_is_not_unpacked(server: Server) -> None:
    packed = gzip.compress(bytes(100_000_000), 9)
    url = server.page("/a", packed, Content_Encoding="gzip")
    asking = fetcher(max_bytes=1_000_000)
    asking.fetch(server.page("/b", "x"))
    tracemalloc.start()
    assert code_of(url, asking) == "fetch-too-large"
    assert tracemalloc.get_traced_memory()[1] < 8_000_000
    tracemalloc.stop()


def test_packing_without_end_and_nothing_in_it(server: Server) -> None:
    """Blocks of gzip that come to nothing: the limit is on what is sent, too."""
    blocks = gzip.compress(b"")[:10] + b"\x00\x00\x00\xff\xff" * 2000
    sent: list[int] = []

    def answer(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Encoding", "gzip")
        handler.end_headers()
        while len(sent) < 5000:
            sent.append(handler.wfile.write(blocks if not sent else blocks[10:]))

    server.answers["/a"] = answer
    assert code_of(server.url("/a"), fetcher(max_bytes=100_000)) in ("fetch-too-large", "fetch-cut-short")
    assert len(sent) < 4000


def test_what_is_packed_is_unpacked(server: Server) -> None:
    both = gzip.compress(b"one ") + gzip.compress(b"two")
    assert fetcher().fetch(server.page("/a", both, Content_Encoding="gzip")).data == b"one two"


@pytest.mark.parametrize(
    ("body", "headers", "code"),
    [
        (b"no gzip at all", {"Content_Encoding": "gzip"}, "fetch-encoding"),
        (b"x", {"Content_Encoding": "br"}, "fetch-encoding"),
        (b"x", {"Content_Encoding": "gzip, gzip"}, "fetch-encoding"),
        (gzip.compress(b"whole " * 999)[:-9], {"Content_Encoding": "gzip"}, "fetch-cut-short"),
        (b"short", {"Content_Length": "500"}, "fetch-cut-short"),
        (b"5\r\nwhole\r\n", {"Transfer_Encoding": "chunked", "Content_Length": ""}, "fetch-cut-short"),
    ],
    # Named, since a compressed body holds the second it was made in and every worker must know a test by one name.
    ids=["not gzip", "unknown coding", "coded twice", "gzip cut short", "shorter than said", "no last chunk"],
)
def test_a_body_that_is_not_what_its_head_says(
    server: Server, body: bytes, headers: dict[str, str], code: str
) -> None:
    assert code_of(server.page("/a", body, **headers), fetcher()) == code


def test_more_than_the_announced_size_is_not_read(server: Server) -> None:
    assert fetcher().fetch(server.page("/a", "12345", Content_Length="3")).data == b"123"


def drip(handler: Handler, parts: Iterator[bytes]) -> None:
    for part in parts:
        handler.wfile.write(part)
        handler.wfile.flush()
        time.sleep(0.02)


def forever(start: bytes, part: bytes) -> Iterator[bytes]:
    yield start
    for _ in range(2000):
        yield part


@pytest.mark.parametrize(
    ("start", "part"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1"),
        (b"HTTP/1.1 200 OK\r\n", b"X"),
        (b"", b"H"),
    ],
    ids=["body", "chunk size", "header", "status line"],
)
def test_a_byte_now_and_then_does_not_hold_us(server: Server, start: bytes, part: bytes) -> None:
    server.answers["/a"] = lambda handler: drip(handler, forever(start, part))
    asking = fetcher(seconds=0.4, robots=False)
    with not_held_up():
        assert code_of(server.url("/a"), asking) == "fetch-timeout"


def test_redirects_share_one_limit_of_time(server: Server) -> None:
    def slow(handler: Handler) -> None:
        time.sleep(0.15)
        handler.send(302, b"", Location="/a")

    server.answers["/a"] = slow
    with not_held_up():
        assert code_of(server.url("/a"), fetcher(seconds=0.4, redirects=100, robots=False)) == "fetch-timeout"


def test_a_host_that_says_nothing(server: Server) -> None:
    server.answers["/a"] = lambda handler: time.sleep(1)
    assert code_of(server.url("/a"), fetcher(seconds=0.2, robots=False)) == "fetch-timeout"


def test_what_is_no_http(server: Server) -> None:
    server.answers["/a"] = lambda handler: drip(handler, iter([b"SSH-2.0-OpenSSH\r\n\r\n"]))
    assert code_of(server.url("/a"), fetcher(robots=False)) == "fetch-unreachable"


# Statuses, pauses, robots.txt


@pytest.mark.parametrize("status", [204, 400, 401, 403, 404, 410, 451, 501])
def test_a_status_that_is_no_page(server: Server, status: int) -> None:
    url = server.page("/a", "", status)
    if status == 204:
        assert fetcher().fetch(url).data == b""
        return
    with pytest.raises(FetchError) as raised:
        fetcher().fetch(url)
    assert (raised.value.code, raised.value.status) == ("fetch-status", status)
    assert server.paths().count("/a") == 1


def test_a_host_that_is_busy_is_asked_again_when_it_says(server: Server) -> None:
    statuses = iter([429, 503, 200])
    server.answers["/a"] = lambda handler: handler.send(next(statuses), b"x", Retry_After="7")
    clock = Clock()
    assert fetcher(clock, robots=False).fetch(server.url("/a")).data == b"x"
    assert clock.slept == [7, 7]


def test_a_time_of_day_to_come_back_counts_from_the_hosts_own_clock(server: Server) -> None:
    from email.utils import formatdate

    statuses = iter([503, 200])

    def answer(handler: Handler) -> None:
        handler.send(next(statuses), b"x", Retry_After=formatdate(time.time() + 20, usegmt=True))

    server.answers["/a"] = answer
    clock = Clock()
    fetcher(clock, robots=False).fetch(server.url("/a"))
    assert clock.slept == [pytest.approx(20, abs=2)]


def test_without_a_word_each_pause_is_twice_the_last(server: Server) -> None:
    server.page("/a", "", 500)
    clock = Clock()
    assert code_of(server.url("/a"), fetcher(clock, robots=False)) == "fetch-status"
    assert clock.slept == [2, 4]
    assert server.paths() == ["/a"] * 3


def test_a_long_pause_is_not_waited_for_but_told(server: Server) -> None:
    server.page("/a", "", 429, Retry_After="3600")
    clock = Clock()
    asking = fetcher(clock, robots=False)
    for _ in range(2):  # the second time the host is not even asked
        with pytest.raises(FetchError) as raised:
            asking.fetch(server.url("/a"))
        assert raised.value.code == "fetch-later"
        assert raised.value.retry_after == pytest.approx(3600)
    assert server.paths() == ["/a"]
    assert clock.slept == []


@pytest.mark.parametrize("said", ["soon", "-5", "9" * 400, "Sat, 99 Mar 2025 10:00:00 GMT", "1e9"])
def test_a_pause_that_is_no_time(server: Server, said: str) -> None:
    server.page("/a", "", 503, Retry_After=said)
    assert code_of(server.url("/a"), fetcher(robots=False)) == "fetch-later"


def test_one_host_is_not_asked_at_once_again(server: Server) -> None:
    url = server.page("/a", "x")
    clock = Clock()
    asking = fetcher(clock, pause=3.0)
    asking.fetch(url)
    asking.fetch(url)
    assert clock.slept == [3, 3]  # robots.txt, pause, page, pause, page


def test_other_hosts_need_not_wait(server: Server) -> None:
    server.page("/a", "x")
    clock = Clock()
    asking = fetcher(clock, robots=False, resolve=resolver(a_example="127.0.0.1", b_example="127.0.0.1"))
    asking.fetch(server.url("/a", "a.example"))
    asking.fetch(server.url("/a", "b.example"))
    assert clock.slept == []


RULES = """User-agent: Variorum
Disallow: /private
Allow: /private/open$
Crawl-delay: 9

User-agent: *
Disallow: /
"""


def test_robots_txt_is_obeyed(server: Server) -> None:
    server.page("/robots.txt", RULES, Content_Type="text/plain")
    for path in ("/a", "/private/1", "/private/open"):
        server.page(path, "x")
    clock = Clock()
    asking = fetcher(clock)
    assert asking.fetch(server.url("/a")).data == b"x"
    assert code_of(server.url("/private/1"), asking) == "fetch-robots"
    assert asking.fetch(server.url("/private/open")).data == b"x"
    assert server.paths() == ["/robots.txt", "/a", "/private/open"]
    assert 9 in clock.slept


def test_robots_txt_is_obeyed_where_a_redirect_leads(server: Server) -> None:
    server.page("/robots.txt", RULES)
    assert code_of(server.redirect("/a", "/private/1"), fetcher()) == "fetch-robots"
    assert "/private/1" not in server.paths()


def test_robots_txt_is_asked_for_once_a_day(server: Server) -> None:
    server.page("/robots.txt", "")
    url = server.page("/a", "x")
    clock = Clock()
    asking = fetcher(clock)
    for _ in range(3):
        asking.fetch(url)
    clock.now += 25 * 3600
    asking.fetch(url)
    assert server.paths().count("/robots.txt") == 2


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False), (429, False)])
def test_a_robots_txt_that_cannot_be_had(server: Server, status: int, allowed: bool) -> None:
    server.page("/robots.txt", "", status)
    url = server.page("/a", "x")
    if allowed:
        assert fetcher().fetch(url).data == b"x"
    else:
        assert code_of(url, fetcher()) == "fetch-robots"
        assert "/a" not in server.paths()


def test_a_robots_txt_without_end_is_read_as_far_as_it_goes(server: Server) -> None:
    server.answers["/robots.txt"] = lambda handler: endless(
        handler, b"User-agent: *\nDisallow: /private\n" * 500
    )
    url = server.page("/a", "x")
    assert fetcher().fetch(url).data == b"x"
    assert code_of(server.page("/private", "x"), fetcher()) == "fetch-robots"


# From an address to reports


PAGE = """<!DOCTYPE html><html lang="en"><head><title>Blast</title></head><body><article><h1>Blast in {town}</h1>
<p>Twelve people were killed when a bomb exploded in the market of {town}, police said.</p>
<p>The group denied that its fighters had planted it, in a statement on Saturday morning.</p></article></body></html>"""


def test_a_feed_and_its_pages_over_the_network(server: Server) -> None:
    items = "".join(
        f"<item><link>{path}</link><pubDate>Sat, 15 Mar 2025 23:30:00 +0500</pubDate></item>"
        for path in ("/1", "/2", "/secret", "/inside", "/gone")
    )
    feed = f'<rss version="2.0"><channel><title>The Post</title>{items}</channel></rss>'
    server.page("/robots.txt", "User-agent: *\nDisallow: /secret\n")
    server.page("/feed", feed, Content_Type="text/html")  # as many do
    server.page("/1", PAGE.format(town="the old town"), Content_Type="")
    server.page(
        "/2",
        gzip.compress(PAGE.format(town="Vie\u0142").encode("iso-8859-2")),
        Content_Encoding="gzip",
        Content_Type="text/html; charset=iso-8859-2",
    )
    server.redirect("/inside", "http://10.0.0.1/")
    found = list(read_reports([server.url("/feed")], fetcher=fetcher()))
    first, second, *errors = found
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert (first.url, str(first.published)) == (server.url("/1"), "2025-03-15")
    assert "Vie\u0142" in second.text
    assert [getattr(error, "code", None) for error in errors] == [
        "fetch-robots",
        "fetch-refused-address",
        "fetch-status",
    ]


def test_a_watched_feed_over_the_network(server: Server) -> None:
    feed = '<rss version="2.0"><channel><title>The Post</title><item><link>/1</link></item></channel></rss>'

    def answer(handler: Handler) -> None:
        known = handler.headers.get("If-None-Match") == '"1"'
        handler.send(304 if known else 200, b"" if known else feed.encode(), ETag='"1"')

    server.answers["/feed"] = answer
    server.page("/1", PAGE.format(town="the old town"))
    asking, now = fetcher(), datetime(2025, 3, 15, tzinfo=UTC)
    watch = Watch([server.url("/feed")], asking, every=timedelta(minutes=15))
    found, asked = watch.step(now)
    assert isinstance(found, ItemFound)
    (arrival,) = take_item(found.item, fetcher=asking)
    assert isinstance(arrival, Arrival)
    assert arrival.where == server.url("/1")
    assert isinstance(asked, FeedAsked)
    (again,) = watch.step(asked.due)
    assert isinstance(again, FeedAsked)
    assert again.unchanged


def test_an_archive_at_an_address(server: Server) -> None:
    text = PAGE.format(town="the old town")
    url = server.page("/a.html.gz", gzip.compress(text.encode()), Content_Type="application/gzip")
    (report,) = read_reports([url], fetcher=fetcher())
    assert isinstance(report, Report)
    assert report.url == url


@pytest.mark.parametrize("body", [b"%PDF-1.7 x", b"\x89PNG\r\n\x1a\n" + bytes(99), b""])
def test_what_is_no_text_at_an_address(server: Server, body: bytes) -> None:
    (error,) = read_reports([server.page("/a", body, Content_Type="application/pdf")], fetcher=fetcher())
    assert isinstance(error, InputError)
    assert error.code in ("binary", "empty")


# Whatever comes


@given(
    st.text(max_size=60),
    st.sampled_from(["http://post.example/", "https://", "//", "", "http://a@b", "HTTP://[::1]:8"]),
)
def test_an_address_is_taken_apart_the_same_way_twice(rest: str, start: str) -> None:
    with contextlib.suppress(FetchError):
        target = target_of(start + rest)
        assert target.scheme in ("http", "https")
        assert target_of(target.url) == target
        assert target_of(rest or "/", target).scheme in ("http", "https")


@given(st.text(max_size=80), st.text(max_size=30))
def test_no_header_crashes(value: str, rest: str) -> None:
    headers = {"content-type": f"text/html; {value}", "retry-after": value, "date": rest, "location": value}
    answer = Answer(200, headers, b"")
    assert answer.charset is None or answer.charset.isascii()
    assert answer.media_type
    assert isinstance(answer.location, str | None)
    assert pause_after(answer, 0) >= 0


OK = b"HTTP/1.1 200 OK\r\n"


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"]),
)
def test_no_answer_crashes(server: Server, rest: bytes, start: bytes) -> None:
    def answer(handler: Handler) -> None:
        handler.wfile.write(start + rest)
        handler.close_connection = True

    server.answers["/a"] = answer
    with contextlib.suppress(FetchError):
        assert len(fetcher(robots=False, seconds=5.0).fetch(server.url("/a")).data) < 400_000


# Settings


@pytest.mark.parametrize(
    "wrong",
    [
        {"contact": "a\r\nX-Evil: 1"},
        {"contact": "me (here)"},
        {"seconds": 0},
        {"max_bytes": -1},
        {"tries": 0},
        {"pause": -1},
        {"allowed_networks": ("everything",)},
    ],
)
def test_settings_that_make_no_sense(wrong: dict[str, Any]) -> None:
    with pytest.raises(SettingError):
        FetchSettings(**wrong)
