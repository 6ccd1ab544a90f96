"""What news agencies say of their items: which version stands, in whatever order the words came."""

from __future__ import annotations

from datetime import UTC, date, datetime
from importlib import import_module
from itertools import permutations
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import text

from tests.ledger.piles import FERRY, SWAM, Clock, pile, read, report
from variorum.intake import Wire, WireStatus
from variorum.ledger import Ledger, filed
from variorum.ledger.opening import open_engine
from variorum.ledger.tables import metadata
from variorum.model import InputError

ITEM = "urn:newsml:wire.example:ferry"
USABLE, WITHHELD, CANCELED = WireStatus.USABLE, WireStatus.WITHHELD, WireStatus.CANCELED


def word(version, status=USABLE, day=None, item=ITEM, **more):
    issued = datetime(2031, 5, day, 9, tzinfo=UTC) if day else None
    return Wire(standard="ninjs", item=item, version=version, status=status, issued=issued, **more)


def text_of(version):
    day = f"2031-05-{5 + version:02}"
    return report(
        f"v{version}", day, "Wire Office", FERRY.format(n=8 + version, who="Police", more=SWAM), title="Ferry"
    )


FIRST, SECOND, THIRD = (text_of(version) for version in (1, 2, 3))


def tell(ledger, *words):
    """Add the reports of some words, then the words."""
    ledger.add(read(*(told for _, told in words if told)), by="me")
    new, left = ledger.hear(words, by="me")
    assert left == []
    ledger.link()
    return new


def fates(ledger, **moment):
    """Of each report: None if it stands, else why it does not and what stands in its place."""
    found = {}
    for state in ledger.incidents(**moment):
        opened = ledger.dossier(state.incident, **moment)
        assert (state.reports, state.earlier) == (len(opened.readings), len(opened.earlier))
        found |= {one.report.id: None for one in opened.readings}
        found |= {one.report.id: (why.why, why.by) for one, why in opened.earlier}
    return {name: found[filed(name_of).id] for name, name_of in TEXTS.items() if filed(name_of).id in found}


TEXTS = {"first": FIRST, "second": SECOND, "third": THIRD}
GONE = ("withdrawn", None)


def replaced(other):
    return ("replaced", filed(other).id)


def test_a_higher_version_takes_the_place_of_a_lower_one(ledger):
    assert tell(ledger, (word(1), FIRST)) == 1
    assert fates(ledger) == {"first": None}
    tell(ledger, (word(2, note="the toll is corrected"), SECOND))
    assert fates(ledger) == {"first": replaced(SECOND), "second": None}
    assert fates(ledger, as_of=date(2031, 5, 6)) == {"first": None}
    ((_, why),) = ledger.dossier(ledger.incidents()[0].incident).earlier
    assert (why.since, why.reason) == ("2031-05-07", "its agency replaced it: the toll is corrected")


def test_what_is_canceled_takes_every_version_back_late_ones_too(ledger):
    tell(ledger, (word(1), FIRST), (word(3, CANCELED, day=9), None))
    assert fates(ledger) == {"first": GONE}
    tell(ledger, (word(2), SECOND))
    assert fates(ledger) == {"first": GONE, "second": GONE}
    assert fates(ledger, as_of=date(2031, 5, 7)) == {"first": replaced(SECOND), "second": None}


def test_a_word_before_its_reports_holds_for_them(ledger):
    tell(ledger, (word(None, CANCELED), None))
    tell(ledger, (word(1), FIRST))
    assert fates(ledger) == {"first": GONE}


def test_what_is_withheld_is_suspended_until_a_usable_version_follows(ledger):
    tell(ledger, (word(1), FIRST), (word(2, WITHHELD, day=7), None))
    assert fates(ledger) == {"first": GONE}
    tell(ledger, (word(3), THIRD))
    assert fates(ledger) == {"first": replaced(THIRD), "third": None}


def test_a_suspended_text_that_is_let_go_unchanged_stands_again(ledger, clock):
    tell(ledger, (word(1), FIRST), (word(2, WITHHELD), None))
    suspended = clock()
    assert fates(ledger) == {"first": GONE}
    assert tell(ledger, (word(3), FIRST)) == 1
    assert fates(ledger) == {"first": None}
    assert fates(ledger, recorded=suspended) == {"first": GONE}


def test_an_item_that_another_takes_the_place_of_is_replaced_whole(ledger):
    tell(ledger, (word(1), FIRST), (word(7), SECOND))
    tell(ledger, (word(1, item="urn:newsml:wire.example:other", supersedes=(ITEM,)), THIRD))
    assert fates(ledger)["third"] is None
    assert {fates(ledger)[name][0] for name in ("first", "second")} == {"replaced"}
    assert fates(ledger)["second"] == replaced(THIRD)


