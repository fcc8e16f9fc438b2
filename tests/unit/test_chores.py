"""Chores step back behind whatever else the machine does."""

import subprocess
import sys
from pathlib import Path

import pytest

from pesut.chores import NICENESS

CHORE = """
import os
from pathlib import Path
from pesut.chores import take_job
from pesut.contracts.base import Contract
take_job(Contract)
print(os.nice(0), os.getsid(0) == os.getpid(), Path("/proc/self/autogroup").read_text(), flush=True)
"""


@pytest.mark.skipif(not Path("/proc/self/autogroup").exists(), reason="cores are not shared out by session here")
def test_a_chore_is_nice_among_sessions_too() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", CHORE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as chore:
        assert chore.stdin and chore.stdout
        chore.stdin.write("{}\n")
        chore.stdin.flush()
        niceness, alone, *group = chore.stdout.readline().split()
        chore.stdin.close()
    assert (int(niceness), alone) == (NICENESS, "True")
    assert not group or group[-1] == str(NICENESS)  # none outside the root group of cores
