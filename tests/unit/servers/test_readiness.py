"""The worker's word that it is ready."""

import os
from pathlib import Path

from pesut.servers.readiness import mark_ready, ready_process, withdraw


def test_it_is_ready_from_its_word_until_it_takes_it_back(tmp_path: Path) -> None:
    assert ready_process(tmp_path) is None
    mark_ready(tmp_path)
    assert ready_process(tmp_path) == os.getpid()
    withdraw(tmp_path)
    assert ready_process(tmp_path) is None
    withdraw(tmp_path)
