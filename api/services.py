"""What the endpoints work with, made once at start."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncEngine

from pesut.city.models import City
from pesut.reports.privacy.vault import Vault
from pesut.settings import Settings
from workflows.client import PesutClient


@dataclass(frozen=True)
class Services:
    settings: Settings
    city: City
    engine: AsyncEngine
    client: PesutClient
    vault: Vault


def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


WithServices = Annotated[Services, Depends(_services)]
