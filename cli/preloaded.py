"""`python -m cli.preloaded MODULE`: runs MODULE as `python -m MODULE` would, but not before the data are in place.

Until then it imports what the module needs, which takes as long as preparing a database that is there already.
"""

import importlib
import runpy
import sys
import time
from pathlib import Path

from pesut.servers.private_files import write_private
from pesut.settings import Settings

LOOK_SECONDS = 0.05


def close_gate(data_dir: Path) -> None:
    """Let processes that start from now on wait."""
    _gate(data_dir).unlink(missing_ok=True)


def open_gate(data_dir: Path) -> None:
    """Let the waiting processes run; those that start later run at once."""
    write_private(_gate(data_dir), "")


def main() -> None:
    module, gate = sys.argv[1], _gate(Settings().data_dir)
    importlib.import_module(module)
    while not gate.exists():
        time.sleep(LOOK_SECONDS)
    del sys.modules[module]  # only its needs stay imported
    sys.argv = sys.argv[1:]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _gate(data_dir: Path) -> Path:
    return data_dir / "prepared"


if __name__ == "__main__":
    main()
