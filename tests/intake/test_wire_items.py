from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.conftest import ENGLISH, Taken
from tests.pace import not_held_up
from variorum.intake import Arrival, Wire, WireStatus, Withdrawal, read_reports, take_in
from variorum.intake.xml import parse_xml
from variorum.model import InputError, Report

Take = Callable[..., Taken]

SECOND = "The mayor said the old town would stay closed until the shops had been searched."

NINJS_1: dict[str, Any] = {
    "uri": "urn:wire.example:item:1",
    "version": "2",
    "versioncreated": "2025-03-15T22:10:00+00:00",
    "pubstatus": "usable",
    "language": "en-GB",
    "headline": "Blast in old town",
    "body_text": ENGLISH,
    "copyrightholder": "Example Wire",
    "ednote": "Corrects the name of the town.",
}
NINJS_2: dict[str, Any] = {
    "standard": {"name": "ninjs", "version": "2.1"},
    "uri": "urn:wire.example:item:2",
    "version": "7",
    "versioncreated": "2025-03-16T01:00:00+05:00",
    "type": "text",
    "language": "en",
    "headlines": [
        {"role": "short", "value": "Blast"},
        {"role": "main", "value": "Blast in old town kills 12"},
    ],
    "bodies": [
        {"role": "caption", "contenttype": "text/plain", "value": "A picture of the market."},
        {
            "role": "main",
            "contenttype": "text/html",
            "value": f"<p>{ENGLISH}</p><p>{SECOND}</p><script>x()</script>",
        },
    ],
    "infosources": [{"name": "Example Wire", "role": "originator"}],
}
NEWSML = """<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="tag:wire.example,2025:3" version="3"
          standard="NewsML-G2" standardversion="2.33" conformance="power" xml:lang="en">
  <catalogRef href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_39.xml"/>
  <itemMeta>
    <itemClass qcode="ninat:text"/>
    <provider literal="Example Wire"/>
    <versionCreated>2025-03-15T22:10:00+00:00</versionCreated>
    <pubStatus qcode="{status}"/>
    <edNote>Corrects
      the toll.</edNote>
    <signal qcode="sig:correction"/>
    <link rel="irel:replaces" residref="tag:wire.example,2025:1"/>
  </itemMeta>
  <contentMeta><language tag="en"/><headline>Blast in  old town</headline></contentMeta>
  <contentSet>{content}</contentSet>
</newsItem>"""
XHTML = f"""<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">
<head><title>Slug</title></head><body><p>{ENGLISH}</p><!-- no -->
<p>{SECOND.replace(" ", chr(10), 3)}</p></body></html></inlineXML>"""
NITF = f"""<inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body>
<body.head><hedline><hl1>Blast in old town</hl1></hedline><byline>By A Writer</byline></body.head>
<body.content><p>{ENGLISH}</p><p>{SECOND}</p></body.content></body></nitf></inlineXML>"""
PLAIN = f'<inlineData contenttype="text/plain">{ENGLISH}\n\n{SECOND}</inlineData>'


def newsml(content: str = XHTML, status: str = "stat:usable") -> str:
    return NEWSML.format(content=content, status=status)


def taken_in(path: Path) -> list[Arrival | Withdrawal | InputError]:
    return list(take_in([path]))


