"""Labelled reports of a made-up highland regency, whose categories no code knows."""

import random
from collections.abc import Callable

import pytest

from pesut.reports.classification.learning import Lesson
from pesut.reports.classification.texts import ReportText, reader_of
from pesut.reports.classification.trial import Example

MATTERS = {
    "hama": ["wereng menyerang padi", "tikus sawah merajalela", "ulat makan daun kubis", "tanaman kena busuk daun"],
    "irigasi": ["parit sawah jebol", "air tidak sampai ke sawah", "bendung retak", "saluran sawah tersumbat lumpur"],
    "jalan_desa": [
        "jembatan gantung putus",
        "jalan desa berlubang",
        "talud longsor ke jalan",
        "aspal jalan terkelupas",
    ],
}
PLACES = ["Watulawang", "Kejajar", "Sembungan", "Dieng", "Garung", "Sikunang"]
PLEAS = ["mohon ditangani", "tolong segera", "sudah seminggu", "warga resah", "kami menunggu"]
WORDS = {"banyu": "air", "dalan": "jalan"}


@pytest.fixture(scope="session")
def lessons() -> Callable[[int, int], list[Lesson]]:
    """So many lessons of each category, mixed, from a seed."""

    def make(count: int, seed: int) -> list[Lesson]:
        dice, reader = random.Random(seed), reader_of(WORDS)
        made = [
            Lesson(
                reader.read(ReportText(matter, f"{matter} di {dice.choice(PLACES)}, {dice.choice(PLEAS)}")), category
            )
            for category, matters in MATTERS.items()
            for matter in (dice.choice(matters) for _ in range(count))
        ]
        dice.shuffle(made)
        return made

    return make


@pytest.fixture(scope="session")
def examples(lessons: Callable[[int, int], list[Lesson]]) -> list[Example]:
    return [Example(each.text.rest, each.text.rest, each) for each in lessons(60, 1)]