def test_a_notice_by_hand_goes_before_what_an_agency_says(ledger):
    tell(ledger, (word(1), FIRST), (word(2), SECOND))
    ledger.withdraw(filed(FIRST).id, by="me", why="the agency wrote to us")
    ledger.refresh()
    assert fates(ledger) == {"first": GONE, "second": None}


def test_another_item_is_not_touched(ledger):
    tell(ledger, (word(1), FIRST), (word(2, CANCELED, item=f"{ITEM}-2"), None))
    assert fates(ledger) == {"first": None}


def test_which_version_stands_does_not_hang_on_the_address(ledger):
    """The older version came last: under one address that would make it the newer text."""
    same_day = {"url": "https://wire.example/ferry", "published": date(2031, 5, 8)}
    older, newer = (one.model_copy(update=same_day) for one in (FIRST, SECOND))
    tell(ledger, (word(2), newer))
    tell(ledger, (word(1), older))
    opened = ledger.dossier(ledger.incidents()[0].incident)
    assert [one.report.id for one in opened.readings] == [filed(newer).id]


WORDS = (
    (word(1), FIRST),
    (word(2, WITHHELD, day=7), None),
    (word(2, day=8, item="urn:other", supersedes=(ITEM,)), THIRD),
    (word(5, CANCELED, day=12, item="urn:other"), None),
)


def test_the_order_in_which_words_come_changes_nothing():
    told, hashes = [], set()
    for order in permutations(WORDS):
        with TemporaryDirectory() as folder, Ledger.open(f"{folder}/ledger.db", clock=Clock()) as ledger:
            for one in order:
                tell(ledger, one)
            told.append((fates(ledger), fates(ledger, as_of=date(2031, 5, 9))))
            hashes.add(ledger.content_hash())
    assert (
        told == [({"first": replaced(THIRD), "third": GONE}, {"first": replaced(THIRD), "third": None})] * 24
    )
    assert len(hashes) == 1


def test_telling_again_adds_nothing(ledger):
    assert tell(ledger, *WORDS) == 5  # one of them is about two items
    before = ledger.content_hash(), ledger.count()
    assert tell(ledger, *WORDS) == 0
    assert tell(ledger, WORDS[0], WORDS[0]) == 0
    assert (ledger.content_hash(), ledger.count()) == before
    assert ledger.verify()["wire"] == 5


def test_words_of_reports_that_are_not_there_are_given_back(ledger):
    words = [(word(1), FIRST)]
    assert ledger.hear(words, by="me") == (0, words)
    assert ledger.hear([], by="me") == (0, [])
    assert ledger.count()["wire"] == 0


def test_what_no_database_takes_is_refused(ledger):
    with pytest.raises(InputError) as caught:
        ledger.hear([(word(1, CANCELED, item="a\0b"), None)], by="me")
    assert caught.value.code == "unstorable-text"


def test_lists_are_brought_up_to_date_without_linking(ledger):
    ledger.add(pile(), by="me")
    ledger.link()
    first = pile()[0].report
    ledger.hear([(word(1), first), (word(2, CANCELED), None)], by="me")
    assert ledger.refresh() > 0
    assert ledger.incidents()[0].earlier == 1


def test_words_go_with_a_backup(ledger, tmp_path):
    tell(ledger, *WORDS)
    with Ledger.open(ledger.backup(tmp_path / "copy.db")) as copy:
        assert copy.content_hash() == ledger.content_hash()
        assert fates(copy) == fates(ledger)


def test_a_ledger_of_the_first_form_is_brought_up_to_date(tmp_path):
    """Its rows, its runs of linking among them, stay as they are."""
    place = tmp_path / "ledger.db"
    with Ledger.open(place, clock=Clock()) as ledger:
        ledger.add(pile(), by="me")
        ledger.link()
        before = ledger.incidents()
    first_form = import_module("variorum.ledger.migrations.versions.0001_first_tables")
    engine = open_engine(place)
    with engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            if table.name not in first_form.KEYS:
                connection.execute(text(f"DROP TABLE {table.name}"))
        for later in (
            "claims_score_number",
            "decisions_recorded_by_number",
            "decisions_recorded_at",
            "memberships_score_number",
        ):
            connection.execute(text(f"DROP INDEX ix_{later}"))
        connection.execute(text("ALTER TABLE memberships DROP COLUMN score"))
        connection.execute(text("ALTER TABLE runs DROP COLUMN wire"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    engine.dispose()
    with Ledger.open(place, clock=Clock()) as ledger:
        assert ledger.verify()["reports"] == 5
        assert ledger.incidents() == before
        tell(ledger, (word(1), FIRST), (word(2, CANCELED), None))
        assert fates(ledger)["first"] == GONE