def written(tmp_path: Path, name: str, content: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_ninjs_with_plain_text(tmp_path: Path) -> None:
    (found,) = taken_in(written(tmp_path, "a.json", json.dumps(NINJS_1)))
    assert isinstance(found, Arrival)
    assert found.report.text == ENGLISH
    assert (found.report.publisher, found.report.title) == ("Example Wire", "Blast in old town")
    assert found.report.published == date(2025, 3, 15)
    assert found.wire == Wire(
        standard="ninjs",
        item="urn:wire.example:item:1",
        version=2,
        issued=datetime.fromisoformat("2025-03-15T22:10:00+00:00"),
        note="Corrects the name of the town.",
    )


def test_ninjs_with_marked_up_text(take_file: Take) -> None:
    report = take_file("a.json", json.dumps(NINJS_2, indent=1)).report
    assert report.text == f"{ENGLISH}\n\n{SECOND}"
    assert (report.publisher, report.title) == ("Example Wire", "Blast in old town kills 12")
    assert report.published == date(2025, 3, 16)


def test_ninjs_in_the_spelling_of_version_3(take_file: Take) -> None:
    item = {
        "uri": "urn:3",
        "pubStatus": "usable",
        "versionCreated": "2025-03-15T22:10:00Z",
        "bodies": [{"contentType": "text/plain", "value": ENGLISH}],
    }
    assert take_file("a.json", json.dumps(item)).report.published == date(2025, 3, 15)


def test_ninjs_one_a_line(take_file: Take) -> None:
    assert len(take_file("a.jsonl", json.dumps(NINJS_1) + "\n" + json.dumps(NINJS_2)).reports) == 2


def test_a_report_of_ours_is_no_wire_item(take_file: Take) -> None:
    value = {"id": "1", "text": ENGLISH, "uri": "x", "headlines": [], "pubstatus": "canceled"}
    assert take_file("a.json", json.dumps(value)).report.id == "1"


@pytest.mark.parametrize("content", [XHTML, NITF, PLAIN], ids=["xhtml", "nitf", "plain"])
def test_newsml(tmp_path: Path, content: str) -> None:
    (found,) = taken_in(written(tmp_path, "a.xml", newsml(content)))
    assert isinstance(found, Arrival)
    assert found.report.text == f"{ENGLISH}\n\n{SECOND}"
    assert (found.report.publisher, found.report.title) == ("Example Wire", "Blast in old town")
    assert found.report.published == date(2025, 3, 15)
    assert found.wire == Wire(
        standard="newsml-g2",
        item="tag:wire.example,2025:3",
        version=3,
        issued=datetime.fromisoformat("2025-03-15T22:10:00+00:00"),
        supersedes=("tag:wire.example,2025:1",),
        signals=("correction",),
        note="Corrects the toll.",
    )


def test_marked_up_text_in_newsml_data(take_file: Take) -> None:
    data = f'<inlineData contenttype="text/html"><![CDATA[<!DOCTYPE html><p>{ENGLISH}</p>]]></inlineData>'
    assert take_file("a.xml", newsml(data)).report.text == ENGLISH


def test_a_message_with_several_items(take_file: Take) -> None:
    one = newsml().partition("?>")[2]
    other = one.replace("2025:3", "2025:4").replace("Twelve", "Eleven")
    space = "http://iptc.org/std/nar/2006-10-01/"
    taken = take_file("a", f'<newsMessage xmlns="{space}"><itemSet>{one}{other}</itemSet></newsMessage>')
    assert [report.text[:6] for report in taken.reports] == ["Twelve", "Eleven"]


@pytest.mark.parametrize("status", [WireStatus.WITHHELD, WireStatus.CANCELED])
def test_what_an_agency_withdraws_is_not_read_but_told(tmp_path: Path, status: WireStatus) -> None:
    gone = {**NINJS_1, "pubstatus": status, "body_text": ""}
    for path in (
        written(tmp_path, "a.json", json.dumps(gone)),
        written(tmp_path, "a.xml", newsml("", f"stat:{status}")),
        written(tmp_path, "b.xml", newsml(XHTML, f"stat:{status}")),
    ):
        (refused,) = read_reports([path])
        assert isinstance(refused, InputError)
        assert refused.code == "withdrawn"
        (found,) = taken_in(path)
        assert isinstance(found, Withdrawal)
        assert found.wire.status is status


@pytest.mark.parametrize(
    "item",
    [
        {**NINJS_1, "pubstatus": "perhaps"},
        {**NINJS_1, "pubstatus": 5},
        {**NINJS_1, "body_text": ""},
        {**NINJS_1, "ednote": "\ud800"},
        {**NINJS_1, "uri": "\ud800"},
        {**NINJS_1, "body_text": None, "type": "picture"},
        {"standard": {"name": "ninjs"}, "body_text": ENGLISH},
    ],
)
def test_ninjs_that_cannot_be_used(take_file: Take, item: dict[str, Any]) -> None:
    assert take_file("a.json", json.dumps(item)).error.code == "bad-wire-item"


@pytest.mark.parametrize(
    "content",
    [
        newsml(status="stat:perhaps"),
        newsml(""),
        newsml().replace("guid=", "id="),
        '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet/></newsMessage>',
        '<packageItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="x"/>',
    ],
)
def test_newsml_that_cannot_be_used(take_file: Take, content: str) -> None:
    assert take_file("a.xml", content).error.code == "bad-wire-item"


def test_other_xml_is_told_apart(take_file: Take) -> None:
    assert take_file("a.xml", "<invoice><sum>5</sum></invoice>").error.code == "unknown-xml"
    assert take_file("b", '<?xml version="1.0"?><invoice><sum>5</sum></invoice>').error.code == "unknown-xml"
    assert take_file("c.xml", newsml()[:900]).error.code == "bad-xml"
    assert take_file("d.xml", ENGLISH).report.text == ENGLISH


LAUGHS = (
    "<!DOCTYPE newsItem ["
    '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)) + "]>"
)


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE newsItem [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE newsItem SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE newsItem [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>',
        "<!doctype newsItem>",
        LAUGHS,
    ],
    ids=["file", "network", "parameter", "lower case", "billion laughs"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_no_document_type_and_so_no_entities(take_file: Take, doctype: str, encoding: str) -> None:
    content = newsml().replace(ENGLISH, f"&x;&a11;{ENGLISH}").replace("?>", f"?><!-- a -->{doctype}", 1)
    with not_held_up():
        taken = take_file("a.xml", content.replace("UTF-8", encoding).encode(encoding))
    assert not taken.reports
    assert taken.codes[0] in ("xml-doctype", "bad-xml")
    assert "root:" not in str(taken.errors)


@pytest.mark.parametrize("ending", ["xml", "rss"])
def test_a_document_type_far_from_the_start(take_file: Take, ending: str) -> None:
    hidden = f"?><!--{' ' * 200_000}-->{LAUGHS}"
    content = newsml().replace("?>", hidden, 1).replace("tag:wire", "&a11;tag:wire")
    if ending == "rss":
        content = f'<?xml version="1.0"{hidden}<rss version="2.0"><channel><title a="&a11;">&a11;</title></channel></rss>'
    with not_held_up():
        assert take_file(f"a.{ending}", content).error.code == "unknown-xml"
        for recover in (False, True):
            with pytest.raises(InputError) as raised:
                parse_xml(content.encode(), "a", recover=recover)
            assert raised.value.code in ("xml-doctype", "bad-xml")


def test_a_document_type_hidden_in_another_encoding(take_file: Take) -> None:
    content = newsml().replace("?>", f"?>{LAUGHS}", 1).replace("UTF-8", "UTF-7").encode("utf-7")
    with not_held_up():
        assert not take_file("a.xml", content).reports


# Which word is the later


def wire(**changes: Any) -> Wire:
    return Wire(**({"standard": "ninjs", "item": "a"} | changes))


def test_a_higher_version_replaces_a_lower_one() -> None:
    assert wire(version=2).replaces(wire(version=1))
    assert not wire(version=1).replaces(wire(version=2))
    assert not wire(version=2).replaces(wire(version=2))
    assert not wire(version=2, item="b").replaces(wire(version=1))


def test_without_numbers_the_later_one_replaces_the_earlier() -> None:
    early, late = datetime.fromisoformat("2025-03-15T10:00Z"), datetime.fromisoformat("2025-03-15T11:00Z")
    assert wire(issued=late).replaces(wire(issued=early, version=1))
    assert not wire(issued=early).replaces(wire(issued=late))
    assert not wire(issued=late.replace(tzinfo=None)).replaces(wire(issued=early))
    assert not wire().replaces(wire())


def test_another_item_is_replaced_where_it_is_named() -> None:
    assert wire(item="b", supersedes=("a",)).replaces(wire(version=9))


def test_a_wire_record_comes_back_from_its_json(tmp_path: Path) -> None:
    (found,) = taken_in(written(tmp_path, "a.xml", newsml()))
    assert isinstance(found, Arrival)
    assert found.wire is not None
    assert Wire.model_validate_json(found.wire.model_dump_json()) == found.wire


# Whatever comes

fields = st.sampled_from([*NINJS_1, *NINJS_2, "evolvedfrom", "signals", "guid", "x"])
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=20)
    | st.just(ENGLISH),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["value", "role", "contenttype", "name", "uri"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.dictionaries(fields, values, max_size=8))
def test_no_wire_item_crashes(tmp_path_factory: pytest.TempPathFactory, item: dict[str, Any]) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "a.json"
    path.write_text(json.dumps({"uri": "x", "pubstatus": "usable", **item}), encoding="utf-8")
    assert all(isinstance(one, Report | InputError) for one in read_reports([path]))


parts = st.sampled_from(
    [
        *newsml().split("\n"),
        "<p>",
        "</p>",
        "<![CDATA[",
        "]]>",
        "&amp;",
        "&x;",
        "<!--",
        "-->",
        "<a b='",
        "\0",
        "é",
    ]
)


@given(st.lists(parts, max_size=30).map("\n".join))
def test_no_xml_crashes(tmp_path_factory: pytest.TempPathFactory, content: str) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "a.xml"
    path.write_text('<newsItem xmlns="x" guid="y">' + content, encoding="utf-8")
    assert all(isinstance(one, Report | InputError) for one in read_reports([path]))
