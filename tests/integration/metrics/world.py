"""A small random city: its catalog, its rows in versions, and how they get into a database."""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import astuple, dataclass, field, fields
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from pesut.city.models import City
from pesut.contracts import LocalText

FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
MOMENTS = [datetime(2026, month, 5, 3, 7, tzinfo=UTC) for month in (3, 6, 9)]
"""When rows became known; the first knows of everything, the later ones correct it and add the newest."""
AS_OF = [*(moment + timedelta(hours=1) for moment in MOMENTS), datetime(2026, 11, 24, 2, tzinfo=UTC)]
CATALOG = Path(__file__).with_name("catalog")


def city(zone: str) -> City:
    name = LocalText(id="Kota")
    return City(
        name="Kota", official_name=name, head_title=name, root="9", timezone=zone, questions=("satu", "dua", "tiga")
    )


@dataclass(frozen=True)
class Version:
    recorded_at: datetime
    superseded_at: datetime
    sample: bool

    def visible(self, as_of: datetime) -> bool:
        return self.recorded_at <= as_of < self.superseded_at


@dataclass(frozen=True)
class Region(Version):
    code: str
    level: str
    name: str
    parent_code: str | None


@dataclass(frozen=True)
class Agency(Version):
    code: str
    name: str


@dataclass(frozen=True)
class Series:
    id: int
    indicator_code: str
    region_code: str
    item: str
    agency_code: str
    restricted: bool = False


@dataclass(frozen=True)
class Observation(Version):
    series_id: int
    observed_at: datetime
    value: Decimal


@dataclass(frozen=True)
class Month(Version):
    series_id: int
    month: date
    n: int
    total: Decimal
    minimum: Decimal
    maximum: Decimal
    last: Decimal
    first_observed_at: datetime
    last_observed_at: datetime


@dataclass(frozen=True)
class Report(Version):
    report_id: UUID
    submitted_at: datetime
    region_code: str | None
    agency_code: str | None
    category: str | None
    classification: str
    status: str
    channel: str
    reporter: str
    responded_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True)
class Line(Version):
    year: int
    code: str
    agency_code: str
    program: str
    categories: tuple[str, ...]
    ceiling: int


@dataclass(frozen=True)
class Realisation(Version):
    year: int
    code: str
    month: date
    amount: int


@dataclass
class World:
    city: City
    regions: list[Region] = field(default_factory=list[Region])
    agencies: list[Agency] = field(default_factory=list[Agency])
    series: list[Series] = field(default_factory=list[Series])
    observations: list[Observation] = field(default_factory=list[Observation])
    months: list[Month] = field(default_factory=list[Month])
    reports: list[Report] = field(default_factory=list[Report])
    lines: list[Line] = field(default_factory=list[Line])
    realisations: list[Realisation] = field(default_factory=list[Realisation])


class Dice(random.Random):
    def moment(self, start: datetime, end: datetime) -> datetime:
        return start + timedelta(seconds=self.randrange(int((end - start).total_seconds())))

    def lives(self) -> list[tuple[datetime, datetime]]:
        """The (recorded_at, superseded_at) of a row's versions: mostly one, sometimes corrected, sometimes withdrawn."""
        born = self.choice(MOMENTS)
        cuts = sorted(
            self.sample(
                [moment for moment in MOMENTS if moment > born], self.choice((0, 0, 1)) if born < MOMENTS[-1] else 0
            )
        )
        bounds = [born, *cuts, FOREVER]
        lives = list(pairwise(bounds))
        return lives[:-1] if len(lives) > 1 and self.random() < 0.15 else lives


def make_world(seed: int, zone: str) -> World:
    dice = Dice(seed)
    world = World(city(zone))
    _places(world)
    _series(world)
    _observations(world, dice)
    world.months = list(_months(world))
    _reports(world, dice)
    _budgets(world, dice)
    return world


