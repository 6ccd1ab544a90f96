from __future__ import annotations

import base64
import hashlib
import re
from itertools import pairwise

import pytest

from tests.dossier.incident.pile import dispute, dossier_of, telling
from tests.dossier.page import EVIL, Page
from tests.invented import ARMY, FRONT
from variorum.dossier import render_incident_html
from variorum.model import Place, Reading


def page_of(readings: list[Reading]) -> str:
    return render_incident_html(dossier_of(readings), readings)


def hostile() -> list[Reading]:
    place = Place(name=EVIL, latitude=1, longitude=2, precision=1)
    first = telling(EVIL, 5, EVIL, title=EVIL, url=f"https://e.org/{EVIL}", language=EVIL)
    first.sentence(EVIL).toll(EVIL, f"nine {EVIL}", 9, who=EVIL, via=(EVIL,), said=EVIL)
    first.account(EVIL, f"so it was {EVIL}").blame(ARMY, EVIL, "accuses")
    second = telling("second", 6, EVIL, title=EVIL, url="javascript:alert(1)").sentence(EVIL)
    second.toll(ARMY, f"four {EVIL}", 4, who=EVIL).toll("reporter", f"six {EVIL}", 6, who=EVIL)
    third = telling("third", 6, "Bell").sentence(EVIL).toll(ARMY, f"four {EVIL}", 4, who=EVIL)
    return [first.reading(places=(place,)), second.reading(), third.reading()]


def test_every_link_leads_somewhere() -> None:
    page = Page(page_of(dispute()))
    ids, links = page.all("id"), [href[1:] for href in page.all("href") if href.startswith("#")]
    assert len(set(ids)) == len(ids)
    assert set(links) <= set(ids)


def test_every_note_is_in_its_text_and_in_the_dossier_both_ways() -> None:
    readings = dispute()
    page = Page(page_of(readings))
    marks = {
        f"{letter}{n}"
        for letter, r in zip("ABCDE", readings, strict=True)
        for n in range(1, len(r.claims) + 1)
    }
    links = {href[1:] for href in page.all("href")}
    for end in ("w", "n"):
        assert {one[2:] for one in page.all("id") if one.startswith(f"{end}-")} == marks
        assert {one[2:] for one in links if one.startswith(f"{end}-")} == marks


def test_the_page_asks_for_nothing_and_runs_its_own_script_only() -> None:
    text = page_of(hostile())
    page = Page(text)
    assert not page.all("src")
    assert "url(" not in page.words["style"]
    assert "@import" not in page.words["style"]
    policy = next(a["content"] for _, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert "default-src 'none'" in policy
    for tag in ("style", "script"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_hostile_reports_stay_inert() -> None:
    page = Page(page_of(hostile()))
    assert sum(tag == "script" for tag, _ in page.tags) == 1
    assert not any(tag == "img" or name.startswith("on") for tag, attrs in page.tags for name in attrs)
    assert not any("style" in attrs for _, attrs in page.tags)
    outside = [href for href in page.all("href") if not href.startswith(("#", "data:,"))]
    assert all(href.startswith("https://e.org/") for href in outside)


def test_the_page_is_valid_html5() -> None:
    html5lib = pytest.importorskip("html5lib")
    for readings in (dispute(), hostile()):
        parser = html5lib.HTMLParser(strict=True)
        parser.parse(page_of(readings))
        assert not parser.errors


def test_headings_step_down_one_at_a_time_and_sections_have_names() -> None:
    page = Page(page_of(dispute()))
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = set(page.all("id"))
    assert set(page.all("aria-labelledby")) <= ids
    named = [a for tag, a in page.tags if tag == "section" and "sheet" in (a.get("class") or "")]
    assert all("aria-labelledby" in attributes for attributes in named)


def test_the_style_does_not_grow_with_the_notes() -> None:
    few, many = page_of(dispute()[:1]), page_of(dispute())
    assert Page(few).words["style"] == Page(many).words["style"]


def test_many_reports_are_folded() -> None:
    text = page_of(dispute())
    assert text.count('<details class="full-text">') == 5
    assert page_of(dispute()[:3]).count('<details class="full-text" open>') == 3


def test_many_copies_are_folded_and_all_are_there() -> None:
    readings = [
        telling(f"copy-{n}", n + 1, f"Paper {n}").toll(ARMY, "nine raiders died", 9).reading()
        for n in range(20)
    ]
    text = page_of(readings)
    assert "7 more reports with the same words" in text
    assert len({href for href in Page(text).all("href") if href.startswith("#w-")}) == 20


def test_contested_rows_stand_out_and_history_stands_in_the_cell() -> None:
    text = page_of(dispute())
    found = re.search(r'<tr role="row" class="contested" id="q-1">.*?</tr>', text, re.DOTALL)
    assert found is not None
    row = found.group()
    assert row.index("earlier") < row.index("since 2031-05-05") < row.index("nine raiders died")
    assert row.index("nine raiders died") < row.index("since 2031-05-07") < row.index("31 raiders died")
    assert "31: 1 independent origin (Norland Army) in 1 report" in row


def test_a_report_without_anything_still_makes_a_page() -> None:
    text = page_of([telling("quiet", None).sentence("A quiet day.").reading()])
    assert "publisher unknown" in text
    assert "day unknown" in text
    assert "No question was answered." in text


def test_swapping_two_names_swaps_the_names_and_nothing_else() -> None:
    """The names are of one length, so that labels are cut at the same place."""
    one, two, hold = "Norland Army", "Reef Brigade", "\N{SNOWMAN}"
    plain, other = page_of(dispute(one, two)), page_of(dispute(two, one))
    assert plain != other
    back = other.replace(one, hold).replace(two, one).replace(hold, two)
    assert _without_hashes(back) == _without_hashes(plain)


def _without_hashes(text: str) -> str:
    return re.sub(r'<span class="hash">\w+</span>', "", text)


def test_the_front_is_named_as_the_army_is() -> None:
    page = page_of(dispute())
    assert page.count(f"<bdi>{ARMY}</bdi>") > 2
    assert page.count(f"<bdi>{FRONT}</bdi>") > 2


@pytest.mark.parametrize("scheme", [0, 1])
def test_colours_of_sources_can_be_read_on_light_and_dark(scheme: int) -> None:
    """WCAG 2.2, contrast of text: at least 4.5 to 1."""
    style = Page(page_of(dispute())).words["style"]
    paper = re.findall(r"--paper: (#[0-9a-f]{6})", style)[scheme]
    hues = [re.findall(rf"--hue-{n}: (#[0-9a-f]{{6}})", style)[scheme] for n in range(6)]
    assert len(set(hues)) == 6
    assert min(_contrast(hue, paper) for hue in hues) >= 4.5


def _contrast(one: str, two: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
