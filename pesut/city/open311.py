"""How a city takes part in Open311 (GeoReport v2): `open311` of `city.yml`."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field, StringConstraints

from pesut.contracts.base import Code, Contract

LONGEST_REACH = 3660  # days
OFTEN_ENOUGH = timedelta(minutes=5)


class Open311Source(Contract):
    """Another server whose requests become reports of the source `code`.

    `services` maps its service codes to the city's categories; a request of another service is decided by its words. It is asked
    once in `every`, each time for the last `days`, since requests are closed long after they were made.
    """

    code: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{1,40}$")]
    url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s?#]+[^\s?#/]$")]
    jurisdiction: str = ""
    services: dict[str, Code] = Field(default_factory=dict)
    every: timedelta = Field(default=timedelta(hours=1), ge=OFTEN_ENOUGH)
    days: int = Field(default=90, ge=1, le=LONGEST_REACH)


class Open311(Contract):
    """`jurisdiction` is the city's id there, usually the address of its site ("samarinda.go.id"); where it is empty any is taken.
    `public`: whether everybody may read requests; else only who has a key. `contact` and `key_service` tell people whom to ask
    about the service and for a key. `sources` are the servers that reports are pulled from.
    """

    jurisdiction: str = ""
    public: bool = False
    contact: str = ""
    key_service: str = ""
    sources: tuple[Open311Source, ...] = ()

    def source(self, code: str) -> Open311Source | None:
        return next((source for source in self.sources if source.code == code), None)