def _places(world: World) -> None:
    first, second = MOMENTS[0], MOMENTS[1]
    always = (first, FOREVER, False)
    world.regions = [Region(*always, "9", "city", "Kota", None)]
    world.regions += [Region(*always, f"9.{d}", "district", f"Kecamatan {chr(67 - d)}", "9") for d in range(3)]
    for number in range(6):
        code, district = f"9.{number % 2}.{number}", f"9.{number % 2}"
        if number == 4:  # moved to another district and renamed
            world.regions.append(Region(first, second, False, code, "village", "Lama", district))
            world.regions.append(Region(second, FOREVER, False, code, "village", "Baru", "9.1"))
        else:
            world.regions.append(Region(*always, code, "village", f"Desa {9 - number}", district))
    world.agencies = [Agency(first, second, False, "a1", "Dinas Satu"), Agency(second, FOREVER, False, "a1", "Dinas I")]
    world.agencies.append(Agency(*always, "a2", "Dinas Dua"))


def _series(world: World) -> None:
    plan = [
        ("level", "9.0.0", "g1", "a1"), ("level", "9.1.1", "g2", "a1"), ("level", "9.0", "g3", "a2"), ("level", "9.0.0", "", "a2"),
        ("waste", "9.0", "", "a1"), ("waste", "9.1", "", "a2"), ("waste", "9", "", "a2"), ("waste", "9.0.2", "", "a1"),
        *(("people", f"9.{number % 2}.{number}", "", "a2") for number in range(5)),
    ]  # fmt: skip
    world.series = [Series(number, *row) for number, row in enumerate(plan, start=1)]


def _observations(world: World, dice: Dice) -> None:
    for series in world.series:
        if series.indicator_code == "people":
            moments = {datetime(year, 1, 1, tzinfo=world.city.zone) for year in (2024, 2025, 2026)}
        else:
            moments = {
                dice.moment(datetime(2024, 11, 1, tzinfo=UTC), datetime(2026, 12, 10, tzinfo=UTC)) for _ in range(60)
            }
            moments |= {datetime(2026, month, 1, tzinfo=world.city.zone) for month in (1, 3)}
        for moment in moments:
            for life in dice.lives():
                value = Decimal(dice.randrange(-500, 90_000)) / 100
                value = value.to_integral_value() + 900 if series.indicator_code == "people" else value
                sample = dice.random() < 0.1
                world.observations.append(Observation(*life, sample, series.id, moment.astimezone(UTC), value))


def _months(world: World) -> list[Month]:
    """The rollup in versions: for each moment of recording, the months whose visible rows differ from before."""
    made: list[Month] = []
    current: dict[tuple[int, date], Month] = {}
    for moment in MOMENTS:
        rows: dict[tuple[int, date], list[Observation]] = defaultdict(list)
        for row in world.observations:
            if row.visible(moment):
                rows[row.series_id, row.observed_at.astimezone(world.city.zone).date().replace(day=1)].append(row)
        for key in current.keys() | rows.keys():
            fresh = _month(moment, key, rows[key]) if rows.get(key) else None
            old = current.get(key)
            if old and fresh and astuple(old)[2:] == astuple(fresh)[2:]:
                continue
            if old:
                made.append(Month(old.recorded_at, moment, *astuple(old)[2:]))
                del current[key]
            if fresh:
                current[key] = fresh
    return made + list(current.values())


def _month(moment: datetime, key: tuple[int, date], rows: list[Observation]) -> Month:
    values = [row.value for row in rows]
    ordered = sorted(rows, key=lambda row: row.observed_at)
    return Month(
        moment, FOREVER, any(row.sample for row in rows), *key, len(rows), sum(values, Decimal()), min(values),
        max(values), ordered[-1].value, ordered[0].observed_at, ordered[-1].observed_at,
    )  # fmt: skip


