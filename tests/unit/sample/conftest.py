"""The sample city's story at a fixed moment, and what it tells."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pesut.city.loader import CityFolder, read_folder
from pesut.sample.outline import Outline
from pesut.sample.story import Story, make_story
from pesut.settings import SAMARINDA

NOW = datetime(2026, 11, 24, 8, 41, tzinfo=UTC)

Tell = Callable[..., Story]


@pytest.fixture(scope="session")
def city() -> CityFolder:
    return read_folder(SAMARINDA)


@pytest.fixture(scope="session")
def tell(city: CityFolder) -> Tell:
    """`tell(scale=…, now=…, seed=…)`: the story of the sample city."""

    def story(scale: float = 1, now: datetime = NOW, seed: int | None = None, folder: Path = SAMARINDA) -> Story:
        return make_story(folder, city, now, scale, seed)

    return story


@pytest.fixture(scope="session")
def whole(tell: Tell) -> Story:
    return tell()


@pytest.fixture(scope="session")
def outlines(whole: Story) -> list[Outline]:
    """All 20,000, in the order of time, not yet in words."""
    return list(whole.outliner().outlines())
