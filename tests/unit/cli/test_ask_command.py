"""`pesut ask`: the moment that is meant, and an answer on a terminal."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from cli.answers import WORDS
from cli.commands.ask import moment_of
from cli.options import UsageError
from pesut.contracts import Language
from pesut.drawing.words import EVIDENCE_KINDS

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


def test_every_kind_of_evidence_has_a_name_in_both_languages() -> None:
    assert WORDS[Language.ID].keys() == WORDS[Language.EN].keys() >= EVIDENCE_KINDS.keys()