def _reports(world: World, dice: Dice) -> None:
    places = [region.code for region in world.regions] + [None]
    for _ in range(400):
        report_id, reporter = UUID(int=dice.getrandbits(128)), dice.choice(["", "r1", "r2", "r3", "r4"])
        submitted = dice.moment(datetime(2024, 11, 1, tzinfo=UTC), datetime(2026, 12, 10, tzinfo=UTC))
        channel, sample = dice.choice(["app", "sms"]), dice.random() < 0.1
        for life in dice.lives():
            hours = sorted(dice.randrange(1, 5_000_000) for _ in range(2))
            answered, closed = (submitted + timedelta(seconds=each) if dice.random() < 0.7 else None for each in hours)
            world.reports.append(
                Report(
                    *life, sample, report_id, submitted, dice.choice(places), dice.choice(["a1", "a2", None]),
                    dice.choice(["flood", "road", "waste", None]), dice.choice(["complaint", "supervision"]),
                    dice.choice(["waiting", "done"]), channel, reporter, answered, closed,
                )
            )  # fmt: skip


def _budgets(world: World, dice: Dice) -> None:
    for year in (2024, 2025, 2026, 2027):
        for number in range(6):
            code = f"{number}.01"
            for life in dice.lives():
                tags = tuple(dice.sample(["flood", "road", "waste"], dice.choice((0, 1, 2))))
                world.lines.append(
                    Line(
                        *life,
                        False,
                        year,
                        code,
                        dice.choice(["a1", "a2"]),
                        dice.choice(["p1", "p2"]),
                        tags,
                        dice.randrange(10**9, 10**11),
                    )
                )
            for month in dice.sample(range(1, 13), 7):
                if date(year, month, 1) < date(2026, 12, 1):
                    world.realisations += [
                        Realisation(
                            *life, dice.random() < 0.1, year, code, date(year, month, 1), dice.randrange(10**7, 10**9)
                        )
                        for life in dice.lives()
                    ]


def load(world: World, connection: psycopg.Connection) -> None:
    """Insert everything; columns that no metric reads get empty values."""
    with connection.transaction():
        for dataset in ("gauges", "waste", "people"):
            connection.execute("INSERT INTO dataset VALUES (%s, %s, 'a1', 'open', 86400)", (dataset, dataset))
        for code, dataset in (("level", "gauges"), ("waste", "waste"), ("people", "people")):
            connection.execute("INSERT INTO indicator VALUES (%s, %s, %s, 'm')", (code, dataset, code))
        _insert(connection, "region", world.regions, aliases=Jsonb([]), provisional=False)
        _insert(
            connection,
            "agency",
            world.agencies,
            short_name="",
            aliases=Jsonb([]),
            mandate="",
            categories=Jsonb([]),
            provisional=False,
        )
        _insert(connection, "series", world.series)
        _insert(connection, "observation", world.observations)
        _insert(connection, "observation_month", world.months)
        for report in {report.report_id: report for report in world.reports}.values():
            connection.execute(
                "INSERT INTO report (id, source, source_key, number, title, body, channel, reporter, submitted_at, address,"
                " recorded_at, sample) VALUES (%s, 'test', %s, '', '', '', '', '', %s, '', %s, false)",
                (report.report_id, str(report.report_id), report.submitted_at, report.recorded_at),
            )
        _insert(connection, "report_state", world.reports, decided=Jsonb({}))
        _insert(connection, "budget_line", world.lines, activity="", name="")
        _insert(connection, "budget_realisation", world.realisations)


def _insert(connection: psycopg.Connection, table: str, rows: Sequence[Any], **constants: object) -> None:
    names = [each.name for each in fields(rows[0])] + list(constants)
    places = sql.SQL(", ").join([sql.SQL("%s")] * len(names))
    values = [[*map(_adapted, astuple(row)), *constants.values()] for row in rows]
    with connection.cursor() as cursor:
        statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
            sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, names)), places
        )
        cursor.executemany(statement, values)


def _adapted(value: Any) -> Any:
    return Jsonb(list(cast("tuple[str, ...]", value))) if isinstance(value, tuple) else value
