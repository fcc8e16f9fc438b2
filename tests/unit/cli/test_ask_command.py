"""`pesut ask`: the moment that is meant, and an answer on a terminal."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from cli.commands.ask import moment_of
from cli.options import UsageError

WITA = ZoneInfo("Asia/Makassar")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2025-06-30", datetime(2025, 7, 1, 0, 0, tzinfo=WITA)),
        ("2025-06-30T14:00", datetime(2025, 6, 30, 14, 0, tzinfo=WITA)),
        ("2025-06-30T14:00Z", datetime(2025, 6, 30, 14, 0, tzinfo=UTC)),
        ("2025-06-30T14:00+07:00", datetime(2025, 6, 30, 7, 0, tzinfo=UTC)),
    ],
)
def test_a_moment_is_the_citys_and_a_day_means_its_end(text: str, meant: datetime) -> None:
    assert moment_of(text, WITA) == meant


@pytest.mark.parametrize("text", ["kemarin", "2025-13-01", "", "2999-01-01"])
def test_what_is_no_moment_or_not_yet_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        moment_of(text, WITA)
