"""What one mention stands for: a rule for each kind of word that may head it."""

from __future__ import annotations

from variorum.model.values import PartyKind
from variorum.reading.parties import coreference
from variorum.reading.parties.coreference import Memory
from variorum.reading.parties.describe import body_of, completed, unit
from variorum.reading.parties.mention import Mention, noun_kind
from variorum.reading.parties.naming import Found, known, of_body, of_land
from variorum.reading.parties.page import Element
from variorum.reading.parties.readings import (
    again,
    first_of_two,
    gatherer,
    named_person,
    nouns_of_one,
    official_of,
    one_of,
    organ_of,
    owner_land,
    plain,
    source_inside,
    sources_of_two,
    with_land,
)

_HEADED = frozenset({PartyKind.ORGANISATION, PartyKind.MEDIA, PartyKind.INTERNATIONAL, PartyKind.ARMED_GROUP})


def interpret(memory: Memory, mention: Mention) -> Found | None:
    """The party that a mention stands for, or None if nothing tells."""
    page, head = memory.page, mention.head
    if mention.pronoun:
        possessive = mention.pronoun in page.lexicon.words["possessive"]
        found = coreference.pronoun(memory, mention.pronoun, mention.pronoun_at)
        if (
            found
            and mention.pronoun == "them"
            and page.words.norm[max(0, mention.pronoun_at - 2) : mention.pronoun_at] == ["one", "of"]
        ):
            return one_of(found)
        if possessive and head is not None:
            return _possessed(memory, mention, head, found)
        if found:
            return again(found)
    if head is None:
        return (
            coreference.namesake(memory, mention.i, mention.j)
            or coreference.last_speaker(memory, mention.i)
            or next((found for _, found in memory.named), None)
        )
    if (
        page.words.owner[head.j - 1]
        and "group" in head.senses
        and len(mention.elements) > 1
        and not head.body
    ):
        owned = mention.elements[1]
        sort = owned.body or owned.office
        if sort and sort.kind is PartyKind.STATE_FORCE and head.senses["group"] is PartyKind.ARMED_GROUP:
            nouns = frozenset(page.words.norm[head.i : head.j])
            if group := coreference.description(memory, [PartyKind.ARMED_GROUP], nouns, mention.i):
                return again(group)
        if sort:
            return completed(page, memory.bodies, owned, sort)
    if head.place and len(mention.elements) > 1 and not mention.elements[1].place:
        mention.elements.pop(0)
        head = mention.elements[0]
    if head.person and len(mention.elements) > 1 and mention.elements[1].i == head.j:
        placed = mention.elements[1].body or mention.elements[1].office
        if placed and not memory.persons.with_body(page, head):
            return completed(page, memory.bodies, mention.elements[1], placed)
    if head.person:
        return _person(memory, mention, head)
    if head.party or head.org:
        return _named(memory, mention, head)
    if head.land():
        return _land(memory, mention, head)
    if head.body and (two := sources_of_two(page, mention, head)) is not None:
        return two
    if head.body:
        found = completed(page, memory.bodies, head, head.body)
        bearer = named_person(page, mention, head)
        if bearer is not None and (found is None or found.how == "inferred"):
            known_to = memory.persons.by_start.get(bearer.i)
            if known_to is not None and known_to.body is not None:
                return _person(memory, mention, bearer)
        return found or plain(page, mention, head)
    return _role(memory, mention, head)


def _possessed(memory: Memory, mention: Mention, head: Element, owner: Found | None) -> Found | None:
    """ "its spokesman", "his ministry", "its defence ministry"."""
    page = memory.page
    sort = head.body or head.office
    if sort and sort.id == "president" and owner and owner.kind in _HEADED:
        return again(owner)
    if sort and not of_body(page, head, sort):
        land = owner_land(page, head.i)
        if land:
            return of_land(page, sort, land, "composed", owner.at if owner else None)
    named = body_of(page, memory.bodies, head.i, mention.j)
    if named and sort:
        return named
    ally = next((e for e in mention.elements if "land" in e.senses and e.j == mention.j), None)
    if ally is not None and (land := ally.land()):
        return of_land(page, page.lexicon.bodies["government"], land, "composed", (ally.i, ally.j))
    bearer = head if head.person else named_person(page, mention, head)
    if bearer is not None and (
        head.person or "noun" in head.senses or memory.persons.with_body(page, bearer) or not owner
    ):
        return _person(memory, mention, bearer)
    if owner and "noun" in head.senses and noun_kind(head) is owner.kind is PartyKind.MEDIA:
        return again(owner)
    if owner and ({"voice", "document", "group"} & set(head.senses) or not head.senses):
        return again(owner)
    if head.senses.keys() & {"noun"}:
        return plain(page, mention, head)
    return again(owner) if owner else named


