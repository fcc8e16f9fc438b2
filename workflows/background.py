"""What the worker does beside answering, at leisure: vectors of new texts, links between
reports, their themes, and metrics by their meaning.

None of them needs to survive: what is cut off is taken up by the next round, and until then search and planning go by words.
"""

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from agents.reasoners.offline.nearest import EmbeddingNearest, Nearest
from pesut.catalog.models import Catalog
from pesut.catalog.store import current_catalog
from pesut.errors import PesutError
from pesut.reports.linking.refresh import refresh_links
from pesut.reports.themes.refresh import refresh_themes
from pesut.search.refresh import refresh_vectors
from pesut.search.spaces import Spaces

FIRST = timedelta(seconds=30)  # the first questions after a start have the machine to themselves
PAUSE = timedelta(minutes=2)

log = logging.getLogger(__name__)


@dataclass
class NearestMetrics:
    """What is nearest in the catalog in force, once its names were gathered; nothing before."""

    gathered: Nearest | None = None

    def metrics(self, text: str, catalog: Catalog) -> tuple[str, ...]:
        return self.gathered.metrics(text, catalog) if self.gathered else ()


async def tend(engine: AsyncEngine, city: Path, spaces: Spaces, nearest: NearestMetrics) -> None:
    """Go round for as long as the worker runs; what goes wrong is logged and tried again. `city` is the city's folder."""
    version = ""
    await asyncio.sleep(FIRST.total_seconds())
    while True:
        try:
            version = await _gather_names(engine, spaces, nearest, version)
            await refresh_vectors(engine, spaces, _tell)
            await refresh_links(engine, city)
            await refresh_themes(engine)
        except (PesutError, SQLAlchemyError, OSError) as error:
            log.warning("vectors, links and themes are not in step: %s", error)
        await asyncio.sleep(PAUSE.total_seconds())


def _tell(done: int, total: int) -> None:
    log.debug("%d of %d vectors made", done, total)


async def _gather_names(engine: AsyncEngine, spaces: Spaces, nearest: NearestMetrics, known: str) -> str:
    version, catalog = await current_catalog(engine)
    if version != known:
        nearest.gathered = await asyncio.to_thread(EmbeddingNearest, spaces.general, catalog)
    return version
