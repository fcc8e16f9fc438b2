"""What measurements stand on. Each asks for no more than it needs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from sqlalchemy.ext.asyncio import AsyncEngine

from pesut.city.loader import CityFolder
from pesut.contracts import Principal
from pesut.settings import Settings
from workflows.client import PesutClient


class Need(IntEnum):
    """Each has what those before it have."""

    CITY = 0
    DATABASE = 1
    SERVERS = 2  # Temporal and a worker


@dataclass(frozen=True)
class Ground:
    """A city's folder. `tell` shows a person what goes on."""

    settings: Settings
    folder: CityFolder
    tell: Callable[[str], None]


@dataclass(frozen=True)
class Database(Ground):
    """`settings` name a database that holds the city; `principal` may ask there."""

    engine: AsyncEngine
    principal: Principal


@dataclass(frozen=True)
class Part:
    """A process of `pesut up`. `alone`: its children are parts of their own."""

    name: str
    pid: int
    alone: bool = False


@dataclass(frozen=True)
class Site:
    """The pages of a `pesut up`, and the token of each role there."""

    address: str
    tokens: Mapping[str, str]


@dataclass(frozen=True)
class Servers(Database):
    """`parts` are empty, and there is no `site`, where no `pesut up` runs."""

    client: PesutClient
    parts: tuple[Part, ...]
    site: Site | None = None
