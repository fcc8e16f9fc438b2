"""Settings as the environment gives them: as text."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

from pesut.settings import Settings


@pytest.mark.parametrize(
    ("given", "understood"),
    [
        ("20", timedelta(seconds=20)),
        ("2.5", timedelta(seconds=2.5)),
        ("PT1M", timedelta(minutes=1)),
        ("P14D", timedelta(days=14)),
    ],
)
def test_times_are_seconds_or_iso_durations(monkeypatch: pytest.MonkeyPatch, given: str, understood: timedelta) -> None:
    monkeypatch.setenv("PESUT_MODEL_TIMEOUT", given)
    assert Settings().model_timeout == understood


@pytest.mark.parametrize("given", ["0", "-3", "soon"])
def test_other_times_are_refused(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("PESUT_MODEL_TIMEOUT", given)
    with pytest.raises(ValidationError, match="model_timeout"):
        Settings()


def test_what_is_set_to_nothing_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """As Compose passes on what its own environment does not name."""
    monkeypatch.setenv("PESUT_MODEL", "")
    monkeypatch.setenv("PESUT_MODEL_BASE_URL", "")
    settings = Settings()
    assert (settings.model, settings.model_base_url) == (None, None)
