from __future__ import annotations

import pytest

from tests.ledger.piles import FERRY, HELD, SWAM, many, pile, read, report
from variorum.ledger import Added, adding, filed
from variorum.ledger.adding import BATCH
from variorum.ledger.opening import Busy
from variorum.model import Evidence, EvidenceError, InputError, Source, make_claim


def test_adding_twice_adds_nothing(ledger):
    assert ledger.add(pile(), by="me") == Added(reports=5, readings=5, claims=5)
    before = ledger.content_hash(), ledger.count()
    assert ledger.add(pile(), by="you") == Added()
    assert ledger.add(reversed(pile()), by="you") == Added()
    assert (ledger.content_hash(), ledger.count()) == before


def test_readings_come_back_as_they_went_in(ledger):
    ledger.add(pile(), by="me")
    found = {one.report.id: one for one in ledger.readings()}
    for one in pile():
        back = found[filed(one.report).id]
        assert back.report == filed(one.report)
        assert back.model_dump(exclude={"report", "claims"}) == one.model_dump(exclude={"report", "claims"})
        assert [c.model_dump(exclude={"report"}) for c in back.claims] == [
            c.model_dump(exclude={"report"}) for c in one.claims
        ]
        assert {claim.report for claim in back.claims} == {back.report.id}


def test_every_field_of_every_kind_of_claim_comes_back(ledger):
    text = "The Reef Front said between 20 and about 30 sailors were killed or hurt. The Reef Front did it; no, it did not."
    told = report("r", None, None, text, title=None, language="en", url="https://post.example/1")
    source = Source(party="Reef Front", mention="The Reef Front", mention_start=0, via=("Post", "Agency"))
    common = {
        "report": "r",
        "content_hash": told.content_hash,
        "evidence": Evidence.of(text, 20, 40),
        "source": source,
    }
    more = {
        "background": True,
        "incident": "incident-2",
        "said": "2031-05-06",
        "score": 0.1 + 0.2,
        "reader": "other 7",
    }
    claims = (
        make_claim(
            "toll", **common, **more, certainty="hedged", outcome="killed", min=20, max=30, approx=True,
            group="security", who="sailors", actor="Reef Front", combined=("killed", "injured"),
        ),
        make_claim("toll", **common, certainty="denied", outcome="freed", min=None, max=2**63 - 1, group="unknown"),
        make_claim("responsibility", **common, **more, certainty="unverified", actor="Reef Front", stance="denies"),
        make_claim("account", **common, **more, certainty="threatened", denies=True),
        make_claim("account", report="r", content_hash=told.content_hash, evidence=Evidence.of(text, 0, 3),
                   source=Source(party="reporter"), certainty="stated"),
    )  # fmt: skip
    (empty,) = read(told)
    ledger.add([empty.model_copy(update={"claims": claims})], by="me")
    (back,) = ledger.readings()
    assert back.claims == tuple(c.model_copy(update={"report": back.report.id}) for c in claims)
    assert ledger.verify()["claims"] == 5


def test_the_same_text_twice_is_one_text_with_two_sightings(ledger):
    text = FERRY.format(n=9, who="Police", more=SWAM)
    ledger.add(
        [report("a", "2031-05-06", "Harbour Post", text), report("b", "2031-05-07", "Gazette", text)], by="me"
    )
    assert (ledger.count()["texts"], ledger.count()["reports"]) == (1, 2)
    ledger.add([report("another name", "2031-05-06", "Harbour Post", text, title="Report a")], by="me")
    assert (ledger.count()["texts"], ledger.count()["reports"]) == (1, 2)


def test_a_newer_reader_adds_a_generation_and_keeps_the_old_one(ledger, clock):
    ledger.add(pile(), by="me")
    between = clock()
    ledger.add(read(*(one.report for one in pile()), reader="fake 2"), by="me")
    assert ledger.count()["readings"] == 10
    assert {one.reader for one in ledger.readings()} == {"fake 2"}
    assert {claim.reader for claim in ledger.claims()} == {"fake 2"}
    assert {one.reader for one in ledger.readings(recorded=between)} == {"fake 1"}
    assert {claim.id for claim in ledger.claims()} == {claim.id for claim in ledger.claims(recorded=between)}


def test_what_is_still_to_be_read_is_known(ledger):
    told = [one.report for one in pile()]
    ledger.add(told, by="me")
    assert [one.id for one in ledger.unread("fake 1")] == [filed(one).id for one in told]
    ledger.add(read(*told[:2]), by="me")
    assert [one.id for one in ledger.unread("fake 1")] == [filed(one).id for one in told[2:]]
    assert ledger.has_read(told[0], "fake 1")
    assert not ledger.has_read(told[0], "fake 2")
    assert not ledger.has_read(told[2], "fake 1")


