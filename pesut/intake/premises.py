"""What comes in meets the city as it is now."""

from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from pesut.catalog.store import current_catalog
from pesut.city.models import City
from pesut.intake.kinds.base import Setting
from pesut.intake.pseudonyms import Pseudonyms
from pesut.reports.privacy.vault import Vault


class Premises:
    """Where data come in: a city's database, the folder with the key of reporters' pseudonyms, and the vault."""

    def __init__(self, engine: AsyncEngine, city: City, data_dir: Path, vault: Vault) -> None:
        self.engine = engine
        self.city = city
        self.data_dir = data_dir
        self.vault = vault

    async def setting(self, origin: str, *, create_missing: bool = False, channel: str = "import") -> Setting:
        """For rows of `origin`, under the catalog in force. Raises UnavailableError while no city was loaded."""
        _, catalog = await current_catalog(self.engine)
        return Setting(
            city=self.city,
            catalog=catalog,
            origin=origin,
            pseudonym=Pseudonyms.of(self.data_dir),
            vault=self.vault,
            create_missing=create_missing,
            channel=channel,
        )
