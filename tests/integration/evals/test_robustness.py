"""The same question is answered the same, and as of its moment whatever is corrected later; one who forgets that turns the suite red."""

from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from agents.reasoners.offline import OfflineReasoner
from evals.asking import Asker
from evals.robustness import correcting
from evals.robustness.correcting import Corrections, correctable, faults_of
from pesut.city.loader import read_folder
from pesut.contracts import Answer

HALIMUN = Path(__file__).parents[2] / "cities" / "lembah_halimun"


class Forgetful(Asker):
    """Answers as of now, whatever moment is asked for."""

    async def ask(
        self, text: str, key: str = "", conversation: UUID | None = None, as_of: datetime | None = None
    ) -> Answer:
        return await super().ask(text, key, conversation)


async def test_what_was_answered_stays_and_what_is_asked_next_is_new(
    engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = read_folder(HALIMUN)
    metric, *others = correctable(folder.catalog)
    async with AsyncExitStack() as stack:
        corrections = Corrections(engine, folder, OfflineReasoner, stack)
        assert _red(faults_of(await corrections.asked(metric))) == set()
        monkeypatch.setattr(correcting, "Asker", Forgetful)
        forgetful = replace(corrections, _asker=None)
        assert _red(faults_of(await forgetful.asked(others[0]))) == {"as of"}


def _red(faults: dict[str, list[str]]) -> set[str]:
    return {name for name, found in faults.items() if found}