def test_a_batch_that_cannot_be_kept_leaves_nothing_behind(ledger):
    good, bad = pile()[:2]
    wrong = bad.claims[0].model_copy(update={"evidence": Evidence(start=0, end=3, quote="???")})
    with pytest.raises(EvidenceError):
        ledger.add([good, bad.model_copy(update={"claims": (wrong,)})], by="me")
    assert not any(ledger.count().values())
    ledger.add([good], by="me")
    assert ledger.count()["reports"] == 1


def test_an_id_that_does_not_follow_from_the_claim_is_refused(ledger):
    (one,) = pile()[:1]
    other = one.claims[0].model_copy(update={"min": 1, "max": 1})
    with pytest.raises(InputError, match="does not follow") as caught:
        ledger.add([one.model_copy(update={"claims": (other,)})], by="me")
    assert caught.value.code == "claim-id"


@pytest.mark.parametrize("character", ["\0", "\ud800"], ids=["NUL", "half a pair"])
@pytest.mark.parametrize("field", ["text", "publisher", "url", "title", "id", "language"])
def test_characters_that_no_database_takes_are_refused_by_name(ledger, character, field):
    if (field, character) == ("id", "\ud800"):
        pytest.skip("the model takes no such id to begin with")
    fields = {"id": "a", "text": "Nine people.", field: f"x{character}y"}
    with pytest.raises(InputError) as caught:
        ledger.add(
            [report(fields.pop("id"), None, fields.pop("publisher", None), fields.pop("text"), **fields)],
            by="me",
        )
    assert caught.value.code == "unstorable-text"
    assert not any(ledger.count().values())


def test_a_figure_too_great_for_a_database_is_refused_by_name(ledger):
    text = f"{10**30} people were killed."
    with pytest.raises(InputError) as caught:
        ledger.add(read(report("a", None, None, text)), by="me")
    assert caught.value.code == "unstorable-number"


HOSTILE = [
    "'; DROP TABLE claims; --",
    '" OR 1=1 --',
    "%s %(x)s :name ? $1",
    "\\'; DELETE FROM reports; --",
    "Robert'); DROP TABLE reports;--",
    "\x1b[31m <script>alert(1)</script> =1+1",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_any_kind_are_words(ledger, words):
    text = f"{words} 9 people were killed, the {{}} said. {words}".replace("{}", "Police")
    (one,) = read(report(words, "2031-05-06", words, text, url=words, title=words), reader=words)
    claim = one.claims[0].model_copy(update={"incident": words, "said": words, "who": words, "actor": words})
    claim = make_claim(
        "toll", content_hash=one.report.content_hash, **claim.model_dump(exclude={"id", "kind", "source", "evidence"}),
        source=Source(party=words, mention=words, via=(words,)), evidence=claim.evidence,
    )  # fmt: skip
    ledger.add([one.model_copy(update={"claims": (claim,)})], by=words)
    ledger.link()
    (back,) = ledger.readings()
    assert back.claims == (claim.model_copy(update={"report": back.report.id}),)
    assert [hit.title for hit in ledger.search(words)] in ([words], [])
    assert ledger.search(f'"{words}" police')[0].report == back.report.id
    assert [one.incident for one in ledger.incidents()] == [hit.incident for hit in ledger.search("police")]
    assert list(ledger.claims(source=words, report=back.report.id)) == list(back.claims)
    assert ledger.verify()["claims"] == 1


def test_any_number_of_reports_goes_in_batches(ledger):
    number = BATCH * 2 + 3
    assert ledger.add(iter(many(number)), by="me") == Added(reports=number, readings=number, claims=number)


def test_a_ledger_with_texts_in_any_script_is_sound(ledger):
    text = "Ärzte 東京 🚑 𝔄 said 9 people were killed, the Police said. " + HELD
    ledger.add(read(report("ü", "2031-05-06", "Ö", text)), by="é")
    assert ledger.verify()["claims"] == 1
    assert [hit.name for hit in ledger.search("ärzte")] == ["ü"]


def test_an_empty_ledger_answers_everything(ledger):
    assert ledger.link().model_dump() == {"reports": 0, "states": 0}
    assert (ledger.incidents(), ledger.search("word"), list(ledger.claims()), ledger.refresh()) == (
        (),
        (),
        [],
        0,
    )
    assert set(ledger.verify().values()) == {0}
    assert ledger.add([], by="me") == Added()


def test_a_writer_in_another_s_way_tries_again(ledger, monkeypatch):
    add_batch, tried = adding._add_batch, []

    def disturbed(*arguments):
        tried.append(1)
        if len(tried) % 3:
            raise Busy("deadlock detected")
        return add_batch(*arguments)

    monkeypatch.setattr(adding, "_add_batch", disturbed)
    assert ledger.add(pile(), by="me").reports == 5
    assert len(tried) == 3
    monkeypatch.setattr(adding, "_add_batch", lambda *_: disturbed(tried.append(1) or tried.clear()))
    with pytest.raises(Busy):
        ledger.add(pile(), by="me")
