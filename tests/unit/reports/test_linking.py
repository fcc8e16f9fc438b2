"""Which reports tell of one matter, or tell it in one text."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pesut.city.loader import CityFolder, read_folder
from pesut.contracts import new_id
from pesut.reports.classification.texts import reader_of
from pesut.reports.linking.likeness import Rarity, likeness
from pesut.reports.linking.linker import FEWEST_TEXTS, How, Link, Linker
from pesut.reports.linking.telling import Telling, TellingReader
from pesut.settings import SAMARINDA

HALIMUN = Path(__file__).parents[2] / "cities" / "lembah_halimun"
START = datetime(2026, 6, 1, tzinfo=UTC)
SIJUK, TAPEN = "64.72.03.1004", "64.72.05.1013"
HOLE = "Jalan berlubang di RT 12 dekat jembatan kayu, dua motor jatuh semalam"
AGAIN = "hati2 lubang dalam dkt jembatan kayu rt 12, warga sdh taruh ban bekas"
PLEA = (
    "Kami pedagang pasar menolak kenaikan retribusi lapak yang memberatkan, batalkan kenaikan itu sekarang juga,"
    " pedagang kecil sudah lama sepi pembeli dan tidak sanggup membayar"
)

Tell = Callable[..., Telling]


@pytest.fixture(scope="module")
def samarinda() -> CityFolder:
    return read_folder(SAMARINDA)


@pytest.fixture(scope="module")
def reader(samarinda: CityFolder) -> TellingReader:
    return TellingReader(reader_of(samarinda.city.words), samarinda.regions)


@pytest.fixture(scope="module")
def tell(reader: TellingReader) -> Tell:
    def telling(
        body: str, hours: float = 0, region: str | None = SIJUK, category: str | None = "damaged_road"
    ) -> Telling:
        row: dict[str, Any] = {"id": new_id(), "title": "", "body": body, "address": "", "category": category}
        return reader.read(row | {"region_code": region, "submitted_at": START + timedelta(hours=hours)})

    return telling


@pytest.fixture
def linker(tell: Tell) -> Linker:
    """In a city in which much was told before, of other things."""
    usual = ("tolong jalan rusak di sini", "mohon sampah diangkut", "air mati sejak pagi", "lampu jalan padam semalam")
    return Linker(Rarity(tell(usual[number % 4]).words for number in range(FEWEST_TEXTS)))


def _linked(linker: Linker, *tellings: Telling) -> list[Link]:
    return [linker.link(each) for each in tellings]


def test_same_matter_place_and_time_are_one(linker: Linker, tell: Tell) -> None:
    first, second = tell(HOLE), tell(AGAIN, 30)
    links = _linked(linker, first, second)
    assert links[0] == Link(first.id, first.id, first.id, How.FIRST, 1.0)
    assert (links[1].first, links[1].like, links[1].how) == (first.id, first.id, How.MATTER)
    assert 0.25 <= links[1].likeness < 0.7


@pytest.mark.parametrize(
    "other",
    [
        {"hours": 24 * 4},
        {"region": TAPEN},
        {"category": "waste"},
        {"body": AGAIN.replace("12", "13")},
        {"body": "tolong aspal jalan di depan sekolah dasar"},
        {"region": None},
    ],
)
def test_what_differs_in_one_of_them_is_not(linker: Linker, tell: Tell, other: dict[str, Any]) -> None:
    first, second = tell(HOLE), tell(**{"body": AGAIN} | other)
    assert [each.how for each in _linked(linker, first, second)] == [How.FIRST, How.FIRST]


def test_a_place_may_be_known_from_the_words_alone(linker: Linker, tell: Tell) -> None:
    first = tell(f"{HOLE} di Air Putih", region=None)
    second = tell(f"{AGAIN}, airputih", 5, region="64.72.03")
    assert (first.village, second.village) == ("64.72.03.1004", "64.72.03.1004")
    assert _linked(linker, first, second)[1].how is How.MATTER


def test_a_long_matter_ends_days_after_it_began(linker: Linker, tell: Tell) -> None:
    days = [tell(f"{HOLE}, hari {day}", 24 * day, category="flood") for day in range(8)]
    links = _linked(linker, *[each for each in days if len(each.words) < 15])
    assert len({link.first for link in links}) == 1, "near-equal texts"
    told = ["air sedada di jembatan kayu", "jembatan kayu terendam sedada", "sedada air, jembatan kayu hilang"]
    matters = _linked(linker, *[tell(told[day % 3], 24 * day, category="flood") for day in range(8)])
    assert len({link.first for link in matters}) == 2


def test_copies_are_found_wherever_they_come_from(linker: Linker, tell: Tell) -> None:
    first = tell(PLEA, category="market")
    copies = [
        tell(PLEA.upper() + "!!!", 24 * 13, region=TAPEN, category="levy"),
        tell(PLEA.replace("yang", "yg").replace("sudah lama", "sdh"), 24, region=None, category=None),
    ]
    links = _linked(linker, first, copies[1], copies[0], tell(PLEA, 24 * 30))
    assert [link.how for link in links] == [How.FIRST, How.TEXT, How.TEXT, How.FIRST]
    assert {link.first for link in links[:3]} == {first.id}


def test_few_words_that_many_say_are_no_copy(linker: Linker, tell: Tell) -> None:
    links = _linked(linker, tell("lampu jalan padam"), tell("lampu jalan padam", 1, region=TAPEN))
    assert [link.how for link in links] == [How.FIRST, How.FIRST]


def test_a_hundred_thousand_copies_are_compared_with_one(linker: Linker, tell: Tell) -> None:
    told = tell(PLEA)
    links = [linker.link(Telling(new_id(), told.submitted_at, None, None, told.words)) for _ in range(3000)]
    assert {link.first for link in links} == {links[0].report}
    assert sum(len(known) for known in linker._by_word.values()) == 8  # pyright: ignore[reportPrivateUsage]


def test_what_was_linked_before_is_joined(linker: Linker, tell: Tell) -> None:
    first, second = tell(HOLE, 10), tell(AGAIN, 20)
    linker.remember(first, first.id, How.FIRST)
    linker.remember(second, first.id, How.MATTER)
    late = linker.link(tell("ban bekas di lubang jembatan kayu, motor jatuh", 1))
    assert (late.first, late.how) == (first.id, How.MATTER)


def test_among_few_reports_only_copies_are_linked(tell: Tell) -> None:
    linker = Linker(Rarity([tell(HOLE).words]))
    links = _linked(linker, tell(HOLE), tell(AGAIN), tell(HOLE))
    assert [link.how for link in links] == [How.FIRST, How.FIRST, How.TEXT]


def test_another_city_has_its_own_words_and_places() -> None:
    halimun = read_folder(HALIMUN)
    reader = TellingReader(reader_of(halimun.city.words), halimun.regions)
    village = next(region for region in halimun.regions if region.level == "village")
    row = {"id": new_id(), "title": "", "address": "", "submitted_at": START, "region_code": None, "category": None}
    assert reader.read(row | {"body": f"jembatan ambrol di {village.name}"}).village == village.code


@pytest.mark.parametrize("body", ["", "😭😭😭", "!!!", "a b c"])
def test_texts_without_words_are_like_nothing(linker: Linker, tell: Tell, body: str) -> None:
    assert [link.how for link in _linked(linker, tell(body), tell(body))] == [How.FIRST, How.FIRST]


def test_likeness_goes_from_nothing_to_all(tell: Tell) -> None:
    rarity = Rarity([tell(HOLE).words])
    weights = rarity.weigh(tell(HOLE).words)
    assert likeness(weights, weights) == pytest.approx(1)
    assert likeness(weights, rarity.weigh(tell("banjir").words)) == 0
