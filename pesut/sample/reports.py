"""Rows of reports: what was said, what was decided of it, what happened to it, and what is really true of it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from pesut.reports.privacy.arrival import MASKING, ReportText
from pesut.sample.copying import FOREVER_TEXT, Block, as_json, escaped, nullable
from pesut.sample.dice import Dice, Weighted, weighted
from pesut.sample.drivers import Places
from pesut.sample.handling import Handler, Life, State
from pesut.sample.outline import Matter, Outline
from pesut.sample.people import People
from pesut.sample.report_spec import Reports, Style
from pesut.sample.telling import Teller, Told

BLOCK = 5_000  # reports
SOURCE = "sample"
NEAR = 0.004  # degrees around a village's centre (about 450 m)
TABLES = {
    "report": "id, source, source_key, number, title, body, channel, reporter, submitted_at, latitude, longitude, address,"
    " recorded_at, sample, masked_by",
    "report_state": "report_id, recorded_at, superseded_at, sample, submitted_at, region_code, agency_code, category,"
    " classification, status, channel, reporter, responded_at, closed_at, decided",
    "report_event": "id, report_id, kind, happened_at, recorded_at, actor, note",
    "sample_truth": "report_id, truth",
}


@dataclass(frozen=True)
class Said:
    """A report's own words and who said them."""

    id: str
    number: str
    reporter: str
    channel: str
    told: Told


@dataclass
class Rows:
    """Lines for each of TABLES, of a block of reports; and what the vault is to seal: id, moment at which it was known, text."""

    lines: dict[str, list[str]] = field(default_factory=lambda: {table: [] for table in TABLES})
    originals: list[tuple[str, int, ReportText]] = field(default_factory=list[tuple[str, int, ReportText]])
    reports: int = 0

    def blocks(self) -> Iterator[tuple[str, Block]]:
        for table, lines in self.lines.items():
            yield table, ("".join(lines), len(lines))


