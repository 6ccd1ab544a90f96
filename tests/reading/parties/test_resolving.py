"""Mentions resolved to parties, on invented reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from variorum.model.errors import SettingError
from variorum.model.values import PartyKind
from variorum.reading.parties import ResolvedParty, load_lexicon, resolve_parties


def read(text: str) -> list[ResolvedParty]:
    """Resolve the mentions that a text marks with square brackets of its own: ⟦…⟧."""
    plain, spans = "", []
    for number, part in enumerate(text.replace("⟧", "⟦").split("⟦")):
        if number % 2:
            spans.append((len(plain), len(plain) + len(part)))
        plain += part
    return list(resolve_parties(plain, spans))


def parties(text: str) -> list[str]:
    return [found.party for found in read(text)]


def test_a_nationality_and_a_body_make_a_name() -> None:
    assert parties("⟦The Ghanaian navy⟧ said two men drowned off Tema.") == ["Ghanaian Navy"]
    assert parties("⟦Norway's interior ministry⟧ put the dead at four.") == ["Norway Interior Ministry"]


def test_a_body_the_lexicon_knows_bears_its_own_name() -> None:
    found = read("⟦The Israeli army⟧ fired on the hill, and ⟦the military⟧ denied it.")
    assert [f.party for f in found] == ["Israel Defense Forces", "Israel Defense Forces"]
    assert (found[1].how, found[1].antecedent) == ("coreference", (4, 16))


def test_media_wing_spokesman_and_statement_are_the_body() -> None:
    text = "⟦The ISPR⟧ said so. Later ⟦an army spokesman⟧ in Lahore, Pakistan, added that ⟦a statement by the army⟧ was due."
    assert parties(text) == ["Pakistan Army"] * 3


def test_an_acronym_that_the_text_defines_stands_for_the_name() -> None:
    text = "The Veldt Liberation Front (VLF) struck at dawn. Police fled. ⟦The VLF⟧ claimed the raid; ⟦the group⟧ said so."
    assert parties(text) == ["Veldt Liberation Front"] * 2


def test_a_person_is_the_body_that_title_or_apposition_names() -> None:
    text = (
        "In Peru, Health Minister Rosa Quispe spoke first. Ivo Lund, a spokesman for Human Rights Watch, disagreed. "
        "⟦Quispe⟧ named six dead; ⟦Lund⟧ named nine, ⟦he added⟧."
    )
    assert parties(text) == ["Peru Health Ministry", "Human Rights Watch", "Human Rights Watch"]


def test_a_person_without_a_body_bears_the_full_name() -> None:
    found = read("Marta Oquendo saw the smoke from her roof. ⟦Oquendo said⟧ it was black.")
    assert (found[0].party, found[0].kind) == ("Marta Oquendo", PartyKind.PERSON)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("two security officials", "security officials"),
        ("an unnamed health worker", "health worker"),
        ("witnesses", "witnesses"),
        ("the local residents", "local residents"),
    ],
)
def test_an_unnamed_source_is_written_as_the_text_has_it(words: str, name: str) -> None:
    assert parties(f"Shots were heard, ⟦{words}⟧ said.") == [name]


def test_who_is_told_is_not_the_source() -> None:
    assert parties("⟦Residents told Reuters⟧ that the bridge had gone.") == ["residents"]


def test_a_capital_that_speaks_is_its_government() -> None:
    assert parties("⟦Moscow⟧ rejected the report, and ⟦officials in Kyiv⟧ repeated it.") == [
        "Russia government",
        "Ukraine government",
    ]


def test_an_unknown_body_keeps_the_fullest_name_of_the_text() -> None:
    assert parties("The Saint Alba Hospital took in nine. ⟦Saint Alba Hospital⟧ lost power.") == [
        "Saint Alba Hospital"
    ]


def test_users_parties_come_first(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(
        "- {name: Riverbank Watch, kind: armed group, country: NL, aliases: [RBW]}\n", encoding="utf-8"
    )
    text = "The RBW said it held the dyke."
    found = resolve_parties(text, [(0, 7)], lexicon=load_lexicon([file]))[0]
    assert (found.party, found.kind, found.country) == ("Riverbank Watch", PartyKind.ARMED_GROUP, "NL")


def test_a_faulty_lexicon_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text("- {kind: army}\n", encoding="utf-8")
    with pytest.raises(SettingError, match=r"bad\.yaml"):
        load_lexicon([file])


def test_a_governor_and_a_sheriff_are_those_of_the_region_named() -> None:
    text = "A bus burned in Beni, a town in Yapacari province in Bolivia. ⟦The governor⟧ counted six dead."
    assert parties(text) == ["Yapacari government"]
    text = "The barn burned in Orwell County, Ohio, USA. ⟦The sheriff's office⟧ found no one inside."
    assert parties(text) == ["Orwell County Sheriff's Office"]


def test_a_leaders_name_tells_the_country_where_nothing_beside_it_does() -> None:
    text = "A convoy was hit near Kismayo in Somalia. ⟦President Yoweri Museveni⟧ spoke on Friday; ⟦he⟧ named ten dead."
    assert parties(text) == ["Uganda government", "Uganda government"]


def test_the_ministry_of_a_country_is_the_one_the_text_names() -> None:
    text = "Peru's health ministry counted four dead and Chile three. ⟦The Peruvian ministry⟧ expected more."
    assert parties(text) == ["Peru Health Ministry"]


def test_an_initial_ends_no_sentence() -> None:
    text = (
        "The fire was set, said Ada J. Brill, a spokeswoman for Amnesty International. ⟦Brill said⟧ two died."
    )
    assert parties(text) == ["Amnesty International"]


def test_what_vague_people_know_stays_with_them() -> None:
    text = "The tank had leaked, ⟦two people familiar with the inquiry⟧ said."
    assert parties(text) == ["people familiar with the inquiry"]


def test_places_tell_the_country() -> None:
    text = "The mine at Ollin caved in. ⟦The health ministry⟧ counted four dead, the US embassy said."
    at = text.index("The health ministry")
    found = resolve_parties(text, [(at, at + 19)], places=[(12, 17, "PE"), (12, 17, "PE")])
    assert found[0].party == "Peru Health Ministry"


def test_an_indefinite_mention_is_nobody_named_before() -> None:
    text = "India rejected the charge. A railway official in the province said 25 bodies had been moved."
    start = text.index("A railway")
    found = resolve_parties(text, [(0, 5), (start, start + 37)])
    assert [f.party for f in found] == ["India government", "railway official"]


def test_a_group_spoken_of_before_owns_its_spokesman() -> None:
    text = (
        "The Saudi-led coalition struck Marib in Yemen, the UN said. The coalition's spokesman, Brig. Gen. Omar Tamim, "
        "denied it. ⟦Tamim said⟧ no jet had flown; ⟦an official of the coalition⟧ agreed."
    )
    assert parties(text) == ["Saudi-led coalition"] * 2


def test_an_organ_of_a_party_is_that_party() -> None:
    text = "In Libya ⟦the command centre of the Libyan National Army⟧ denied it, as did ⟦the GNA's interior minister⟧."
    assert parties(text) == ["Libyan National Army", "Libya Interior Ministry"]


def test_a_governor_rules_the_province_that_another_reader_knows() -> None:
    text = "A bridge fell in Yapacari, Bolivia. The governor counted six dead."
    at, where = text.index("The governor"), text.index("Yapacari")
    found = resolve_parties(text, [(at, at + 12)], regions=[(where, where + 8)])
    assert found[0].party == "Yapacari government"


def test_the_police_of_a_text_may_be_a_sheriffs_office() -> None:
    text = (
        "Two men drowned, the Orwell Sheriff's Office in Ohio said. ⟦The Sheriff's Office⟧ found a boat; "
        "⟦a local health worker⟧ saw one."
    )
    assert parties(text) == ["Orwell Sheriff's Office", "local health worker"]


def test_a_text_without_capitals_still_names_persons_behind_titles() -> None:
    text = (
        "patna: seven people drowned in the river on friday, officials of bihar said here. bihar chief minister "
        "ranjan mallik visited the village. the boat was old and the river was high, and nobody had a life vest on. "
        "⟦mallik said⟧ the boat was too full."
    )
    assert parties(text) == ["Bihar government"]


def test_one_of_many_is_written_in_the_singular() -> None:
    assert parties("⟦Residents⟧ fled. ⟦One of them⟧ said the dam had burst.") == ["residents", "resident"]


def test_a_place_named_like_a_person_ends() -> None:
    """A word that is both a person and a city once sent the rules round in a circle."""
    text = "Sam Houston ran the club. A retired staffer from Houston's Parks and Recreation department, Schwartz said so."
    start = text.index("A retired")
    assert resolve_parties(text, [(start, text.index(" said"))])[0].party


def test_an_owner_cut_off_from_its_body_is_the_body() -> None:
    text = "Kenya's army killed nine men near Garissa. It said so on Friday."
    assert resolve_parties(text, [(0, len("Kenya's"))])[0].party == "Kenya Defence Forces"


def test_a_speaker_stands_behind_his_own_statement() -> None:
    text = "Hamas spoke first. In its statement the Red Cross counted nine dead."
    start, end = text.index("its statement"), text.index(" counted")
    assert "Red Cross" in resolve_parties(text, [(start, end)])[0].party


def test_a_direction_begins_a_name() -> None:
    """A group of that name is no description of the coalition, or of anybody else, named before."""
    text = "In Yemen the coalition bombed Sanaa. Days later the Northern Coalition shelled Aden in Yemen."
    ours, other = text.index("the coalition"), text.index("the Northern")
    first, second = resolve_parties(text, [(ours, ours + 13), (other, other + 22)])
    assert first.party == "Saudi-led coalition"
    assert second.party == "Northern Coalition"


def test_a_hospital_named_before_common_nouns_keeps_its_whole_name() -> None:
    assert parties("The bodies of 22 people are here, ⟦the Vessary general hospital⟧ said.") == [
        "Vessary general hospital"
    ]
    # "general" is no rank here
    assert parties("Twelve died, ⟦the Lahore general hospital⟧ said.") == ["Lahore general hospital"]
    assert parties("Twelve died, ⟦Israeli hospitals⟧ said.") != ["Israeli hospital"]


def test_the_police_of_a_town_that_nobody_knows_are_that_towns() -> None:
    assert parties("Two people had died, ⟦Skarholt police⟧ said.") == ["Skarholt Police"]
    assert parties("⟦Riot police⟧ said that two people had died.") == ["police"]


def test_a_spokesman_of_forces_that_nobody_placed_speaks_for_them_all_the_same() -> None:
    assert parties("Nine died. ⟦Army spokesman Colonel Ivar Tessmond⟧ said so.") == ["army"]
    assert parties("Nine died. ⟦Defence Minister Lorcan Vey⟧ said so.") == ["defence ministry"]


def test_a_weekday_is_no_part_of_a_name() -> None:
    assert parties("A total of 22 died, ⟦Vessary General Hospital on Sunday⟧ said.") == [
        "Vessary General Hospital"
    ]


def test_regional_police_are_those_of_the_region() -> None:
    text = "Shells fell in Sumy region, Ukraine. ⟦The regional police⟧ counted six dead, ⟦the police chief of the region⟧ seven."
    assert parties(text) == ["Sumy Regional Police"] * 2
    text = "Afghanistan wept. Rain fell. Takhar province was hit; ⟦its police chief⟧ was silent. ⟦The provincial council⟧ spoke."
    assert parties(text) == ["Takhar Police", "Takhar Provincial Council"]


def test_the_citys_police_are_those_of_the_town_spoken_of() -> None:
    text = "Shots rang out in Tamale, Ghana. ⟦The city's police⟧ named two suspects. ⟦Police in the northern city⟧ named no more."
    assert parties(text) == ["Tamale Police"] * 2


def test_a_word_also_written_small_is_no_name() -> None:
    text = "Two deckhands drowned. ⟦Deckhands⟧ said the rope broke."
    assert all(f.kind is not PartyKind.PERSON for f in read(text))


def test_a_person_is_known_again_by_the_last_part_of_a_name() -> None:
    text = "A spokesman for Oman's health ministry, Salim al-Barwani, spoke. ⟦Barwani said⟧ nine were hurt."
    assert parties(text) == ["Oman Health Ministry"]


def test_people_before_a_comma_are_nobodys_title() -> None:
    text = "Guards were shot by Taliban fighters, ⟦Anwar Sahak of the provincial council⟧ in Kunar province, Afghanistan, said."
    assert parties(text) == ["Kunar Provincial Council"]
    text = "Ravi Menon, India's home secretary, spoke. They took a car from a Goa police officer on Sunday, ⟦Menon⟧ said."
    assert parties(text) == ["India Ministry of Home Affairs"]


def test_a_deputy_minister_is_his_own_countrys() -> None:
    text = "Chile's foreign ministry called it grave. ⟦Peru's deputy foreign minister⟧ did not."
    assert parties(text) == ["Peru Foreign Ministry"]


def test_an_armed_groups_military_spokesman_speaks_for_the_group() -> None:
    text = "The Kenyan army held Garissa. Al-Shabaab said not; ⟦the group's military spokesman, Sheikh Abu Omar⟧, named 12 dead."
    assert parties(text) == ["al-Shabaab"]


def test_a_pronoun_points_back_to_who_spoke() -> None:
    text = "Peru's army was busy. A survey by the Chilean navy found craters. Separatists had fired first, it said."
    navy, accused, it = (
        (text.index(words), text.index(words) + len(words))
        for words in ("the Chilean navy", "Separatists", "it said")
    )
    told = resolve_parties(text, [navy, accused, it], speakers=[navy, it])
    assert [found.party for found in told] == ["Chilean Navy", "separatists", "Chilean Navy"]
    assert resolve_parties(text, [navy, accused, it])[2].party == "separatists"


def test_a_text_that_breaks_off_after_who_is_resolved_all_the_same() -> None:
    assert parties("⟦The army's⟧” said a ferryman, ⟦Tam Oddy⟧, who") == ["army", "Tam Oddy"]