def _person(memory: Memory, mention: Mention, head: Element) -> Found | None:
    page = memory.page
    person = memory.persons.by_start.get(head.i) or memory.persons.named(page, head)
    if page.words.owner[head.j - 1] and len(mention.elements) > 1:
        owned = mention.elements[1]
        if person and person.body and owned.body and owned.body.id == "government" and person.body.country:
            land = page.lexicon.lands.get(person.body.country)
            return of_land(page, owned.body, land, "role-to-body", person.at) if land else person.body
        return _kin(memory, mention, head)
    if person is None:
        return Found(head.person or "", PartyKind.PERSON, None, "person", (head.i, head.j), 0.5, True)
    if person.body is not None:
        body = person.body
        return Found(
            body.party,
            body.kind,
            body.country,
            "role-to-body",
            body.at or person.at,
            min(body.score, 0.85),
            True,
        )
    inside = body_of(memory.page, memory.bodies, head.j, mention.j)
    if inside and mention.j - head.j > 2:
        return inside
    return Found(person.name, PartyKind.PERSON, None, "person", person.at, 0.7, True)


def _kin(memory: Memory, mention: Mention, head: Element) -> Found | None:
    """ "X's mother", "X's spokesman, Y": the one named last, else kin as written, else X's own body."""
    page = memory.page
    other = next((e for e in mention.elements if e.person and e.i > head.i), None)
    if other is not None:
        later = [e for e in mention.elements if e.i >= other.i]
        return _person(memory, Mention(other.i, mention.j, later), other)
    noun = next((e for e in mention.elements[1:] if "noun" in e.senses and "voice" not in e.senses), None)
    if noun is not None:
        return Found(
            page.words.surface(head.i, noun.j),
            noun_kind(noun),
            None,
            "as-written",
            (head.i, noun.j),
            0.7,
            True,
        )
    person = memory.persons.by_start.get(head.i) or memory.persons.named(page, head)
    return (
        person.body
        if person and person.body
        else Found(head.person or "", PartyKind.PERSON, None, "person", (head.i, head.j), 0.5, True)
    )


def _named(memory: Memory, mention: Mention, head: Element) -> Found | None:
    page = memory.page
    if len(mention.elements) > 1:
        found = body_of(page, memory.bodies, mention.elements[0].i, mention.j)
        if found:
            return found
    if head.party:
        return known(head.party, "lexicon", (head.i, head.j))
    if (owner := organ_of(page, mention, head)) is not None:
        return owner
    name, kind = head.org or ("", PartyKind.ORGANISATION)
    return unit(page, name, kind) or Found(
        name, kind, page.home.country if page.home else None, "as-written", (head.i, head.j), 0.8
    )


def _land(memory: Memory, mention: Mention, head: Element) -> Found | None:
    """A country that speaks is its government; "Ugandan officials" too; with a body or office beside it, that body."""
    page, rest = memory.page, mention.elements[1:]
    land = head.land()
    if land is None:
        return None
    if (
        "land" in head.senses
        and not page.words.owner[head.j - 1]
        and page.words.norm[head.j : head.j + 1] == [","]
    ):
        rest = []
    for element in rest[:3]:
        if element.person:
            return _person(memory, mention, element)
        if element.party or element.org:
            return _named(memory, mention, element)
        sort = element.body or element.office
        if sort:
            return completed(page, memory.bodies, element, sort)
        if "rank" in element.senses and element.i == head.j and "voice" not in element.senses:
            return of_land(page, page.lexicon.bodies["military"], land, "composed", (head.i, element.j))
        if {"voice", "document", "noun", "group", "rank"} & set(element.senses):
            named = body_of(page, memory.bodies, element.j, mention.j)
            if named:
                return named
            words = page.words.norm[element.i : element.j]
            same = coreference.of_that_land(memory, land, frozenset(words), mention.i)
            if same and "group" in element.senses and page.words.norm[head.i - 1] == "the":
                return again(same)
            if words[-1] in page.lexicon.words["state"] and words[-1][-1] == "s":
                break
            if "document" in element.senses or ("voice" in element.senses and page.words.owner[head.j - 1]):
                break
            return Found(
                with_land(page, mention, head, element),
                noun_kind(element),
                land.country,
                "as-written",
                (head.i, element.j),
                0.7,
                True,
            )
    if set(head.senses) == {"people-of"} and not rest and page.words.norm[head.j - 1].endswith("s"):
        return Found(
            page.surface(head), PartyKind.RESIDENTS, land.country, "as-written", (head.i, head.j), 0.7
        )
    return of_land(page, page.lexicon.bodies["government"], land, "composed", (head.i, head.j))


