"""Invented reports for tests of linking: three incidents, each told a few times in other words."""

from __future__ import annotations

from datetime import date

from variorum.model import Reading, Report

TOLD: dict[str, tuple[str, ...]] = {
    "ferry": (
        "VARNDAL — Gunmen boarded the Skarholt ferry near Varndal on Tuesday and killed nine passengers, the "
        "coastguard of Norland said. Captain Ilmar Tessvik, 54, was among the dead. The Reef Front said it did it.",
        "Nine people died when the Skarholt ferry was attacked off Varndal on Tuesday. A coastguard spokesman named "
        "the captain as Ilmar Tessvik, 54. Survivors swam to the Oskby lighthouse.",
        "The Reef Front said on Wednesday that its fighters had stopped the Skarholt ferry because it carried soldiers. The "
        "family of Ilmar Tessvik, its captain, denied that there were any on board at Varndal.",
    ),
    "market": (
        "A mortar round hit the grain market of Pellamur on Thursday and wounded forty-one traders, Dr Anse Quillory "
        "of the Pellamur clinic said. The army of Sudmark blamed the Zhern Brigade.",
        "Shelling of the Pellamur grain market left 41 traders hurt on Thursday, according to Anse Quillory, a doctor "
        "at the clinic. The Zhern Brigade denied that it had fired.",
    ),
    "school": (
        "Police in Eastwick Hollow said a guard, Bram Odderly, 37, was shot dead on Friday outside Lindqvist "
        "school. No pupil was hurt. A man was arrested.",
        "Bram Odderly, 37, who guarded the Lindqvist school in Eastwick Hollow, was killed on Friday, police said. "
        "Neighbours heard two shots.",
    ),
}
DAYS = {"ferry": date(2031, 5, 6), "market": date(2031, 5, 8), "school": date(2031, 5, 9)}


def reading(name: str, text: str, published: date | None = None, publisher: str | None = None) -> Reading:
    report = Report(id=name, text=text, published=published, publisher=publisher)
    return Reading(report=report, reader="invented")


def pile() -> list[Reading]:
    """All reports; their ids begin with the name of their incident."""
    return [
        reading(f"{name}-{i}", text, DAYS[name], f"Paper {name} {i}")
        for name, texts in TOLD.items()
        for i, text in enumerate(texts)
    ]


RAIDS: dict[str, tuple[str, ...]] = {
    "hesk": (
        "The army said the rebels shelled the town of Hesk on Monday and killed six people. The "
        "Hesk hospital counted 14 wounded. The rebels did not comment.",
        "Six people died when shells hit Hesk on Monday, the army said, and blamed the rebels. Doctors "
        "at the Hesk hospital treated 14 wounded.",
        "Residents of Hesk buried six dead after the shelling that the army lays at the door of the rebels. "
        "Fourteen others were wounded.",
    ),
    "olmund": (
        "Rebels stormed a checkpoint near Olmund bridge on Wednesday and killed eleven soldiers, "
        "the army said. Two gunmen were shot dead.",
        "The army lost eleven soldiers on Wednesday in a raid on its post at the Olmund bridge. The "
        "rebels said that they had lost two men.",
        "The rebels claimed the raid on the Olmund bridge, in which the army says eleven soldiers were "
        "killed, and showed captured rifles.",
    ),
}
"""Two attacks of the same parties in one country within three days."""
