"""Another suite that starts on the same machine leaves this one's servers alone."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
from sqlalchemy.engine import URL

from tests.conftest import TEMPORARY


def test_another_suite_does_not_close_the_servers_files(server_url: URL, tmp_path: Path) -> None:
    suite = tmp_path / "test_other.py"
    suite.write_text("def test_folder(tmp_path):\n    assert tmp_path.exists()\n")
    environment = {name: value for name, value in os.environ.items() if name != TEMPORARY}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--rootdir={tmp_path}", str(suite)]
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    address = server_url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        assert connection.execute("SELECT 1").fetchone() == (1,)