def _role(memory: Memory, mention: Mention, head: Element) -> Found | None:
    """A mention headed by an office, a spokesman, a document, a group noun or a noun for people."""
    page = memory.page
    words = page.words
    if "document" in head.senses and "official" in words.norm[max(mention.i, head.i - 2) : head.i]:
        return Found("officials", PartyKind.UNNAMED, None, "as-written", (head.i, head.j), 0.5)
    if (inner := source_inside(page, mention, head)) is not None:
        return inner
    if (first := first_of_two(page, mention, head)) is not None:
        return first
    person = named_person(page, mention, head)
    if person is not None:
        found = memory.persons.by_start.get(person.i)
        if (found and found.body) or not ({"voice"} & set(head.senses)):
            return _person(memory, mention, person)
    definite = head.i > 0 and words.norm[head.i - 1] in ("the", "this", "that", "same", "these", "those")
    k = head.i - 1
    while not definite and k > mention.i and k > head.i - 4 and words.norm[k].isalpha():
        k -= 1
        definite = words.norm[k] in ("the", "this", "same")
    nouns = frozenset(words.norm[head.i : head.j])
    if "group" in head.senses and not head.office:
        inside = body_of(page, memory.bodies, head.i, mention.j)
        end = head.j
        for element in mention.elements[1:]:
            end = element.j if element.i == end and "group" in element.senses else end
        if inside and (not definite or words.norm[end : end + 1] in (["of"], ["for"])):
            return inside
        if definite:
            kinds = coreference.kinds_of(page, head)
            found_group = coreference.description(memory, kinds, nouns, mention.i)
            if found_group:
                return again(found_group)
    if definite and (head.office is None or of_body(page, head, head.office) is None):
        spoke = coreference.speaker(memory, nouns, mention.i) if head.office else None
        if spoke is None and (head.office or "minister" in nouns):
            spoke = memory.persons.holder(nouns)
        if spoke:
            return again(spoke)
    if (
        "group" in head.senses
        and len(mention.elements) > 1
        and mention.elements[1].i <= head.j + 1
        and not head.office
    ):
        following = mention.elements[1]
        if {"voice", "document"} & set(following.senses):
            kinds = coreference.kinds_of(page, head)
            found_group = coreference.description(
                memory, [PartyKind.ARMED_GROUP] if PartyKind.ARMED_GROUP in kinds else kinds, nouns, mention.i
            )
            if found_group:
                return again(found_group)
    if definite and "rank" in head.senses and mention.j - head.j < 2:
        officer = coreference.human(memory, nouns, mention.i)
        if officer:
            return again(officer)
    if (body := gatherer(page, mention, head)) is not None:
        return _named(memory, Mention(body.i, body.j, [body]), body)
    named = body_of(page, memory.bodies, head.i, mention.j)
    if named:
        return named
    if person is not None:
        return _person(memory, mention, person)
    seat = official_of(page, mention, head)
    if seat:
        return seat
    teller = next((e for e in mention.elements if e.i in (head.j + 1, head.j + 2, head.j + 3)), None)
    if teller and words.norm[head.j] in ("by", "from") and {"voice", "noun"} & set(teller.senses):
        later = [e for e in mention.elements if e.i >= teller.i]
        return _role(memory, Mention(head.j + 1, mention.j, later), teller)
    if words.norm[head.j - 1] == "reports" and head.j - head.i == 1:
        return plain(page, mention, head)
    if "document" in head.senses and not definite and (author := _author_after(memory, mention)):
        return author
    if definite or "document" in head.senses:
        spoke = coreference.speaker(memory, nouns, mention.i)
        if spoke:
            return again(spoke)
        officer = (
            coreference.human(memory, nouns, mention.i)
            if {"voice", "rank", "courtesy"} & set(head.senses)
            else None
        )
        if definite and officer:
            return again(officer)
        if "document" in head.senses and (last := coreference.last_speaker(memory, mention.i)):
            return again(last)
        group = next((e for e in mention.elements[1:] if "group" in e.senses), None)
        if group is not None:
            found_group = coreference.description(
                memory, coreference.kinds_of(page, group), frozenset(words.norm[group.i : group.j]), mention.i
            )
            if found_group:
                return again(found_group)
    group = next(
        (e for e in mention.elements[1:] if "group" in e.senses and words.norm[e.i - 1] in ("the", "that")),
        None,
    )
    if group is not None and {"voice", "document", "noun"} & set(head.senses):
        found_group = coreference.description(
            memory, coreference.kinds_of(page, group), frozenset(words.norm[group.i : group.j]), mention.i
        )
        if found_group:
            return again(found_group)
    office = memory.bodies.nearest(nouns_of_one(page, head), head.i)
    return again(office) if office else plain(page, mention, head)


def _author_after(memory: Memory, mention: Mention) -> Found | None:
    """ "In a new statement X said": the body that the sentence goes on with."""
    page = memory.page
    if mention.j >= len(page.words) or page.words.norm[mention.i] not in ("in", "with", "by"):
        return None
    after = next(iter(page.within(mention.j, mention.j + 4)), None)
    if after is None or page.words.sentence[after.i] != page.words.sentence[mention.i]:
        return None
    if after.party or after.org:
        return _named(memory, Mention(after.i, after.j, [after]), after)
    return completed(page, memory.bodies, after, after.body) if after.body else None