class ReportMaker:
    """Turns outlines into rows."""

    def __init__(
        self,
        spec: Reports,
        teller: Teller,
        people: People,
        handler: Handler,
        places: Places,
        centres: list[tuple[float, float]],
        dice: Dice,
    ) -> None:
        self.spec, self.teller, self.people, self.handler = spec, teller, people, handler
        self.places, self.centres, self.dice = places, centres, dice
        self.channels = weighted(spec.channels)
        self.mistaken = {each: self._mistaken(each) for each in spec.categories}
        self._count = 0

    def blocks(self, outlines: Iterator[Outline]) -> Iterator[Rows]:
        """Rows of BLOCK reports at a time."""
        while block := list(islice(outlines, BLOCK)):
            rows = Rows()
            for outline in block:
                self._write(outline, rows)
            yield rows

    def _write(self, outline: Outline, rows: Rows) -> None:
        matter, reporter = outline.matter, self._reporter(outline.matter)
        region, channel = self._known_region(matter), self.dice.draw(self.channels)
        told = self.teller.tell(outline, self._style(channel, reporter), place_needed=region is None)
        said = Said(self._identity(outline.moment), self._number(outline.moment), reporter, channel, told)
        right = (matter.category, self.handler.agency(matter.category, matter.classification))
        first = self._first_state(outline, right)
        life = self.handler.live(outline.moment, first, right, reporter)
        rows.reports += 1
        if told.arrival.original:
            rows.originals.append((said.id, first.moment, told.arrival.original))
        rows.lines["report"].append(self._report(outline, said, first.moment))
        rows.lines["report_state"] += self._states(outline, said, region, life)
        rows.lines["report_event"] += self._events(said, life)
        rows.lines["sample_truth"].append(f"{said.id}\t{as_json(self._truth(outline, said, right))}\n")

    def _reporter(self, matter: Matter) -> str:
        if matter.campaign is None:
            return self.people.reporter(matter.village)
        return self.people.one_of_few(matter.village, matter.campaign.reporters, matter.campaign.code)

    def _style(self, channel: str, reporter: str) -> Style:
        staff = self.spec.written_down.get(channel)
        return self.spec.styles[staff] if staff else self.people.style(reporter)

    def _known_region(self, matter: Matter) -> str | None:
        """What the report's form says of the place: often nothing, though the text does."""
        village = self.places.villages[matter.village]
        if self.dice.chance(self.spec.missing_region):
            return None
        return self.places.district_of[village] if self.dice.chance(self.spec.district_only) else village

    def _first_state(self, outline: Outline, right: tuple[str, str]) -> State:
        known = outline.moment + self.dice.between(40, 240)
        matter = outline.matter
        if matter.classification == "supervision" or not self.dice.chance(self.spec.mistaken):
            return State(known, "waiting", right[0], right[1])
        category = self.dice.draw(self.mistaken[matter.category])
        return State(known, "waiting", category, self.handler.agency(category, matter.classification))

    def _mistaken(self, category: str) -> Weighted[str]:
        others = {code: each.weight / 10 for code, each in self.spec.categories.items() if code != category}
        return weighted(others | dict(self.spec.categories[category].confused_with))

    def _report(self, outline: Outline, said: Said, known: int) -> str:
        text = said.told.arrival.shown
        latitude, longitude = self._point(outline.matter)
        return (
            f"{said.id}\t{SOURCE}\t{said.number}\t{said.number}\t{escaped(text.title)}\t{escaped(text.body)}\t{said.channel}"
            f"\t{said.reporter}\t{stamp(outline.moment)}\t{latitude}\t{longitude}\t{escaped(text.address)}\t{stamp(known)}\tt\t{MASKING}\n"
        )

    def _point(self, matter: Matter) -> tuple[str, str]:
        if not self.dice.chance(self.spec.located):
            return "\\N", "\\N"
        latitude, longitude = self.centres[matter.village]
        return f"{latitude + NEAR * self.dice.normal():.6f}", f"{longitude + NEAR * self.dice.normal():.6f}"

    def _states(self, outline: Outline, said: Said, region: str | None, life: Life) -> Iterator[str]:
        words = said.told.arrival.decided
        ends = [stamp(state.moment) for state in life.states[1:]] + [FOREVER_TEXT]
        tail = f"{outline.matter.classification}"
        for state, until in zip(life.states, ends, strict=True):
            yield (
                f"{said.id}\t{stamp(state.moment)}\t{until}\tt\t{stamp(outline.moment)}\t{nullable(region)}\t{state.agency}"
                f"\t{state.category}\t{tail}\t{state.status}\t{said.channel}\t{said.reporter}"
                f"\t{optional(state.responded)}\t{optional(state.closed)}\t{decided(state, life.states[0], region, words)}\n"
            )

    def _events(self, said: Said, life: Life) -> Iterator[str]:
        for each in life.happenings:
            note = self.teller.note(each.note) if each.note else ""
            moment = stamp(each.moment)
            yield f"{self._identity(each.moment)}\t{said.id}\t{each.kind}\t{moment}\t{moment}\t{each.actor}\t{escaped(note)}\n"

    def _truth(self, outline: Outline, said: Said, right: tuple[str, str]) -> dict[str, object]:
        matter = outline.matter
        village = self.places.villages[matter.village]
        truth: dict[str, object] = {
            "category": right[0],
            "agency": right[1],
            "region": village,
            "mention": said.told.mention,
        }
        if matter.issue and matter.classification == "complaint":
            truth["issue"] = matter.issue
        if matter.repeated:
            matter.first = matter.first or said.number
            truth["same_matter_as"] = matter.first
        if matter.campaign is not None:
            truth["campaign"] = matter.campaign.code
        if matter.flood > 0:
            truth["flood"] = round(matter.flood, 2)
        if said.told.injected:
            truth["injection"] = True
        if said.told.planted:
            truth["personal"] = Counter(kind for kind, _ in said.told.planted)
        return truth

    def _number(self, moment: int) -> str:
        self._count += 1
        return self.spec.number.format(year=1970 + moment // 31_556_952, n=self._count)

    def _identity(self, moment: int) -> str:
        """A UUIDv7 of that moment."""
        high, low = self.dice.below(1 << 12), self.dice.below(1 << 48)
        head = f"{moment * 1000 + self.dice.below(1000):012x}"
        return f"{head[:8]}-{head[8:]}-7{high:03x}-{0x8000 | self.dice.below(1 << 14):04x}-{low:012x}"


def stamp(moment: int) -> str:
    """Seconds since 1970 as PostgreSQL reads them."""
    day, second = divmod(moment, 86_400)
    if day not in _days:
        _days[day] = datetime.fromtimestamp(day * 86_400, UTC).strftime("%Y-%m-%d")
    return f"{_days[day]}T{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}Z"


_days: dict[int, str] = {}


def optional(moment: int | None) -> str:
    return "\\N" if moment is None else stamp(moment)


def decided(state: State, first: State, region: str | None, words: dict[str, Any]) -> str:
    """By whom category and region were decided, as JSON, with what was decided of the words alone."""
    how: dict[str, Any] = {"category": {"by": "reporter" if state.category == first.category else "agency"}}
    if region is not None:
        how["region"] = {"by": "reporter"}
    return as_json(how | words)
