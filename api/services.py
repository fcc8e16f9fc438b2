"""What the endpoints work with, made once at start."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncEngine

from api.live.city import LiveCity
from pesut.city.loader import read_city
from pesut.city.models import City
from pesut.intake.premises import Premises
from pesut.intake.report_intake import ReportIntake
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
    live: LiveCity
    reports: ReportIntake


def services_for(settings: Settings, engine: AsyncEngine, client: PesutClient) -> Services:
    """Raises CatalogError for a city's folder that cannot be used, and what `Vault.of` does."""
    city, vault = read_city(settings.city), Vault.of(settings)
    reports = ReportIntake(Premises(engine, city, settings.data_dir, vault))
    return Services(settings, city, engine, client, vault, LiveCity(engine, city), reports)


def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


WithServices = Annotated[Services, Depends(_services)]
